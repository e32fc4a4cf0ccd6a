"""Making claims at the desk: passages of two texts come, the parts of both leaves that changed go back."""

from contextlib import nullcontext

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reader.annotate.choosing import layer_named
from reader.annotate.codes import codes_chosen
from reader.annotate.models import Annotation, Change
from reader.compare.claims import claim as keep_claim
from reader.desk.back import back_of
from reader.desk.changed import done
from reader.desk.claim_form import form
from reader.desk.claim_typed import SILENT, TypedClaim
from reader.desk.half import OTHER
from reader.desk.kept import drafted, let_go, to_sign_in
from reader.desk.making import passage_at
from reader.desk.refusing import PROBLEMS, refused, sign_in_first
from reader.http import wants_part
from reader.library import access
from reader.library.models import Document
from reader.people.models import User

Texts = dict[str, Document]


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, left: str, right: str) -> HttpResponse:
    """Claim how passages of two texts stand to each other; without a script, choose them here."""
    if left == right:
        raise Http404("A claim joins two texts.")
    texts = {"left": access.readable(request, left), "right": access.readable(request, right)}
    if request.method != "POST":
        found = drafted(request)
        return form(request, texts, TypedClaim.kept(found) if found else TypedClaim.of(request.GET))
    typed = TypedClaim.of(request.POST)
    try:
        typed.check()
        if not isinstance(request.user, User):
            return _sign_in(request, texts, typed)
        annotation, change = _kept(request.user, texts, typed)
    except PROBLEMS as problem:
        if wants_part(request):
            return refused(request, str(problem))
        return form(request, texts, typed, str(problem), 422)
    let_go(request)
    return done(request, annotation, change, "This was kept already.", status=201 if change else 200)


def _kept(by: User, texts: Texts, typed: TypedClaim) -> tuple[Annotation, Change | None]:
    """The claim and the change; one of PROBLEMS where it is refused, its new codes too."""
    words = typed.words
    passages = []
    for side in typed.sides():
        for place in typed.places(side):
            passage = passage_at(by, texts[side].slug, typed.on(side).revision, place)
            if passage is None:
                raise Http404("There is no such text, or it is not yours to read.")
            passages.append(passage)
    named = bool(words.codes or words.new_codes)
    with transaction.atomic() if named else nullcontext():
        return keep_claim(
            by=by,
            passages=passages,
            relation=words.relation,
            about=texts[OTHER[typed.first]] if words.relation == SILENT else None,
            layer=layer_named(words.layer, by, texts["left"].pk),
            body=words.body,
            codes=codes_chosen(by, words.codes, words.new_codes) if named else (),
            token=words.token,
        )


def _sign_in(request: HttpRequest, texts: Texts, typed: TypedClaim) -> HttpResponse:
    """To signing in, and back with what was typed; a script keeps that itself."""
    back = back_of(request, texts["left"].slug).query()
    if wants_part(request):
        return sign_in_first(request, back)
    at = {side: request.POST.get(f"{side}_at", "") for side in texts}
    return to_sign_in(request, request.path, typed, **at, back=back)
