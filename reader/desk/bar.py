"""The bar above the leaves, rendered once for each page that readers come back to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.template.loader import render_to_string

from reader.desk.half import url, with_places
from reader.desk.leaf import Leaf
from reader.desk.reading import Reading, settings_fields


@dataclass(frozen=True, slots=True)
class Title:
    """What the bar says of a leaf: its text's name, who wrote it and when, the text alone, and its place."""

    name: str
    by: str
    alone: str
    place: str


@dataclass(frozen=True, slots=True)
class Bar:
    """All that the bar of a page depends on; compare and find are empty where there is nothing for them.

    drawn says that not all layers are, "" that they are; layers is where one chooses them, with an account.
    """

    titles: tuple[Title, ...]
    swap: str
    compare: str
    find: str
    here: str
    reading: Reading
    signed_in: bool
    layers: str = ""
    drawn: str = ""


def bar(leaves: Sequence[Leaf], here: str, reading: Reading, *, signed_in: bool, drawn: str = "") -> str:
    """The bar of a page with these leaves, at this address, as HTML; drawn: how many layers, of how many."""
    halves = [leaf.half for leaf in leaves]
    slugs = [half.text.slug for half in halves]
    swap = ""
    if len(slugs) > 1:
        # The same two texts, each at its place in the other half.
        places = {"left": halves[1].place, "right": halves[0].place}
        swap = with_places(url("desk:facing", *slugs[::-1]), places)
    titles = tuple(Title(leaf.half.text.name, leaf.by, leaf.half.alone(), leaf.half.place) for leaf in leaves)
    compare = "" if any(half.text.old for half in halves) else halves[0].compare()
    find = "" if halves[0].text.old else url("desk:find", *slugs)
    layers = ""
    if signed_in:
        open_texts = dict(zip(("left", "right"), slugs, strict=False))
        layers = f"{url('desk:layers')}?{urlencode({**open_texts, 'back': here})}"
        drawn = drawn or {"mine": "yours", "none": "none"}.get(reading.marks, "")
    return _rendered(Bar(titles, swap, compare, find, here, reading, signed_in, layers, drawn))


@lru_cache(maxsize=256)
def _rendered(bar: Bar) -> str:
    left, *right = bar.titles
    fields = settings_fields(bar.reading, marks=not bar.signed_in)
    context = {"bar": bar, "left": left, "right": right[0] if right else None, "to": addresses()}
    return render_to_string("desk/_top.html", {**context, "settings_fields": fields})


@lru_cache(maxsize=1)
def addresses() -> dict[str, str]:
    """Where the page leads, whatever it shows."""
    names = {
        "shelf": "library:shelf",
        "choices": "desk:choices",
        "sign_in": "people:sign_in",
        "reading": "desk:reading",
        "layers": "desk:layers",
        "notes": "annotate:notes",
        "unread": "annotate:unread",
        "help": "desk:help",
    }
    return {word: url(name) for word, name in names.items()}
