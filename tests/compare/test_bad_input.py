"""Whatever an address, a form or a text says: a plain answer, and nothing that runs."""

from html.parser import HTMLParser
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from reader.annotate.models import Annotation
from reader.compare.asking import look
from reader.compare.models import Pairing, Parallel, Verdict
from reader.library.models import Document
from reader.people.models import Role, User
from tests import make
from tests.browser.vectors import HTML
from tests.compare.claimed import claimed
from tests.compare.pair import address, between, texts

pytestmark = pytest.mark.django_db

PART = {"HX-Request": "true"}
PAGES = ("parallels", "claims", "export_claims", "facts", "overview", "draw")
# What each reads of its address: numbers, and words.
OF_CLAIMS = ("sort", "q", "person", "relation", "layer")
ASKED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "parallels": (("page", "left", "right"), ("show", "left")),
    "claims": (("page", "code"), OF_CLAIMS),
    "export_claims": (("code",), OF_CLAIMS),
    "facts": ((), ("kind",)),
    "overview": (("page",), ()),
    "draw": (("replaces", "left_start", "left_end", "left_revision"), ("left", "left_exact")),
}
NUMBERS = (
    "0",
    "-1",
    "1e9",
    "99999999999",
    "9" * 5000,
    "٣",
    "",
    "NaN",
    "1\x00",
    "\ud83d",
    "p1",
    "p99999999999",
)
WORDS = (
    "\x00",
    "a\x00b",
    "\U0001f6a2" * 300,
    "\u202e\u2067reversed",
    "%",
    "_",
    "\\",
    "'\"",
    "\n\r\t",
    "x" * 9000,
)


@pytest.fixture
def pair() -> tuple[Document, Document]:
    return texts()


@pytest.fixture
def as_ann(client: Client) -> Client:
    client.force_login(make.user("ann", role=Role.ANALYST))
    return client


def read(client: Client, path: str, **asked: str) -> int:
    answer = client.get(path, {k: v.encode("utf-8", "replace").decode() for k, v in asked.items()})
    body = getattr(answer, "streaming_content", None)
    if body is not None:
        list(body)
    return answer.status_code


@pytest.mark.parametrize("name", PAGES)
def test_no_number_or_word_in_an_address_is_too_strange(
    as_ann: Client, pair: tuple[Document, Document], name: str
) -> None:
    path = address(*pair, name)
    numbers, words = ASKED[name]
    for number, field in product(NUMBERS, numbers):
        assert read(as_ann, path, **{field: number}) in (200, 404)
    for word, field in product(WORDS, words):
        assert read(as_ann, path, **{field: word}) == 200
    for asked in (
        "left=0-99999999999",
        "left=9-1&right=5",
        "left=--&right=-",
        "left=0-2147483647",
        "left=5-",
    ):
        for more in ({}, PART):
            assert as_ann.get(f"{path}?{asked}", headers=more).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_a_head_tells_that_a_page_is_there(
    as_ann: Client, pair: tuple[Document, Document], name: str
) -> None:
    answer = as_ann.head(address(*pair, name))
    assert answer.status_code == 200
    assert not b"".join(answer)


def test_each_address_takes_its_own_methods(as_ann: Client, pair: tuple[Document, Document]) -> None:
    key = between(*pair, 4, 1).pk
    for name in (*PAGES[:-1], "citing"):
        path = reverse("compare:citing") if name == "citing" else address(*pair, name)
        assert as_ann.post(path).status_code == 405
    for name, more in (("find", ()), ("judge", (key,)), ("withdraw", (key,))):
        assert as_ann.get(address(*pair, name, *more)).status_code == 405
    for method in ("put", "delete", "patch"):
        assert getattr(as_ann, method)(address(*pair, "draw")).status_code == 405


def test_a_form_that_joins_is_refused_with_what_to_do(
    as_ann: Client, pair: tuple[Document, Document]
) -> None:
    path = address(*pair, "draw")
    good = {"left_start": "22", "left_end": "40", "right_start": "10", "right_end": "40"}
    for field, number in product(good, NUMBERS):
        answer = as_ann.post(path, good | {field: number.encode("utf-8", "replace").decode()})
        assert answer.status_code in (302, 422)
    for more in (
        {"left_exact": "\x00"},
        {"left_exact": "other words"},
        {"left_revision": "7"},
        {"right_revision": "99999999999"},
        {"left_revision": "no"},
        {"left_end": "0"},
        {"left_start": "40"},
    ):
        answer = as_ann.post(path, good | more)
        assert answer.status_code == 422, more
        assert 'role="alert"' in answer.content.decode()


