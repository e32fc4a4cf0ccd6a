"""What is done with a view that is there, each by one press of a button."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from reader.annotate.said import say
from reader.http import is_own_path, whole
from reader.people import class_access
from reader.share import copying, records
from reader.share import view_access as access
from reader.share import view_actions as actions
from reader.share.models import View


@require_POST
@login_required
def show_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a view to its class."""
    one = access.changeable(request, pk)
    if one.group is None:
        messages.error(request, "Choose the class to show it to first.")
        return redirect("share:edit_view", one.pk)
    closed = [text.title for text in (one.left, one.right) if text is not None and not text.is_public]
    if closed:
        messages.error(
            request, f"“{closed[0]}” is not public: the class could not read it. Make it public first."
        )
        return redirect(one)
    say(request, actions.show(view=one, by=class_access.person(request)))
    return _back(request, one)


@require_POST
@login_required
def hide_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a view a draft again."""
    one = access.changeable(request, pk)
    say(request, actions.hide(view=one, by=class_access.person(request)))
    return _back(request, one)


@require_POST
@login_required
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view; it can be restored."""
    one = access.changeable(request, pk)
    say(request, actions.delete(view=one, by=class_access.person(request)))
    return redirect("share:plan", one.group_id) if one.group_id else redirect("share:views")


@require_POST
@login_required
def restore_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a deleted view back."""
    gone = access.light(actions.restorable(View.objects.all()))
    one = gone.filter(pk=pk).first()
    # That it was there is nobody's business who could not change it.
    if one is None or not access.leads(request.user, one):
        raise Http404("There is no such view any more.")
    say(request, actions.restore(view=access.check_changeable(request, one), by=class_access.person(request)))
    return _back(request, one)


@require_POST
@login_required
def move_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a view up or down in the reading plan."""
    one = access.changeable(request, pk)
    actions.move(view=one, step=-1 if request.POST.get("to") == "up" else 1)
    return _back(request, one, f"#view-{one.pk}")


@require_POST
@login_required
def finish_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one has read a view, or take that back."""
    one = access.readable(request, pk)
    if one.group is not None:
        class_access.still_open(one.group)
    if not records.is_recorded(one, request.user):
        raise Http404("Of your reading nothing is written down here.")
    is_read = request.POST.get("read") != "0"
    records.finish(one, class_access.person(request), is_read=is_read)
    messages.success(
        request, f"You have read “{one.title}”." if is_read else f"“{one.title}” is still to be read."
    )
    return _back(request, one)


@require_POST
@login_required
def copy_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a view to another class, too, as a draft."""
    one = access.readable(request, pk)
    person = class_access.person(request)
    if not access.leads(request.user, one):
        raise PermissionDenied(access.OTHERS)
    group = get_object_or_404(access.open_to(person), pk=whole(request.POST.get("group")) or 0)
    made = copying.copy_view(view=one, group=group, by=person)
    messages.success(request, said_of(made))
    return redirect(made)


def _back(request: HttpRequest, one: View, aim: str = "") -> HttpResponse:
    """To the page of this site that the form names, else to the view's."""
    back = request.POST.get("back", "")
    return redirect(back + aim if is_own_path(back) else one.get_absolute_url())


def said_of(view: View) -> str:
    """What became of a view that was just made."""
    if view.shown_at:
        return f"“{view.title}” is in the reading plan of {view.group}."
    if view.group:
        return f"“{view.title}” is a draft: show it to {view.group} when it is ready."
    return f"“{view.title}” is kept. Nobody else sees it before it is given to a class or by a link."
