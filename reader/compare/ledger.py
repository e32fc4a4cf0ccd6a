"""The ledger of two texts: all claims about them that a person may see, filtered and sorted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from reader.annotate.bylines import is_named, named_to, shown_names
from reader.annotate.listing import Filter, count_of_replies, light
from reader.annotate.models import Annotation, Code, Tag, Target
from reader.annotate.relations import words_of
from reader.compare.reading import LOST, Pair
from reader.compare.ways import at
from reader.library.anchoring import anchor_of
from reader.library.models import Document
from reader.library.passages import Passage
from reader.library.querysets import Reader
from reader.people.models import User

PAGE = 50
CHOICES_AT_MOST = 300
Relation = Annotation.Relation
FILTERS = ("person", "layer", "code", "q")
# What each column is sorted by; what has no passage on a side comes last.
SORTS: dict[str, tuple[str, ...]] = {
    "left": ("left_start",),
    "relation": ("relation", "left_start"),
    "right": ("right_start",),
    "author": ("by_first", "by_last", "by_username"),
    "layer": ("layer__kind", "layer__group__name"),
    "made": ("made_at",),
}
FIRST = "left"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a ledger is narrowed to and sorted by; down: the last first."""

    filter: Filter
    relation: str = ""
    sort: str = FIRST
    down: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        """That of a form; what cannot be meant is left out."""
        relation, sort = given.get("relation", ""), given.get("sort", "")
        return cls(
            Filter.of({name: given.get(name, "") for name in FILTERS}),
            relation if relation in Relation.values else "",
            sort.removeprefix("-") if sort.removeprefix("-") in SORTS else FIRST,
            sort.startswith("-"),
        )

    @property
    def narrowed(self) -> bool:
        """Whether some claims may be left out."""
        return bool(self.filter or self.relation)

    @property
    def sorted_by(self) -> str:
        """The sorting as an address has it."""
        return f"-{self.sort}" if self.down else self.sort

    def query(self, **other: str) -> str:
        """It as an address has it, with these values instead."""
        values = {name: getattr(self.filter, name) for name in FILTERS}
        values |= {"relation": self.relation, "sort": self.sorted_by, **other}
        if values["sort"] == FIRST:
            values["sort"] = ""
        return urlencode({name: value for name, value in values.items() if value})

    def on(self, claims: QuerySet[Annotation], user: Reader) -> QuerySet[Annotation]:
        """Those of the claims that it lets through, in its order, as far as this person may know it."""
        found = self.filter.on(claims, user).annotate(**shown_names(user))
        if self.relation:
            found = found.filter(relation=self.relation)
        names = [F(name) for name in SORTS[self.sort]]
        order = [n.desc(nulls_last=True) if self.down else n.asc(nulls_last=True) for n in names]
        return found.order_by(*order, "made_at", "pk")


