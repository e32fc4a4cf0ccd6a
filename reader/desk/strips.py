"""The strips at the outer edges of the leaves: all of a text in one height, with what lies where.

They are for everybody who may read the texts alike, so that a process keeps them: what readers mark for
themselves or for a class is not in them, and what they mark for all comes within FRESH seconds, unless a
reader looks at other layers alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from time import monotonic
from typing import NamedTuple

from reader.annotate.layer_models import Layer
from reader.compare import lying
from reader.compare.strip import BINS, WIDTH, Joined, Range, Said, Stretch, Strip, strip
from reader.desk.gutter import Paired
from reader.desk.half import OTHER, Half
from reader.library.lay import escape

FRESH = 30
KEPT = 256
# Of books these are long, and asked for seldom.
KEPT_OF_TEXTS = 64
# The style sheet's highest class.
HIGHEST = 8
# Stands for the place of the other half in addresses.
_OTHER = "\x02"


class Compared(NamedTuple):
    """The pairing of two texts in one of its versions; which of them is meant: "first" or "second"."""

    pairing: int
    version: int
    which: str


def strips(halves: Sequence[Half], pairing: Paired | None, layers: Sequence[int] | None) -> str:
    """The strips of these leaves as HTML, for a reader who looks at these layers alone; None: at all.

    No query where all is known.
    """
    now = int(monotonic() / FRESH)
    marked = layers is None or _public(now) in layers
    out = []
    for half in halves:
        text = half.text
        compared = None
        if pairing and half.beside:
            which = "first" if text.pk < half.beside.pk else "second"
            compared = Compared(pairing.key, pairing.version, which)
        html = _strip(half.side, text.revision, text.name, half.length, compared, now if marked else None)
        other = OTHER[half.side]
        kept = f"{other}={place}&amp;" if (place := half.places.get(other)) else ""
        out.append(html.replace(_OTHER, kept))
    return "".join(out)


def forget() -> None:
    """Know nothing any more."""
    for known in (_public, _strip, _lying, _marks, _joined):
        known.cache_clear()


@lru_cache(maxsize=1)
def _public(now: int) -> int | None:
    """The key of everybody's layer, if it was made by now."""
    return Layer.objects.filter(kind="public").values_list("pk", flat=True).first()


@lru_cache(maxsize=KEPT)
def _strip(
    side: str, revision: int, name: str, length: int, compared: Compared | None, now: int | None
) -> str:
    paragraphs, citations = _lying(revision)
    if not paragraphs:
        return ""
    marks, claims = ((), ()) if now is None else _marks(revision, now)
    joined = _joined(compared, revision) if compared else None
    drawn = strip(length, paragraphs, joined, marks=marks, claims=claims, citations=citations)
    return _html(side, name, drawn)


@lru_cache(maxsize=KEPT_OF_TEXTS)
def _lying(revision: int) -> tuple[tuple[Said, ...], tuple[int, ...]]:
    """What a revision has once and for all."""
    return tuple(lying.paragraphs(revision)), tuple(lying.citations(revision))


@lru_cache(maxsize=KEPT_OF_TEXTS)
def _marks(revision: int, now: int) -> tuple[tuple[Range, ...], tuple[Range, ...]]:
    closely = len(_lying(revision)[0]) <= lying.PARAGRAPHS_LOOKED_INTO
    return tuple(lying.marks(revision, closely=closely)), tuple(lying.claims(revision))


# With the revision: where passages stand changes with it, and not with the version alone.
@lru_cache(maxsize=KEPT_OF_TEXTS)
def _joined(compared: Compared, revision: int) -> tuple[Joined, ...] | None:
    found = lying.joined(compared.pairing, compared.which)
    return None if found is None else tuple(found)


def _html(side: str, name: str, drawn: Strip) -> str:
    paths = "".join(
        f'<path class="{kind}" d="{path}"{_hatched(side) if kind == "silent" else ""}/>'
        for kind, path in drawn.paths.items()
    )
    pattern = (
        f'<pattern id="{side}-silent" width="{WIDTH}" height="1" patternUnits="userSpaceOnUse">'
        f'<path d="M0 1 {WIDTH} 0"/></pattern>'
    )
    links = "\n".join(_link(side, stretch) for stretch in drawn.stretches)
    return (
        f'<nav class="strip" data-side="{side}" lang="en" dir="ltr" aria-label="All of {escape(name)}">'
        f'<svg viewBox="0 0 {WIDTH} {BINS}" preserveAspectRatio="none" aria-hidden="true">'
        f"{pattern if 'silent' in drawn.paths else ''}{paths}</svg>\n{links}</nav>\n"
    )


def _hatched(side: str) -> str:
    return f' fill="url(#{side}-silent)"'


def _link(side: str, stretch: Stretch) -> str:
    first, last, slices, parallels, silent = stretch
    words = f"¶ {first}–{last}" if last > first else f"¶ {first}"
    if parallels:
        words += f": {parallels} parallel{'' if parallels == 1 else 's'}"
    elif silent:
        words += ": the other is silent"
    high = f' class="s{min(slices, HIGHEST)}"' if slices > 1 else ""
    place = f"p{first}"
    return f'<a href="?{_OTHER}{side}={place}#{side}-{place}"{high}><i>{words}</i></a>' + _filled(slices)


def _filled(slices: int) -> str:
    """Room for a paragraph that is higher than the highest of the style sheet's classes."""
    out = ""
    while (slices := slices - HIGHEST) > 0:
        out += f'<b class="s{min(slices, HIGHEST)}"></b>'
    return out
