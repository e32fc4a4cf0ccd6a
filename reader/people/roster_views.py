"""The pages of who is expected in a class."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from reader.people import class_access as access
from reader.people import roster as pure
from reader.people import rostering as actions
from reader.people.class_models import Class, Membership, RosterLine
from reader.people.class_views import page_of
from reader.people.mailing import mail_invitations, to_mail
from reader.people.memberships import Stuck


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is in the class and who is expected, to print; paste more, and look before they are kept."""
    group = access.known(request, pk)
    if request.method != "POST":
        return _roster(request, group)
    access.still_open(access.led(request, pk))
    text = request.POST.get("lines", "")
    pasted = pure.read(text)
    if pasted.faults:
        return _roster(request, group, pasted, text, 422)
    if "keep" not in request.POST:
        context = {"looks": actions.outlook(group, pasted.lines), "again": pasted.again, "lines": text}
        return render(request, "people/class_roster_look.html", page_of(request, group) | context)
    looks = actions.keep(group=group, lines=pasted.lines)
    joined = sum(look.joins for look in looks)
    messages.success(request, f"{joined} joined, {sum(look.person is None for look in looks)} wait.")
    return redirect("people:class_roster", group.pk)


@require_POST
@login_required
def mail_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Mail an invitation to each who is expected and has an address, in the background."""
    group = access.still_open(access.led(request, pk))
    if not settings.READER_MAIL:
        raise Http404
    count, site = to_mail(group).count(), request.build_absolute_uri("/")[:-1]
    mail_invitations.enqueue(group.pk, access.person(request).pk, site)
    messages.success(request, f"{count} invitation{'' if count == 1 else 's'} will be mailed.")
    return redirect("people:class_roster", group.pk)


@require_POST
@login_required
def match_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Say which member somebody on the roster is."""
    group = access.still_open(access.led(request, pk))
    one = get_object_or_404(group.roster.select_related("group"), pk=line)
    try:
        actions.match(line=one, username=request.POST.get("username", ""))
    except Stuck as reason:
        return _roster(request, group, problem=str(reason), at=line, status=422)
    return redirect("people:class_roster", group.pk)


@require_POST
@login_required
def remove_line(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Expect somebody no longer."""
    group = access.still_open(access.led(request, pk))
    get_object_or_404(group.roster, pk=line).delete()
    return redirect("people:class_roster", group.pk)


def _roster(
    request: HttpRequest,
    group: Class,
    pasted: pure.Roster | None = None,
    text: str = "",
    status: int = 200,
    *,
    problem: str = "",
    at: int = 0,
) -> HttpResponse:
    members = list(Membership.objects.active().filter(group=group).by_rank().select_related("person"))
    lines = RosterLine.objects.filter(group=group).annotate(mailed_at=Max("invitations__made_at"))
    lines = lines.order_by("name", "address", "pk")
    names = {line.person_id: line for line in lines if line.person_id}
    context = page_of(request, group) | {
        "rows": [(one, names.get(one.person_id)) for one in members],
        "waiting": [line for line in lines if line.person_id not in {one.person_id for one in members}],
        "to_mail": to_mail(group).count(),
        "pasted": pasted,
        "lines": text,
        "most": pure.LINES_AT_MOST,
        "problem": problem,
        "at": at,
    }
    return render(request, "people/class_roster.html", context, status=status)
