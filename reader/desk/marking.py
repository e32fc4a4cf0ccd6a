"""Making marks at the desk: a form comes, the parts of the page that changed go back, or the way to them."""

from collections.abc import Sequence
from contextlib import nullcontext

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reader.annotate import actions
from reader.annotate.choosing import layer_named
from reader.annotate.codes import codes_chosen
from reader.annotate.models import Annotation, Change, Code
from reader.desk.back import back_of
from reader.desk.changed import done, made
from reader.desk.half import url
from reader.desk.kept import let_go, to_sign_in
from reader.desk.making import meaning_of, passage_at
from reader.desk.mark_up import form
from reader.desk.notes_at import notes_at
from reader.desk.places import anchor
from reader.desk.refusing import PROBLEMS, refused, sign_in_first
from reader.desk.typed import Typed
from reader.http import wants_part
from reader.library import access
from reader.library.passages import Passage
from reader.people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def annotations(request: HttpRequest, slug: str) -> HttpResponse:
    """Annotate a passage, or see what is written at a place."""
    return annotate(request, slug) if request.method == "POST" else notes_at(request, slug)


def annotate(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a highlight, a note, a question or a tag on a passage of this text."""
    typed = Typed.of(request.POST)
    back = back_of(request, slug)
    try:
        typed.check()
        passage = passage_at(request.user, slug, typed.revision, typed.place())
        if passage is None:
            raise Http404("There is no such text, or it is not yours to read.")
        if not isinstance(request.user, User):
            if wants_part(request):
                return sign_in_first(request, back.query())
            place = anchor(request.POST.get("at"))
            return to_sign_in(request, url("desk:mark_up", slug), typed, at=place, back=back.query())
        annotation, codes, change = _kept(request.user, passage, typed)
    except PROBLEMS as problem:
        if wants_part(request):
            return refused(request, str(problem))
        document = access.readable(request, slug)
        return form(request, document, typed, anchor(request.POST.get("at")), str(problem), 422)
    let_go(request)
    if change is not None and wants_part(request):
        return made(request, back, annotation, passage, codes, change)
    return done(request, annotation, change, "This was kept already.")


def _kept(by: User, passage: Passage, typed: Typed) -> tuple[Annotation, Sequence[Code], Change | None]:
    """The annotation, its codes, and the change; one of PROBLEMS where it is refused, codes and all."""
    codes: Sequence[Code] = ()
    named = bool(typed.codes or typed.new_codes)
    # A question is seldom for oneself: whose eyes it is for says nothing of the next mark.
    remember = typed.kind != Annotation.Kind.QUESTION
    layer = layer_named(typed.layer, by, passage.document_id or 0, remember=remember)
    meaning = meaning_of(typed.meaning, by)
    # No code is made for a tag that is not.
    with transaction.atomic() if named else nullcontext():
        if named:
            codes = codes_chosen(by, typed.codes, typed.new_codes)
        annotation, change = actions.annotate_passages(
            by=by,
            passages=[passage],
            kind=typed.kind,
            layer=layer,
            meaning=meaning,
            body=typed.body,
            codes=codes,
            token=typed.token,
        )
    return annotation, codes, change
