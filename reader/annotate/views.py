"""Pages about what readers added: the list of it, replies to one's own, and what one takes away."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from reader.annotate import access, actions, choosing, moving, notices, review, take_away
from reader.annotate.listing import KINDS, Filter, page
from reader.annotate.models import Annotation, Change, Meaning
from reader.annotate.naming import codes_of
from reader.annotate.problems import NotDone
from reader.annotate.said import say
from reader.http import is_own_path, part_or_page, wants_part, whole
from reader.library.models import Document
from reader.library.querysets import Reader

CHOICES_AT_MOST = 300
FORMATS = {
    "md": "text/markdown; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
}


@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """All that readers added and this person may see, the newest first, narrowed by a filter."""
    return _notes(request)


def _notes(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The list; with a problem, what was checked in it stays so."""
    chosen = Filter.of(request.GET.dict())
    before = request.GET.get("before", "")[:60]
    found = chosen.on(Annotation.objects.visible_to(request.user), request.user)
    if not (chosen.kind or chosen.person or chosen.q):
        # A reply stands with what it answers, and alone only where one looks for it.
        found = found.exclude(kind=Annotation.Kind.REPLY)
    shown = page(found, before, request.user)
    context = {
        "filter": chosen,
        "page": shown,
        "later": bool(before),
        "before": before,
        "here": request.get_full_path(),
        "layers_to": choosing.choices(request.user) if request.user.is_authenticated else (),
        "layer_to": request.POST.get("layer", ""),
        "checked": _checked(request),
        "check_all": "all" in request.GET and not problem,
        "problem": problem,
        "is_empty": not (shown.annotations or chosen or before),
    }
    if not wants_part(request):
        context |= _choices(request.user, chosen) | {"waiting": review.waiting(request.user)}
    status = 422 if problem else 200
    return part_or_page(request, "annotate/notes.html", "annotate/_notes.html", context, status)


def _checked(request: HttpRequest) -> list[int]:
    """The notes that a form names, one more than may be chosen at most."""
    keys = [key for words in request.POST.getlist("note") if (key := whole(words)) is not None]
    return keys[: moving.AT_ONCE + 1]


@require_POST
@login_required
def move_notes(request: HttpRequest) -> HttpResponse:
    """Move the chosen notes to another layer, or copy them there; the query is that of the list."""
    by = access.person(request)
    try:
        layer = choosing.layer_named(request.POST.get("layer", "")[:20], by)
        if request.POST.get("act") == "copy":
            change: Change | None = moving.copy_notes(by=by, annotations=_checked(request), layer=layer)[1]
        else:
            change = moving.move_notes(by=by, annotations=_checked(request), layer=layer)
    except (NotDone, choosing.NotWritable) as problem:
        return _notes(request, str(problem))
    if change is None:
        messages.info(request, "They lie there already.")
    say(request, change)
    query = request.GET.copy()
    query.pop("all", None)
    return redirect(reverse("annotate:notes") + (f"?{query.urlencode()}" if query else ""))


def _choices(user: Reader, chosen: Filter) -> dict[str, Any]:
    """What the filter's form offers."""
    texts = Document.objects.visible_to(user).filter(current__isnull=False).only("slug", "title")
    rest = texts.filter(slug=chosen.text) if chosen.text else texts.none()
    offered = {text.slug: text.title for text in [*texts[:CHOICES_AT_MOST], *rest]}
    return {
        "kinds": KINDS.items(),
        "layers": choosing.readable(user),
        "meanings": Meaning.objects.for_choice(user),
        "codes": codes_of(user)[:CHOICES_AT_MOST],
        "texts": offered.items(),
        **{f"chosen_{name}": value for name, value in asdict(chosen).items()},
    }


@require_POST
@login_required
def delete_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an annotation of one's own into the trash, from a list."""
    change = actions.delete(annotation=access.own(request, pk), by=access.person(request))
    say(request, change)
    back = request.POST.get("back", "")
    return redirect(back if is_own_path(back) else "annotate:notes")


@require_safe
@login_required
def export(request: HttpRequest, form: str) -> StreamingHttpResponse:
    """All of one's own, or what the filter lets through, as a file that is made while it is sent."""
    if form not in FORMATS:
        raise Http404("There is no such form.")
    site = request.build_absolute_uri("/")[:-1]
    # Also replies to what others deleted since.
    own = Annotation.objects.writable_by(request.user).filter(deleted_at__isnull=True)
    mine = Filter.of(request.GET.dict()).on(own, request.user)
    if form == "md":
        pieces = take_away.markdown(mine, site, request.user)
    elif form == "csv":
        pieces = take_away.table(mine, site, request.user, bom="bom" in request.GET)
    else:
        pieces = take_away.jsonld(mine, site, request.user)
    name = f"notes-{timezone.localdate():%Y-%m-%d}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type=FORMATS[form], headers=headers)


@require_safe
@login_required
def replies(request: HttpRequest) -> HttpResponse:
    """Who answered what one wrote, or wrote in the same thread; to look is to have read."""
    shown = notices.page(access.person(request), request.GET.get("before", ""))
    if request.method == "GET":
        notices.mark_read(shown.notices)
    context = {"page": shown, "waiting": review.waiting(request.user)}
    return render(request, "annotate/notices.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def unread(request: HttpRequest) -> HttpResponse:
    """The desk's link to the notes, with the number of new replies and of marks that a revision changed.

    Asked for once the desk is open.
    """
    to_review = sum(text.changed + text.unplaced for text in review.waiting(request.user))
    return render(request, "annotate/_unread.html", {"to_review": to_review})
