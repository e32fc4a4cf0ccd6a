"""Making marks at the desk: a form comes, the parts of the page that changed go back, or the way to them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from reader.annotate import actions
from reader.annotate.codes import codes_named
from reader.annotate.models import Annotation
from reader.annotate.placing import revision_of
from reader.annotate.recoding import set_code_on
from reader.annotate.said import say
from reader.desk.back import back_of
from reader.desk.changed import done, made, parts, parts_of
from reader.desk.half import url
from reader.desk.kept import let_go, to_sign_in
from reader.desk.making import layer_of, meaning_of, passage_at
from reader.desk.mark_up import form
from reader.desk.notes_at import notes_at
from reader.desk.places import anchor
from reader.desk.refusing import PROBLEMS, refused, sign_in_first
from reader.desk.typed import NotTyped, Typed
from reader.http import wants_part
from reader.library import access
from reader.library.models import Document
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
        if len(request.POST.getlist("start")) > 1:
            return tag_several(request, slug, typed)
        passage = passage_at(request.user, slug, typed.revision, typed.place())
        if passage is None:
            raise Http404("There is no such text, or it is not yours to read.")
        if not isinstance(request.user, User):
            if wants_part(request):
                return sign_in_first(request, back.query())
            place = anchor(request.POST.get("at"))
            return to_sign_in(request, url("desk:mark_up", slug), typed, at=place, back=back.query())
        by = request.user
        codes = codes_named(by, typed.codes) if any(map(str.strip, typed.codes)) else []
        annotation, change = actions.annotate_passages(
            by=by,
            document=Document(pk=passage.document_id),
            passages=[passage],
            kind=typed.kind,
            layer=layer_of(typed.layer, by),
            meaning=meaning_of(typed.meaning, by),
            body=typed.body,
            codes=codes,
            token=typed.token,
        )
    except PROBLEMS as problem:
        if wants_part(request):
            return refused(request, str(problem))
        document = access.readable(request, slug)
        return form(request, document, typed, anchor(request.POST.get("at")), str(problem), 422)
    let_go(request)
    if change is not None and wants_part(request):
        return made(request, back, annotation, passage, codes, change)
    return done(request, annotation, change, "This was kept already.")


def tag_several(request: HttpRequest, slug: str, typed: Typed) -> HttpResponse:
    """Tag each of several passages with the same codes, as one change."""
    document = access.readable(request, slug)
    back = back_of(request, slug)
    if not isinstance(request.user, User):
        return sign_in_first(request, back.query())
    if typed.kind != Annotation.Kind.TAG:
        raise NotTyped("Several passages at once can only be tagged. Choose one of them.")
    by = request.user
    change = set_code_on(
        by=by,
        document=document,
        revision=revision_of(document, typed.revision),
        places=typed.places(request.POST),
        codes=codes_named(by, typed.codes),
        layer=layer_of(typed.layer, by),
    )
    said = change.said if change else "These are tagged so already."
    if not wants_part(request):
        if change is None:
            messages.info(request, said)
        say(request, change)
        return HttpResponseRedirect(back.query())
    if change is None:
        return parts(request, back, [], said=said, change=None)
    return parts_of(request, change, said, 201)
