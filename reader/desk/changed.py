"""The parts of the desk's page that an act changed: words runs with their marks, and cards."""

from collections.abc import Collection, Mapping, Sequence
from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers

from reader.annotate.models import Annotation, Change, Code, Layer, Target
from reader.annotate.said import say
from reader.annotate.turning import annotations_of
from reader.compare.parallel_views import CHANGED
from reader.desk.back import Back, back_of, own_address, own_page
from reader.desk.card import card_html
from reader.desk.cards import Card, cards_of, new_card
from reader.desk.drawing import drawn_runs
from reader.desk.fetch import Text
from reader.desk.half import OTHER, Half, url
from reader.desk.leaf import finished
from reader.desk.lens import keep_looking, reader_of, see
from reader.http import wants_part
from reader.library.lay import escape
from reader.library.passages import Passage
from reader.library.querysets import Reader, visible
from reader.people.models import User

# An act that touches more than this changes the page as a whole.
PARTS_AT_MOST = 40


def done(
    request: HttpRequest, annotation: Annotation, change: Change | None, otherwise: str, status: int = 200
) -> HttpResponse:
    """Answer an act on one annotation: its parts, or the way back; otherwise says that nothing was done."""
    card = annotation.parent_id or annotation.pk
    back = back_of(request, slug_of(card))
    # Moved, it is elsewhere than it was when it was fetched.
    see(request, Annotation.objects.filter(pk=card).values_list("layer", flat=True).first())
    if wants_part(request):
        said = change.said if change else otherwise
        response = parts(request, back, [card], said=said, change=change, status=status)
        return keep_looking(request, response)
    if change is None:
        messages.info(request, otherwise)
    say(request, change)
    return keep_looking(request, HttpResponseRedirect(own_page(request) or back.at(card)))


def turned(request: HttpRequest, change: Change, verb: str) -> HttpResponse:
    """Answer that a change was taken back, or done again; verb says which."""
    said = f"{verb}: {change.said}"
    if wants_part(request):
        keys = shown_with(annotations_of(change))
        back = back_of(request, slug_of(min(keys)) if keys else "")
        response = parts(request, back, keys, said=said, change=change)
        if any(name in ("Parallel", "Verdict") for name, *_ in change.ops):
            # The desk asks for its parallels again.
            response["HX-Trigger"] = CHANGED
        return response
    messages.success(request, said)
    return HttpResponseRedirect(own_address(request.POST.get("back", "")) or url("library:shelf"))


def shown_with(annotations: Collection[int]) -> list[int]:
    """The annotations on whose cards these are: a reply is on that of what it answers."""
    if len(annotations) > PARTS_AT_MOST:
        return sorted(annotations)
    rows = Annotation.objects.filter(pk__in=annotations).values_list("pk", "parent")
    return sorted({parent or pk for pk, parent in rows})


def slug_of(annotation: int) -> str:
    """The text on which an annotation lies; nothing where it was deleted."""
    slugs = Target.objects.filter(annotation=annotation).values_list("passage__document__slug", flat=True)
    return slugs.first() or ""


def parts(
    request: HttpRequest,
    back: Back,
    annotations: Sequence[int],
    *,
    said: str,
    change: Change | None,
    status: int = 200,
) -> HttpResponse:
    """What became of these annotations, as parts that a script puts into the page that back names."""
    if len(annotations) > PARTS_AT_MOST:
        return _answer(said, change, annotations, [], status, more=" data-reload")
    cards = cards_of(reader_of(request), annotations)
    lines, chunks = _runs(reader_of(request), back, _places(request.user, annotations))
    for pk in annotations:
        here = [_card(card, chunks, request.user, back) for card in cards if card.pk == pk]
        lines += here or [_gone(pk)]
    return _answer(said, change, annotations, lines, status)


def made(
    request: HttpRequest,
    back: Back,
    annotation: Annotation,
    passage: Passage,
    codes: Sequence[Code],
    change: Change,
) -> HttpResponse:
    """The parts of the page that an annotation just made belongs to, looking up no more than their runs."""
    revision = passage.revision
    if revision is None or passage.state != Passage.State.KEPT or not isinstance(request.user, User):
        return parts(request, back, [annotation.pk], said=change.said, change=change, status=201)
    see(request, annotation.layer_id)
    card = new_card(request.user, annotation, passage, codes, back.slug)
    place = {(revision.pk, revision.number, back.slug): [(passage.start, passage.end)]}
    lines, chunks = _runs(reader_of(request), back, place)
    lines.append(_card(card, chunks, request.user, back))
    return keep_looking(request, _answer(change.said, change, [annotation.pk], lines, 201))


def _answer(
    said: str,
    change: Change | None,
    annotations: Sequence[int],
    lines: Sequence[str],
    status: int,
    more: str = "",
) -> HttpResponse:
    attributes = f' data-said="{escape(said)}"'
    if change is not None:
        attributes += f' data-change="{change.pk}"{" data-undone" if change.undone_at else ""}'
    if annotations:
        attributes += f' data-annotation="{annotations[0]}"'
    html = f'<section class="changed"{attributes}{more}>\n{"".join(lines)}</section>\n'
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _card(card: Card, chunks: dict[tuple[str, int], int], user: Reader, back: Back) -> str:
    chunk = chunks.get((card.slug, card.start), 0)
    return (
        f'<template class="card" data-annotation="{card.pk}" data-slug="{card.slug}"'
        f' data-revision="{card.number}" data-chunk="{chunk}">'
        f"{card_html(card, user, back.side_of(card.slug))}</template>\n"
    )


def _gone(pk: int) -> str:
    return f'<template class="gone" data-annotation="{pk}"></template>\n'


def _runs(
    user: Reader, back: Back, places: Mapping[tuple[int, int, str], Sequence[tuple[int, int]]]
) -> tuple[list[str], dict[tuple[str, int], int]]:
    """The runs that these places touch, by revision as _places() has them.

    With them, by slug and start of each place, the position of the chunk that holds it.
    """
    lines: list[str] = []
    chunks: dict[tuple[str, int], int] = {}
    for (revision, number, slug), here in places.items():
        side = back.side_of(slug)
        half = Half(side, cast(Text, None), {OTHER[side]: back.places[0 if side == "right" else 1]})
        for position, start, end, html in drawn_runs(user, revision, here):
            chunks |= {(slug, place): position for place, _ in here if start <= place < end}
            lines.append(
                f'<template class="run" data-slug="{slug}" data-revision="{number}" data-start="{start}">'
                f"{finished(half, html, {})}</template>\n"
            )
    return lines, chunks


def _places(user: Reader, annotations: Sequence[int]) -> dict[tuple[int, int, str], list[tuple[int, int]]]:
    """Where these annotations lie or lay in texts that this person may read, by revision.

    A revision is its key, its number, and its text's slug.
    """
    theirs = Q(annotation__author=user.pk) | ~Q(annotation__layer__kind=Layer.Kind.PRIVATE)
    rows = Target.objects.filter(visible(user, "passage__document__"), theirs, annotation__in=annotations)
    found: dict[tuple[int, int, str], list[tuple[int, int]]] = {}
    for *revision, start, end in (
        rows.filter(passage__revision__isnull=False)
        .order_by()
        .values_list(
            "passage__revision",
            "passage__revision__number",
            "passage__document__slug",
            "passage__start",
            "passage__end",
        )
    ):
        found.setdefault(cast("tuple[int, int, str]", tuple(revision)), []).append((start, end))
    return found
