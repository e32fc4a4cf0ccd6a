"""Where things stand in the drawing of which texts cite which: a row a text, a lane for whom others cite.

Pure. Texts that cite stand above those that they cite, as far as no circle forbids it. From each citing row a
line runs to the lane of the cited text and along it to that text's row, so that lines to one text share their
lane and two hundred texts are as legible as two.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

ROW = 26
LANE = 14
TITLES = 310
MARGIN = 10
BEND = 6
# A line leaves its row above the middle and reaches one below it.
LEAVES, REACHES = -4, 5
ARROW = 7
TITLE_AT_MOST = 40
HUES = 8

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A text: its key, its title as far as it fits, where its words begin; is_cited: an arrow leads to it."""

    key: str
    title: str
    shown: str
    y: int
    is_cited: bool
    arrow: str
    hue: int


@dataclass(frozen=True, slots=True)
class Line:
    """A text that cites another so many times: the line, and where the number stands."""

    citing: str
    cited: str
    count: int
    path: str
    x: int
    y: int
    hue: int


@dataclass(frozen=True, slots=True)
class Graph:
    """The drawing, its width and height in units of a sixteenth of an em; left_out counts texts not drawn."""

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]
    width: int
    height: int
    left_out: int


def graph(titles: Mapping[str, str], counts: Mapping[Edge, int], *, at_most: int = 200) -> Graph:
    """The drawing of these citations: {(citing, cited): how often}, keys as in titles, at_most texts of them.

    Of more the most connected are drawn. A text that cites itself is no news.
    """
    edges = sorted(edge for edge in counts if edge[0] != edge[1])
    chosen = _chosen(titles, edges, at_most)
    drawn = [(one, other) for one, other in edges if one in chosen and other in chosen]
    order = _ordered(titles, drawn)
    place = {key: number for number, key in enumerate(order)}
    lanes = _lanes(place, drawn)
    rows = tuple(_row(key, titles[key], place[key], lanes.get(key)) for key in order)
    drawn.sort(key=lambda edge: (place[edge[0]], lanes[edge[1]]))
    lines = tuple(_line(edge, counts[edge], place, lanes[edge[1]]) for edge in drawn)
    width = TITLES + (max(lanes.values(), default=0) + 2) * LANE + MARGIN
    everybody = {key for edge in edges for key in edge}
    return Graph(rows, lines, width, len(order) * ROW + MARGIN, len(everybody) - len(order))


def shortened(title: str) -> str:
    """A title that fits its column; wide characters count as two."""
    room = TITLE_AT_MOST
    for place, character in enumerate(title):
        room -= 2 if east_asian_width(character) in "WF" else 1
        if room < 0:
            return title[: place - 1].rstrip() + "…"
    return title


def _chosen(titles: Mapping[str, str], edges: Iterable[Edge], at_most: int) -> set[str]:
    near = _near(edges)
    return set(sorted(near, key=lambda key: (-len(near[key]), titles[key], key))[:at_most])


def _near(edges: Iterable[Edge]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in edges:
        near[one].add(other)
        near[other].add(one)
    return near


def _ordered(titles: Mapping[str, str], edges: list[Edge]) -> list[str]:
    """The texts, those that hang together beside each other, the largest such group first."""
    near = _near(edges)
    groups: list[list[str]] = []
    seen: set[str] = set()
    for key in sorted(near, key=lambda key: (titles[key], key)):
        if key in seen:
            continue
        group, ahead = [], [key]
        seen.add(key)
        while ahead:
            here = ahead.pop()
            group.append(here)
            ahead += near[here] - seen
            seen |= near[here]
        groups.append(group)
    groups.sort(key=lambda group: -len(group))
    return [key for group in groups for key in _downwards(titles, set(group), edges)]


def _downwards(titles: Mapping[str, str], group: set[str], edges: list[Edge]) -> list[str]:
    """A group so that each text stands above those that it cites; of a circle one line runs upwards."""
    cites: dict[str, list[str]] = defaultdict(list)
    cited: set[str] = set()
    for one, other in edges:
        if one in group:
            cites[one].append(other)
            cited.add(other)
    done: list[str] = []
    seen: set[str] = set()
    by_title = sorted(group, key=lambda key: (titles[key], key))
    # What nobody cites begins, the last first, for the order is turned round in the end; then come circles.
    begin = [key for key in reversed(by_title) if key not in cited]
    for first in (*begin, *by_title):
        ahead = [(first, False)]
        while ahead:
            key, finished = ahead.pop()
            if finished:
                done.append(key)
            elif key not in seen:
                seen.add(key)
                ahead.append((key, True))
                ahead += [(other, False) for other in sorted(cites[key], key=lambda key: (titles[key], key))]
    return done[::-1]


def _lanes(place: Mapping[str, int], edges: Iterable[Edge]) -> dict[str, int]:
    """The lane of each cited text: the innermost that is free over all its rows, short ones first."""
    spans: dict[str, tuple[int, int]] = {}
    for citing, cited in edges:
        first, last = spans.get(cited, (place[cited], place[cited]))
        spans[cited] = min(first, place[citing]), max(last, place[citing])
    taken: list[list[tuple[int, int]]] = []
    lanes = {}
    for key, (first, last) in sorted(spans.items(), key=lambda item: (item[1][1] - item[1][0], item[1])):
        free = (n for n, spans in enumerate(taken) if all(last < a or b < first for a, b in spans))
        lanes[key] = lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((first, last))
    return lanes


def _row(key: str, title: str, place: int, lane: int | None) -> Row:
    y = _middle(place) + REACHES
    arrow = f"M{TITLES} {y}l{ARROW} -4v8z" if lane is not None else ""
    return Row(key, title, shortened(title), _middle(place), lane is not None, arrow, _hue(lane or 0))


def _line(edge: Edge, count: int, place: Mapping[str, int], lane: int) -> Line:
    citing, cited = edge
    x, start, end = (
        TITLES + (lane + 1) * LANE,
        _middle(place[citing]) + LEAVES,
        _middle(place[cited]) + REACHES,
    )
    bend = BEND if end > start else -BEND
    path = (
        f"M{TITLES} {start}H{x - BEND}q{BEND} 0 {BEND} {bend}V{end - bend}"
        f"q0 {bend} -{BEND} {bend}H{TITLES + ARROW - 1}"
    )
    return Line(citing, cited, count, path, x - BEND, start - 3, _hue(lane))


def _middle(place: int) -> int:
    return place * ROW + ROW // 2 + MARGIN // 2


def _hue(lane: int) -> int:
    return lane % HUES + 1
