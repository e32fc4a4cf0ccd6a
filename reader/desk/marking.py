"""Making marks at the desk: a form comes, the parts of the page that changed go back, or the way to them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from reader.annotate import actions
from reader.annotate.codes import codes_named
from reader.annotate.models import Annotation, Change
from reader.annotate.placing import revision_of
from reader.desk.back import back_of
from reader.desk.changed import done
from reader.desk.mark_up import DRAFT, form, to_sign_in
from reader.desk.notes_at import notes_at
from reader.desk.places import anchor
from reader.desk.refusing import PROBLEMS, refused, sign_in_first
from reader.desk.typed import Typed, layer_of, meaning_of
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
    document = access.readable(request, slug)
    typed = Typed.of(request.POST)
    back = back_of(request, slug)
    try:
        typed.check()
        if not isinstance(request.user, User):
            if wants_part(request):
                return sign_in_first(request, back.query())
            return to_sign_in(request, slug, typed)
        annotation, change = made(request.user, document, typed)
    except PROBLEMS as problem:
        if wants_part(request):
            return refused(request, str(problem))
        return form(request, document, typed, anchor(request.POST.get("at")), str(problem), 422)
    request.session.pop(DRAFT, None)
    return done(request, annotation, change, "This was kept already.", status=201 if change else 200)


def made(by: User, document: Document, typed: Typed) -> tuple[Annotation, Change | None]:
    """The annotation that somebody asks for; one of PROBLEMS where it cannot be kept."""
    return actions.annotate(
        by=by,
        document=document,
        revision=revision_of(document, typed.revision),
        places=[typed.place()],
        kind=typed.kind,
        layer=layer_of(typed.layer, by),
        meaning=meaning_of(typed.meaning, by),
        body=typed.body,
        codes=codes_named(by, typed.codes) if typed.codes else (),
        token=typed.token,
    )
