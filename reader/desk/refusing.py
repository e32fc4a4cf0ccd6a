"""Say what is wrong with what somebody sent, and what to do: as a part for scripts, as a page for others."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from reader.annotate.actions import NotDone
from reader.annotate.choosing import NotWritable
from reader.annotate.naming import BadName
from reader.annotate.placing import NotPlaced
from reader.annotate.rendering import BodyRefused
from reader.annotate.turning import NotUndone
from reader.desk.back import own_address
from reader.desk.typed import NotTyped
from reader.http import wants_part
from reader.library.lay import escape

# What can be wrong with a form; each message says what to do.
PROBLEMS = (BadName, BodyRefused, NotDone, NotPlaced, NotTyped, NotUndone, NotWritable)


def refused(request: HttpRequest, problem: str, status: int = 422) -> HttpResponse:
    """What is wrong and what to do, where there is no form to show again."""
    if wants_part(request):
        return problem_part(escape(problem), status)
    context = {"problem": problem, "back": own_address(request.POST.get("back", ""))}
    return render(request, "desk/refused.html", context, status=status)


def problem_part(html: str, status: int = 422) -> HttpResponse:
    """What is wrong, as a part; what is given is HTML."""
    response = HttpResponse(f'<p class="problem" role="alert">{html}</p>\n', status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def sign_in_first(request: HttpRequest, following: str) -> HttpResponse:
    """The way to sign in, and from there to this address: 401 for a script, which keeps what was typed."""
    address = reverse("people:sign_in")
    if following:
        address += f"?{urlencode({'next': following})}"
    if wants_part(request):
        way = f'<a href="{escape(address)}">Sign in</a>'
        return problem_part(f"{way} to do this: what you chose and typed is kept meanwhile.", 401)
    return HttpResponseRedirect(address)
