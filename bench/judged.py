"""Pairs of texts whose parallels were judged by reading, and how well a finder agrees.

bench/parallels/README.md tells what was judged and by which rules. `python -m bench.judged` lists what is
missed on the pairs that may be looked at.
"""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from reader.compare.align import Match, Unit, align
from reader.ingest import parse_bytes

PARALLELS = Path(__file__).parent / "parallels"
SEEDS = Path(__file__).parent.parent / "seeds"
DIGESTS = ("digest-russias-korean-gambit", "digest-north-koreas-gambit")
SAYING = ("paragraph", "item", "quote")
FIRST = 3
NOBODY: frozenset[int] = frozenset()

Finder = Callable[[Sequence[Unit], Sequence[Unit]], Sequence[Match]]
Keys = dict[int, frozenset[int]]
Subject = tuple[str, tuple[Unit, ...]]


@dataclass(frozen=True)
class Judged:
    """Two texts, and for each paragraph of the left one its partners and what is near on the right."""

    name: str
    role: str
    left: tuple[Unit, ...]
    right: tuple[Unit, ...]
    partners: Keys
    near: Keys

    def turned(self) -> "Judged":
        """The same seen from the right."""
        return Judged(
            self.name, self.role, self.right, self.left, inverted(self.partners), inverted(self.near)
        )


@dataclass(frozen=True)
class Recall:
    """Of the paragraphs with a partner, the shares whose best match, and one of whose first three, is one.

    near: one of the first three is a partner or near.
    """

    at_1: float
    at_3: float
    near: float


def found(left: Sequence[Unit], right: Sequence[Unit]) -> list[Match]:
    """The finder that is measured."""
    return align(left, right, top=FIRST, language="en")


def judged(role: str) -> list[Judged]:
    """The pairs with this role whose texts are here."""
    return [pair for path in sorted(PARALLELS.glob("*.json")) if (pair := read(path)) and pair.role == role]


def read(path: Path) -> Judged | None:
    """One file of judgements; None where its texts are not here."""
    said = json.loads(path.read_text(encoding="utf-8"))
    left, right = text(said["left"]), text(said["right"])
    if left is None or right is None:
        return None
    partners = {one["left"]: frozenset(one["right"]) for one in said["pairs"] if one["right"]}
    near = {one["left"]: frozenset(one["near"]) for one in said["pairs"] if one["near"]}
    return Judged(path.stem, said["role"], units(left), units(right), partners, near)


def text(name: str) -> Path | None:
    """The file of a text; None for an original that this machine does not have."""
    ours = PARALLELS / f"{name}.md"
    return ours if ours.exists() else next(iter(originals().glob(f"{name}_*.txt")), None)


def originals() -> Path:
    """The folder of the original texts, or one that is not there."""
    return Path(os.environ.get("READER_ORIGINALS") or os.environ.get("BENCH_ORIGINALS") or PARALLELS / "none")


def units(path: Path) -> tuple[Unit, ...]:
    """The numbered paragraphs of a text as the reader compares them."""
    parsed = parse_bytes(path.read_bytes(), path.name)
    return tuple(
        Unit(number, block.text)
        for block, number in zip(parsed.blocks, parsed.numbers(), strict=True)
        if number is not None and block.kind in SAYING
    )


def recall(pairs: Iterable[Judged], find: Finder = found) -> Recall:
    """What a finder finds for the left texts of these pairs, taken together."""
    firsts = [(pair, key, best) for pair in pairs for key, best in ranked(pair, find)]
    at_1 = [best[:1] and best[0] in pair.partners[key] for pair, key, best in firsts]
    at_3 = [not pair.partners[key].isdisjoint(best) for pair, key, best in firsts]
    near = [
        not (pair.partners[key] | pair.near.get(key, NOBODY)).isdisjoint(best) for pair, key, best in firsts
    ]
    return Recall(share(at_1), share(at_3), share(near))


def ranked(pair: Judged, find: Finder = found) -> Iterator[tuple[int, list[int]]]:
    """For each paragraph of the left text that has a partner, the first three of the right, best first."""
    matches = sorted(find(pair.left, pair.right), key=lambda match: -match.score)
    for key in sorted(pair.partners):
        yield key, [match.right for match in matches if match.left == key][:FIRST]


def sure(pairs: Iterable[Judged], find: Finder = found) -> tuple[float, float]:
    """Of the paragraphs with a partner, the share with one that is strong or likely; and of the matches that
    are, those that are neither partner nor near, in percent.
    """
    led: list[bool] = []
    wrong: list[bool] = []
    for pair in pairs:
        marked = [match for match in find(pair.left, pair.right) if match.strength != "faint"]
        right = {match.left for match in marked if match.right in pair.partners.get(match.left, NOBODY)}
        led += [key in right for key in pair.partners]
        wrong += [
            match.right not in pair.partners.get(match.left, NOBODY) | pair.near.get(match.left, NOBODY)
            for match in marked
        ]
    return share(led), 100 * share(wrong)


def false_pct(texts: Iterable[Subject], find: Finder = found) -> float:
    """Of a text's paragraphs, those with a strong match in a text on another subject, in percent.

    Each text is laid beside each one of another subject, and all are counted together.
    """
    strong: list[bool] = []
    for (subject, here), (other, there) in permutations(texts, 2):
        if subject != other:
            keys = {match.left for match in find(here, there) if match.strength == "strong"}
            strong += [unit.key in keys for unit in here]
    return 100 * share(strong)


def subjects() -> list[Subject]:
    """All texts of four subjects; the digests stand for the originals where these are not here."""
    pairs = [pair for role in ("judged before tuning", "tuned", "held") for pair in judged(role)]
    sides = [(pair.name, side) for pair in pairs for side in (pair.left, pair.right)]
    if "originals" not in {pair.name for pair in pairs}:
        sides += [("originals", units(SEEDS / f"{name}.md")) for name in DIGESTS]
    return sides


def inverted(keys: Keys) -> Keys:
    """Which left ones each right one has."""
    rights = sorted(set().union(*keys.values()))
    return {right: frozenset(left for left, those in keys.items() if right in those) for right in rights}


def share(verdicts: Sequence[object]) -> float:
    """How many of these are true, from 0 to 1; 0 of none."""
    return sum(map(bool, verdicts)) / len(verdicts) if verdicts else 0.0


def main() -> None:
    """Print, for the pairs that may be looked at, each paragraph whose best match is no partner."""
    for side in (side for role in ("judged before tuning", "tuned") for side in judged(role)):
        for pair in (side, side.turned()):
            seen = "left" if pair is side else "right"
            print(f"{pair.name} from the {seen}: {recall([pair])}, sure {sure([pair])}")
            for key, best in ranked(pair):
                if best[:1] and best[0] in pair.partners[key]:
                    continue
                wanted, near = sorted(pair.partners[key]), sorted(pair.near.get(key, ()))
                print(f"  {key}: {best}, wanted {wanted}" + (f", near {near}" if near else ""))


if __name__ == "__main__":
    main()