@dataclass(frozen=True, slots=True)
class End:
    """A passage of a claim: its words, the anchor of its place, and where it can be read.

    lost is the number of the older revision that has it, where it is no longer in the text, else 0.
    """

    words: str
    anchor: str
    address: str
    lost: int
    changed: bool

    @property
    def place(self) -> str:
        """Its paragraph's number, or what else an anchor says."""
        names = {"p": "paragraph", "n": "note"}
        kind, number = names.get(self.anchor[:1], ""), self.anchor[1:]
        return f"{kind} {number}" if kind else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as seen from the left text; an empty side is silent. address opens both halves."""

    claim: Annotation
    relation: str
    left: list[End]
    right: list[End]
    address: str
    codes: list[Code]


def claims_of(pair: Pair, user: Reader) -> QuerySet[Annotation]:
    """The claims about these two texts that this person may see, with where they begin on each side."""
    there = {side: _targets_on(text) for side, text in _texts(pair).items()}
    joined = Q(Exists(there["left"]), Exists(there["right"]))
    silent = Q(Exists(there["left"]), about=pair.right) | Q(Exists(there["right"]), about=pair.left)
    starts = {
        f"{side}_start": Subquery(targets.order_by("passage__start").values("passage__start")[:1])
        for side, targets in there.items()
    }
    claims = Annotation.objects.visible_to(user).filter(kind=Annotation.Kind.CLAIM)
    return claims.filter(joined | silent).annotate(**starts)


def with_all(claims: QuerySet[Annotation], user: Reader) -> QuerySet[Annotation]:
    """The claims with all that rows() shows of them to this person; two queries more."""
    targets = Target.objects.select_related("passage__document", "passage__revision")
    tags = Tag.objects.filter(code__deleted_at__isnull=True).select_related("code")
    return (
        claims.select_related("author", "layer__group", "about")
        .annotate(reply_count=count_of_replies(user), is_named=is_named(user))
        .prefetch_related(
            Prefetch("targets", light(targets.annotate(anchor=anchor_of()))), Prefetch("tags", tags)
        )
    )


def rows(claims: Iterable[Annotation], pair: Pair) -> Iterator[Row]:
    """The claims, fetched with_all(), as the ledger shows them."""
    for claim in claims:
        targets = list(claim.targets.all())
        places = {side: _place(targets, text) for side, text in _texts(pair).items()}
        ends = {side: _ends(claim, targets, side, pair, places) for side in places}
        turned = bool(targets) and targets[0].passage.document_id != pair.left.pk
        yield Row(
            claim=claim,
            relation=words_of(claim.relation, back=turned),
            left=ends["left"],
            right=ends["right"],
            address=at(pair.left.slug, pair.right.slug, **places),
            codes=[tag.code for tag in claim.tags.all()],
        )


def authors_of(claims: QuerySet[Annotation], user: Reader) -> list[User]:
    """Who made these claims, as far as this person may know it."""
    keys = claims.filter(named_to(user)).order_by().values("author")
    return list(
        User.objects.filter(pk__in=keys).order_by("first_name", "last_name", "username")[:CHOICES_AT_MOST]
    )


def codes_on(claims: QuerySet[Annotation]) -> list[Code]:
    """The codes that these claims have."""
    tags = Tag.objects.filter(annotation__in=claims.order_by().values("pk"))
    return list(
        Code.objects.live().filter(pk__in=tags.values("code")).order_by("name", "pk")[:CHOICES_AT_MOST]
    )


def _texts(pair: Pair) -> dict[str, Document]:
    return {"left": pair.left, "right": pair.right}


def _targets_on(document: Document) -> QuerySet[Target]:
    return Target.objects.filter(annotation=OuterRef("pk"), passage__document=document).order_by()


def _place(targets: list[Target], text: Document) -> str:
    """The anchor at which a text is opened: of the first passage that is still in it."""
    here = [target for target in targets if target.passage.document_id == text.pk]
    placed = (target for target in here if target.passage.state not in LOST)
    return next((anchor for target in placed if (anchor := getattr(target, "anchor", ""))), "")


def _ends(
    claim: Annotation, targets: list[Target], side: str, pair: Pair, places: dict[str, str]
) -> list[End]:
    text = _texts(pair)[side]
    here = [target for target in targets if target.passage.document_id == text.pk]
    return [_end(claim, target, side, pair, places) for target in here]


def _end(claim: Annotation, target: Target, side: str, pair: Pair, places: dict[str, str]) -> End:
    passage, anchor = target.passage, str(getattr(target, "anchor", ""))
    lost = passage.revision.number if passage.state in LOST and passage.revision else 0
    text = _texts(pair)[side]
    if lost:
        old = reverse("desk:revision", args=[text.slug, lost])
        address = f"{old}?{urlencode({'left': anchor, 'note': claim.pk})}#left-a{claim.pk}"
    else:
        opened = {**places, side: anchor}
        query = {name: opened[name] for name in ("left", "right") if opened[name]} | {"note": str(claim.pk)}
        desk = reverse("desk:facing", args=[pair.left.slug, pair.right.slug])
        address = f"{desk}?{urlencode(query)}#{side}-{anchor}"
    return End(passage.exact, anchor, address, lost, passage.state == Passage.State.CHANGED)
