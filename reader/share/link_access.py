"""Who may make and revoke links to a view. Fetching is permission; a stranger gets 404."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from reader.people.class_access import still_open
from reader.people.class_models import Class
from reader.share.giving import texts_kept_back
from reader.share.models import Link, View


def linked(request: HttpRequest, pk: int) -> View:
    """The view, where this person may give it to others, be its class archived; 403 where not."""
    views = View.objects.visible_to(request.user).select_related("group", "left", "right")
    view = get_object_or_404(views, pk=pk)
    led = Q(group__in=Class.objects.led_by(request.user)) | Q(group__isnull=True, owner=request.user.pk)
    if not View.objects.filter(led, pk=pk).exists():
        raise PermissionDenied("Only those who lead the class give its views to others.")
    return view


def given_by(request: HttpRequest, view: View) -> View:
    """The view, where this person may make a link now: its class is open, its texts theirs to give."""
    if view.group:
        still_open(view.group)
    if kept := texts_kept_back(view, request.user):  # type: ignore[arg-type]
        names = " and ".join(f"“{text.title}”" for text in kept)
        raise PermissionDenied(
            f"{names} is not public: only whoever owns a text, or the staff, may give it to others."
        )
    return view


def link_of(view: View, pk: int) -> Link:
    """A link to this view."""
    return get_object_or_404(Link.objects.filter(view=view), pk=pk)
