"""The judged pairs are whole, and the figures drawn from them are what they say."""

import json
from pathlib import Path

import pytest

from bench import judged
from reader.compare.align import Match, Unit

FILES = sorted(judged.PARALLELS.glob("*.json"))


def pair(partners: judged.Keys, near: judged.Keys | None = None) -> judged.Judged:
    units = tuple(Unit(key, str(key)) for key in range(1, 5))
    return judged.Judged("made", "held", units, units, partners, near or {})


def match(left: int, right: int, score: float, strength: str = "likely") -> Match:
    return Match(left, right, score, strength, 0, 1, 0, 1, ())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_left_paragraph_is_judged_once_and_with_a_reason(
    path: Path, request: pytest.FixtureRequest
) -> None:
    if path.stem == "originals":
        request.getfixturevalue("originals")
    said = json.loads(path.read_text(encoding="utf-8"))
    found = judged.read(path)
    assert found is not None
    left, right = ({unit.key for unit in side} for side in (found.left, found.right))
    assert sorted([one["left"] for one in said["pairs"]] + said["none"]) == sorted(left)
    for one in said["pairs"]:
        assert one["reason"]
        assert one["right"] or one["near"]
        assert not set(one["right"]) & set(one["near"])
        assert {*one["right"], *one["near"]} <= right


def test_a_best_match_counts_if_it_is_a_partner_and_one_of_three_if_it_is_near() -> None:
    made = pair({1: frozenset({2}), 2: frozenset({3})}, {2: frozenset({1})})
    matches = [match(1, 2, 0.9), match(1, 3, 0.8), match(2, 1, 0.7), match(2, 2, 0.6)]
    assert judged.recall([made], lambda left, right: matches) == judged.Recall(0.5, 0.5, 1.0)


def test_a_fourth_match_counts_for_nothing_and_neither_does_a_paragraph_without_partner() -> None:
    made = pair({1: frozenset({4})}, {2: frozenset({1})})
    matches = [match(1, key, 1 - key / 10) for key in (1, 2, 3, 4)] + [match(2, 1, 1.0)]
    assert judged.recall([made], lambda left, right: matches) == judged.Recall(0, 0, 0)


def test_seen_from_the_right_a_partner_has_all_that_have_it() -> None:
    turned = pair({1: frozenset({2, 3}), 4: frozenset({3})}).turned()
    assert turned.partners == {2: frozenset({1}), 3: frozenset({1, 4})}


def test_only_strong_matches_of_other_subjects_are_false() -> None:
    units = (Unit(1, "a"), Unit(2, "b"))
    texts = [("tram", units), ("tram", units), ("sea", units)]
    matches = [match(1, 1, 0.9, "strong"), match(1, 2, 0.9, "strong"), match(2, 1, 0.8)]
    assert judged.false_pct(texts, lambda left, right: matches) == 50


def test_strong_and_likely_are_judged_by_what_they_lead_to_and_faint_is_not() -> None:
    made = pair({1: frozenset({2}), 2: frozenset({3})}, {1: frozenset({4})})
    matches = [match(1, 2, 0.9, "strong"), match(1, 4, 0.8), match(2, 1, 0.7), match(2, 3, 0.6, "faint")]
    assert judged.sure([made], lambda left, right: matches) == pytest.approx((0.5, 100 / 3))
