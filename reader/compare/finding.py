"""Find the parallels of two texts, and keep them: new for what was changed, as they were for the rest."""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from django.db import transaction
from django.db.models import F

from reader.compare.align import Match, align
from reader.compare.keeping import Found, keep
from reader.compare.models import Pairing
from reader.compare.pairing import hold
from reader.compare.texts import Citing, Compared, citing, compared
from reader.library.models import Paragraph, Revision

TOP = 3
ATTEMPTS = 3
# Of a paragraph that cites the other text in more sentences, the first of these.
CITING_AT_MOST = 8

log = logging.getLogger(__name__)


class RevisedMeanwhile(Exception):
    """One of the texts has a newer revision than the one that was read."""


def find(pairing: int) -> None:
    """Find the parallels of a pairing's current revisions; where it fails, the pairing says so."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _find(pairing)
        except RevisedMeanwhile:
            # Whoever kept that revision asked for it to be looked at, too.
            if attempt == ATTEMPTS:
                return None
        except Exception:
            # Nothing to tell where one of the texts was deleted meanwhile.
            if Pairing.objects.filter(pk=pairing).update(
                state=Pairing.State.FAILED,
                error="The parallels of these texts could not be found; the log of the library tells more.",
                version=F("version") + 1,
            ):
                log.exception("Parallels of pairing %s could not be found", pairing)
            return None
    return None


def _find(key: int) -> None:
    pairing = Pairing.objects.select_related("first", "second").filter(pk=key).first()
    if pairing is None or pairing.first.current_id is None or pairing.second.current_id is None:
        return
    first, second = sides(pairing)
    same = (pairing.first_revision_id, pairing.second_revision_id) == (first.revision.pk, second.revision.pk)
    new_first = _new(first, pairing.first_revision_id)
    new_second = _new(second, pairing.second_revision_id)
    if new_first is None or new_second is None or same:
        # Asked for again: every paragraph is looked at anew.
        new_first = new_second = None
    found = parallels(first, second, only_first=new_first, only_second=new_second)
    with transaction.atomic():
        _hold(pairing, first, second)
        keep(pairing, first, second, found, new_first, new_second)


def sides(pairing: Pairing) -> tuple[Compared, Compared]:
    """Both texts of a pairing with where they cite each other."""
    first, second = compared(pairing.first), compared(pairing.second)
    first.citing, second.citing = citing(first, pairing.second), citing(second, pairing.first)
    return first, second


def parallels(
    first: Compared,
    second: Compared,
    *,
    top: int = TOP,
    only_first: Collection[int] | None = None,
    only_second: Collection[int] | None = None,
) -> list[Found]:
    """The parallels of two texts, the best of each paragraph first, and those that citations lean on.

    With only_first and only_second, those that touch one of these paragraphs.
    """
    language = first.revision.language if first.revision.language == second.revision.language else ""
    only = {"only_left": only_first, "only_right": only_second} if only_first is not None else {}
    matches = align(first.units, second.units, top=top, language=language, **only)
    found = {(match.left, match.right): Found(match) for match in matches}
    for side, here, there in (("first", first, second), ("second", second, first)):
        for leaning in _leaning(here, there, language, top=top):
            for rank, match in enumerate(leaning):
                if side == "second":
                    match = _turned(match)
                key = (match.left, match.right)
                before = found.get(key)
                if before is None or before.match.score < match.score:
                    before = Found(match, before.citing if before else "")
                # The citation leans on the first; the others are its runners-up, unless they are as plain.
                leans = rank == 0 or match.strength == "strong"
                found[key] = replace(before, citing=before.citing or (side if leans else ""))
    return sorted(found.values(), key=lambda one: (one.match.left, -one.match.score, one.match.right))


def _leaning(here: Compared, there: Compared, language: str, *, top: int) -> Iterator[list[Match]]:
    """What each citing sentence leans on, best first; offsets are in its paragraph.

    The first such sentences of all paragraphs are looked at together, then the second ones: the work is that
    of a few comparings, however often a text cites the other.
    """
    for cites in _rounds(here.citing):
        begins = {number: cite.start - here.start_of[number] for number, cite in cites.items()}
        ends = {number: cite.end - here.start_of[number] for number, cite in cites.items()}
        units = [
            replace(unit, text=unit.text[begins[unit.key] : ends[unit.key]], sentences=())
            if unit.key in cites
            else unit
            for unit in here.units
        ]
        matches = align(units, there.units, top=top, language=language, only_left=begins, only_right=[])
        own: dict[int, list[Match]] = {}
        for m in sorted(matches, key=lambda match: (match.left, -match.score, match.right)):
            begin = begins[m.left]
            moved = replace(m, left_start=m.left_start + begin, left_end=m.left_end + begin)
            own.setdefault(m.left, []).append(moved)
        yield from (found[:top] for found in own.values())


def _rounds(cites: Iterable[Citing]) -> list[dict[int, Citing]]:
    """The sentences by paragraph: the first of each, the second of each, and so on; some of a paragraph."""
    rounds: list[dict[int, Citing]] = []
    by_paragraph: dict[int, dict[int, Citing]] = {}
    for cite in cites:
        known = by_paragraph.setdefault(cite.number, {})
        if cite.start in known or len(known) == CITING_AT_MOST:
            continue
        if len(known) == len(rounds):
            rounds.append({})
        rounds[len(known)][cite.number] = known[cite.start] = cite
    return rounds


def _turned(match: Match) -> Match:
    return replace(
        match,
        left=match.right,
        right=match.left,
        left_start=match.right_start,
        left_end=match.right_end,
        right_start=match.left_start,
        right_end=match.left_end,
    )


def _new(text: Compared, before: int | None) -> set[int] | None:
    """The paragraphs that the revision before did not have in these words; None where there was none."""
    if before is None:
        return None
    if before == text.revision.pk:
        return set()
    old = Revision.objects.only("text").get(pk=before).text
    ranges = Paragraph.objects.filter(revision=before, number__isnull=False).values_list("start", "end")
    known = {old[start:end] for start, end in ranges}
    return {unit.key for unit in text.units if unit.text not in known}


def _hold(pairing: Pairing, first: Compared, second: Compared) -> None:
    """Wait for whoever revises one of the texts or looks at this pairing, too; then nobody does meanwhile."""
    now = {pairing.first_id: first.revision.pk, pairing.second_id: second.revision.pk}
    if hold(pairing.pk) != now:
        raise RevisedMeanwhile