def test_what_belongs_to_other_texts_is_not_taken(as_ann: Client, pair: tuple[Document, Document]) -> None:
    other = make.document(make.parsed("On Bells", make.paragraph("A bell rang.")))
    key = between(*pair, 4, 1).pk
    look(pair[0], other)
    form = {"left_start": "22", "left_end": "40", "right_start": "2", "right_end": "6", "replaces": str(key)}
    assert as_ann.post(address(pair[0], other, "draw"), form).status_code == 404
    assert as_ann.get(address(pair[0], other, "draw"), {"replaces": str(key)}).status_code == 404
    for huge in (2**31, 2**63, 2**64, 10**40):
        assert as_ann.get(address(*pair, "parallel", huge)).status_code == 404
        assert as_ann.post(address(*pair, "judge", huge), {"says": "confirmed"}).status_code == 404
    assert not Verdict.objects.exists()


def test_a_text_against_itself_is_no_pair(as_ann: Client, pair: tuple[Document, Document]) -> None:
    one = pair[0]
    for name in PAGES:
        assert as_ann.get(address(one, one, name)).status_code == 404
    assert as_ann.get(reverse("desk:claim", args=[one.slug, one.slug])).status_code == 404
    assert as_ann.get(reverse("desk:facing", args=[one.slug, one.slug])).status_code == 302


@pytest.mark.parametrize(
    "made",
    [
        make.parsed("Nothing", make.heading("A heading alone")),
        make.parsed("Only a Table", make.block("table", "a\tb")),
        make.parsed("Один", make.paragraph("Пошлина за соль сделала гавань богатой."), language="ru"),
        make.parsed("塩", make.paragraph("塩の専売が港を豊かにした。十分の一を払った。"), language="ja"),
        make.parsed("מלח", make.paragraph("המלח העשיר את הנמל, 3,000 חביות."), language="he"),
        make.parsed(
            "\U0001f9c2" * 40, make.paragraph("\U0001f9c2\U0001f6a2 salt \U0001d54a\U0001d552 2,000 barges.")
        ),
        make.parsed("Dots", make.paragraph("… . ! ?")),
    ],
    ids=["empty", "table", "russian", "japanese", "hebrew", "astral", "dots"],
)
def test_strange_texts_are_compared_and_shown(
    as_ann: Client, pair: tuple[Document, Document], made: object
) -> None:
    other = make.document(made)  # type: ignore[arg-type]
    for one, two in ((pair[1], other), (other, pair[1])):
        assert as_ann.post(address(one, two, "find")).status_code == 302
        assert Pairing.objects.between(one, two).get().state == "found"
        for path in (*(address(one, two, name) for name in PAGES), f"/facing/{one.slug}/{two.slug}/"):
            assert read(as_ann, path) == 200
        assert read(as_ann, reverse("desk:claim", args=[one.slug, two.slug])) == 200


class Running(HTMLParser):
    """Finds what would run in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note scripts of no address of ours, handlers, and addresses that run."""
        values = dict(attrs)
        if tag == "script" and not (values.get("src") or "").startswith("/static/") and "type" not in values:
            self.found.append(tag)
        self.found += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]
        self.found += [
            f"{tag} {v}" for v in values.values() if "javascript:" in (v or "").strip().lower()[:15]
        ]
        self.found += [tag] if tag in ("iframe", "object", "embed", "base", "marquee") else []


def test_nothing_that_stands_in_a_text_a_name_or_a_claim_runs(as_ann: Client) -> None:
    ann = User.objects.get(username="ann")
    ann.first_name = HTML[0]
    ann.save()
    words = [
        f"Of {one} the quay {number} keeps 3,00{number} barges and Agnes Tolland."
        for number, one in enumerate(HTML)
    ]
    left = make.document(make.parsed(HTML[0], *map(make.paragraph, words), source_url="https://e.example/a"))
    cites = f"It is so {HTML[1]}."
    right = make.document(
        make.parsed(
            HTML[4],
            *map(make.paragraph, [word.replace("keeps", "kept") for word in words]),
            make.paragraph(cites, make.mark('"><b>', cites, 0)),
            notes=(make.note('"><b>', "It.", url="https://e.example/a"),),
            authors=(HTML[9],),
        )
    )
    look(left, right)
    assert Parallel.objects.exclude(evidence=[]).exists()
    claim = claimed((left, words[3]), (right, "It is so"), by=ann, body=HTML[2])
    claimed((left, words[5]), relation="silent", about=right, by=ann, body=HTML[12])
    key = Parallel.objects.earliest("pk").pk
    paths = [
        *(address(left, right, name) for name in PAGES if name != "export_claims"),
        "/citing/",
        "/notes/",
    ]
    paths += [address(left, right, "parallel", key), f"/facing/{left.slug}/{right.slug}/"]
    paths += [f"/read/{right.slug}/?note={claim.pk}", f"/annotations/{claim.pk}/reply/"]
    paths += [reverse("desk:claim", args=[left.slug, right.slug]), f"{address(left, right)}?left=0-9999"]
    for path, more in product(paths, ({}, PART)):
        answer = as_ann.get(path, headers=more)
        assert answer.status_code == 200, path
        page = Running()
        page.feed(answer.content.decode())
        assert page.found == [], path
    assert Annotation.objects.count() == 2
