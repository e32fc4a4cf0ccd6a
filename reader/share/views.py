"""The pages of views: making, reading, changing and opening them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from reader.desk.lens import keep_looking, look_at
from reader.desk.places import anchor
from reader.http import is_own_path, whole
from reader.library.models import Document
from reader.people import class_access
from reader.people.class_models import Class
from reader.people.models import User
from reader.share import drawing, prompts, records
from reader.share import view_access as access
from reader.share import view_actions as actions
from reader.share.models import View
from reader.share.plan import lines_of
from reader.share.view_acting import said_of
from reader.share.view_forms import ViewForm, initial, zone_of
from reader.share.view_places import desk_at, halves

TEXTS_AT_MOST = 300


@never_cache
@login_required
@require_safe
def views(request: HttpRequest) -> HttpResponse:
    """The views that one made for no class yet, and the ways to those of classes."""
    person = class_access.person(request)
    own = View.objects.live().filter(owner=person, group__isnull=True)
    gone = View.objects.filter(owner=person, group__isnull=True)
    context = {
        "lines": lines_of(own, person),
        "classes": Class.objects.of(person).filter(archived_at__isnull=True),
        "deleted": actions.restorable(gone),
    }
    return render(request, "share/views.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_view(request: HttpRequest) -> HttpResponse:
    """Make a view of the texts that the address names, as left and right, or choose them first."""
    person = access.maker(request)
    if request.method != "POST" and not _slugs(request):
        return _choose_texts(request)
    texts = _texts(request)
    if request.method == "POST":
        form = ViewForm(request.POST, by=person, texts=texts)
        if form.is_valid():
            view = actions.make(
                by=person,
                words=form.words(),
                texts=texts,
                places=form.places(),
                group=form.for_class,
                shown=form.cleaned_data["shown"],
            )
            messages.success(request, said_of(view))
            return redirect(view)
    else:
        form = ViewForm(by=person, texts=texts, initial=_proposed(request, person, texts))
    context = {"form": form, "texts": texts}
    return render(request, "share/view_new.html", context, status=422 if form.errors else 200)


def _texts(request: HttpRequest) -> list[Document]:
    """The texts that the address names; 404 where one is not this person's to read."""
    found, slugs = _readable(request), _slugs(request)
    texts = [get_object_or_404(found, slug=slug) for slug in dict.fromkeys(slugs) if "\x00" not in slug]
    if not texts:
        raise Http404("A view is made of a text: open it, and choose “Make a view”.")
    return texts


def _slugs(request: HttpRequest) -> list[str]:
    return [slug for side in ("left", "right") if (slug := request.GET.get(side, ""))]


def _readable(request: HttpRequest) -> QuerySet[Document]:
    return Document.objects.visible_to(request.user).filter(current__isnull=False).defer("finding")


def _choose_texts(request: HttpRequest) -> HttpResponse:
    """The texts of which a view can be made, for who comes from a class's plan and not from the desk."""
    rows = _readable(request).only("slug", "title", "is_public").order_by("title")[: TEXTS_AT_MOST + 1]
    texts = list(rows)
    context = {
        "texts": texts[:TEXTS_AT_MOST],
        "more": len(texts) > TEXTS_AT_MOST,
        "group": request.GET.get("class", ""),
    }
    return render(request, "share/view_texts.html", context)


def _proposed(request: HttpRequest, person: User, texts: list[Document]) -> dict[str, Any]:
    """What a new view says before anybody typed: the texts where they are open, and whose marks are drawn."""
    groups = access.open_to(person).values_list("pk", flat=True)[:2]
    only = str(groups[0]) if len(groups) == 1 else ""
    places = {f"{side}_place": anchor(request.GET.get(f"{side}_place")) for side in ("left", "right")}
    return {
        "title": " · ".join(text.title for text in texts)[:120],
        "layers": drawing.proposed(request, person),
        "group": request.GET.get("class") or only,
        **{name: place.removeprefix("p") for name, place in places.items()},
    }


@never_cache
@login_required
@require_safe
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """A view: what it is about, its texts, its prompts, and the way to the desk."""
    one = access.readable(request, pk)
    return render(request, "share/view.html", page_of(request, one))


def page_of(request: HttpRequest, one: View) -> dict[str, Any]:
    """What the page of a view shows; its students' visit is written down."""
    texts = halves(one, request.user)
    leads = access.leads(request.user, one)
    is_open = one.group is None or one.group.archived_at is None
    return {
        "view": one,
        "zone": zone_of(one.group),
        "texts": texts,
        "lost": [half for half in texts if half.is_lost],
        "prompts": prompts.shown(one, request.user),
        "desk": reverse("share:open_view", args=[one.pk]) if any(half.document for half in texts) else "",
        "record": records.opened(one, request.user),
        "leads": leads,
        "may_change": leads and is_open,
        "knows": leads or access.knows(request.user, one),
        "deleted_prompts": prompts.deleted_of(one) if leads and is_open else (),
        "elsewhere": _elsewhere(request, one) if leads else (),
    }


def _elsewhere(request: HttpRequest, one: View) -> Any:
    """The classes to which this view may be given, too."""
    return access.open_to(class_access.person(request)).exclude(pk=one.group_id or 0)


@never_cache
@login_required
@require_safe
def open_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the desk with a view's texts and its layers alone, where it says or at one of its prompts."""
    one = access.readable(request, pk)
    note = whole(request.GET.get("note")) or 0
    asked = prompts.asked_of(one, request.user).filter(prompt=note).exists() if note else False
    passage = prompts.passages_of([note]).get(note) if asked else None
    address = desk_at(one, halves(one, request.user), note if asked else 0, passage)
    if not address:
        return redirect(one)
    return drawing.drawn(request, one, redirect(address))


@never_cache
@login_required
@require_safe
def close_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on at the desk without the view, and with everybody's marks."""
    one = access.readable(request, pk)
    back = request.GET.get("back", "")
    look_at(request, None)
    return keep_looking(request, redirect(back if is_own_path(back) else one.get_absolute_url()))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a view says; who else changed it meanwhile is told of."""
    one = access.changeable(request, pk)
    person = class_access.person(request)
    texts = [text for text in (one.left, one.right) if text is not None]
    places = [half.anchor for half in halves(one, request.user)]
    if request.method != "POST":
        form = ViewForm(by=person, texts=texts, view=one, places=places, initial=initial(one, places, person))
        return _edit_form(request, one, form)
    form = ViewForm(request.POST, by=person, texts=texts, view=one, places=places)
    version = whole(request.POST.get("version"))
    if not form.is_valid() or version is None:
        return _edit_form(request, one, form, status=422)
    try:
        changed = actions.edit(
            view=one,
            by=person,
            version=version,
            words=form.words(),
            places=list(form.changed_places.items()),
            group=form.for_class,
        )
    except actions.EditConflict as conflict:
        return _edit_form(request, one, form, conflict, 409)
    messages.success(request, f"“{changed.title}” is changed.")
    return redirect(changed)


def _edit_form(
    request: HttpRequest,
    one: View,
    form: ViewForm,
    conflict: actions.EditConflict | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = whole(request.POST.get("version"))
    version = conflict.current.version if conflict else one.version if typed is None else typed
    context = {
        "form": form,
        "view": one,
        "version": version,
        "conflict": conflict,
        "zone": zone_of(one.group),
        "texts": form.texts,
    }
    return render(request, "share/view_edit.html", context, status=status)
