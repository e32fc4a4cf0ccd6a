"""What a class keeps of its members, shown to each of them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.annotate.models import Annotation
from reader.people import class_access
from reader.share.overseeing import page_of
from reader.share.recorded import recorded

KINDS = {value: str(name) for value, name in Annotation.Kind.choices}


@never_cache
@login_required
@require_safe
def recorded_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is kept of who asks, and who can see it."""
    membership = class_access.own(request, pk)
    found = recorded(membership.group, membership.person)
    written = [(KINDS[kind], count) for kind, count in found["written"].items()]
    standing = class_access.standing(request.user, membership.group)
    return render(request, "share/recorded.html", page_of(standing) | {"found": found, "kinds": written})


@never_cache
@login_required
@require_safe
def recorded_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file."""
    membership = class_access.own(request, pk)
    answer = JsonResponse(recorded(membership.group, membership.person), json_dumps_params={"indent": 1})
    answer["Content-Disposition"] = 'attachment; filename="recorded.json"'
    return answer
