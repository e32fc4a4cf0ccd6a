"""Where the citations of a page lead: to the passages of the cited texts that they lean on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist

from reader.compare.leaning import leans
from reader.compare.models import Pairing
from reader.compare.reading import Pair
from reader.desk.fetch import Other
from reader.desk.gutter import Paired, Range
from reader.desk.half import Half
from reader.library.models import Document
from reader.library.querysets import Reader

Links = Mapping[tuple[int, int], Other]


def pairs(halves: Sequence[Half], links: Links) -> list[Range]:
    """The texts of a page that may be paired: those that face each other, and what their notes cite."""
    own = {half.text.revision: half.text.pk for half in halves if not half.text.old}
    found = {
        _in_order(own[revision], other.pk): None for (revision, _), other in links.items() if revision in own
    }
    if len(own) > 1:
        found = {_in_order(*own.values()): None, **found}
    return list(found)


def with_leans(
    user: Reader, halves: Sequence[Half], links: Links, pairings: Mapping[Range, Paired]
) -> dict[tuple[int, int], Other]:
    """The links with the anchors of what each citation leans on; no query where that is known already."""
    own = {half.text.revision: half.text.pk for half in halves if not half.text.old}
    found = dict(links)
    for (revision, note), other in links.items():
        pairing = pairings.get(_in_order(own[revision], other.pk)) if revision in own else None
        if pairing is not None:
            text = (own[revision], revision)
            known = (
                _leaning(user, pairing.key, text, other.pk)
                if pairing.judged
                else _for_all(pairing.key, pairing.version, text, other.pk)
            )
            found[revision, note] = replace(other, anchors=known.get(note, ()))
    return found


def _in_order(one: int, other: int) -> Range:
    return (one, other) if one < other else (other, one)


@lru_cache(maxsize=256)
def _for_all(key: int, version: int, text: Range, other: int) -> dict[int, tuple[str, ...]]:
    return _leaning(AnonymousUser(), key, text, other)


def forget() -> None:
    """Know nothing any more."""
    _for_all.cache_clear()


def _leaning(user: Reader, key: int, text: Range, other: int) -> dict[int, tuple[str, ...]]:
    """{position of a note: anchors in the other text, the best first}; nothing where a text is gone."""
    try:
        cited = Document.objects.only("current", "is_public").get(pk=other)
        pair = Pair(Document(pk=text[0], current_id=text[1]), cited, Pairing(pk=key))
        found = leans(pair, user)["left"]
    except ObjectDoesNotExist:
        return {}
    return {note: tuple(dict.fromkeys(row.right.anchor for row in rows)) for note, rows in found.items()}
