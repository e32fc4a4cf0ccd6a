"""What somebody typed into a form that makes a claim, cleaned but not yet believed."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import QueryDict

from reader.annotate.models import Annotation
from reader.annotate.placing import LONGEST, Place
from reader.annotate.relations import words_of
from reader.desk.half import OTHER
from reader.desk.typed import NOWHERE, NotTyped, Typed, lines
from reader.http import whole

PASSAGES_AT_MOST = 20
SIDES = ("left", "right")
SILENT = Annotation.Relation.SILENT


@dataclass(frozen=True, slots=True)
class Ends:
    """The passages chosen in one text: start, end and words of each, in this revision of it."""

    revision: int | None = None
    places: tuple[tuple[int, int, str], ...] = ()

    @classmethod
    def of(cls, form: QueryDict, side: str) -> "Ends":
        """Those of one side; numbers that are none are left out."""
        starts, ends, words = (
            form.getlist(f"{side}_{part}")[: PASSAGES_AT_MOST + 1] for part in ("start", "end", "exact")
        )
        words += [""] * len(starts)
        pairs = [(whole(start), whole(end)) for start, end in zip(starts, ends, strict=False)]
        revision = whole(form.get(f"{side}_revision"))
        return cls(
            NOWHERE if form.get(f"{side}_revision") and revision is None else revision,
            tuple(
                (start, end, lines(exact)[: LONGEST + 1])
                for (start, end), exact in zip(pairs, words, strict=False)
                if start is not None and end is not None
            ),
        )


@dataclass(frozen=True, slots=True)
class TypedClaim:
    """The values of the form; first is the side whose passages stand in the relation to the others."""

    words: Typed
    first: str = "left"
    left: Ends = Ends()
    right: Ends = Ends()

    @classmethod
    def of(cls, form: QueryDict) -> "TypedClaim":
        """The values of a form as it was sent."""
        words = replace(Typed.of(form), kind=Annotation.Kind.CLAIM)
        first = "right" if form.get("first") == "right" else "left"
        return cls(words, first, *(Ends.of(form, side) for side in SIDES))

    @classmethod
    def kept(cls, values: Mapping[str, Any]) -> "TypedClaim":
        """What as_dict() gave, read back from a session."""
        sides = (
            Ends(
                values[side]["revision"],
                tuple((start, end, exact) for start, end, exact in values[side]["places"]),
            )
            for side in SIDES
        )
        return cls(Typed.kept(values["words"]), values["first"], *sides)

    def as_dict(self) -> dict[str, Any]:
        """The values as JSON has them, without the quotes."""
        bare = {
            side: asdict(replace(ends, places=tuple((start, end, "") for start, end, _ in ends.places)))
            for side, ends in zip(SIDES, (self.left, self.right), strict=True)
        }
        return {"words": self.words.as_dict(), "first": self.first, **bare}

    def on(self, side: str) -> Ends:
        """The passages of one side."""
        return self.left if side == "left" else self.right

    def sides(self) -> list[str]:
        """Those of which passages are needed, in order: of a text that is silent none is."""
        return [self.first] if self.words.relation == SILENT else [self.first, OTHER[self.first]]

    def places(self, side: str) -> list[Place]:
        """Where the passages of this side shall be; NotTyped where none was chosen."""
        found = [Place(*place) for place in self.on(side).places]
        if not found:
            raise NotTyped("A claim joins two passages: choose one in each text.")
        if len(found) > PASSAGES_AT_MOST:
            raise NotTyped(
                f"Up to {PASSAGES_AT_MOST} passages of a text are kept in one claim: choose fewer."
            )
        return found

    def check(self) -> None:
        """NotTyped or BodyRefused where no person could keep this."""
        self.words.check()
        if not words_of(self.words.relation):
            raise NotTyped("Choose how the passages stand to each other.")
