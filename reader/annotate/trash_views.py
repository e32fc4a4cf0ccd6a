"""The pages of the trash."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from reader.annotate import access, actions, trash
from reader.annotate.listing import PAGE, with_everything
from reader.annotate.models import Annotation
from reader.annotate.said import say


@require_safe
@login_required
def trashed(request: HttpRequest) -> HttpResponse:
    """What one deleted, with the ways to bring it back, or to have it gone for good."""
    mine = trash.in_trash_of(access.person(request))
    trash.purge(mine)
    page = Paginator(with_everything(mine, request.user), PAGE).get_page(request.GET.get("page"))
    rows = [(annotation, trash.goes_at(annotation)) for annotation in page]
    context = {"page": page, "rows": rows, "days": Annotation.TRASH_DAYS, "here": request.get_full_path()}
    return render(request, "annotate/trash.html", context)


@require_POST
@login_required
def restore_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an annotation out of the trash."""
    annotation = get_object_or_404(Annotation.objects.writable_by(request.user), pk=pk)
    say(request, actions.restore(annotation=annotation, by=access.person(request)))
    return redirect("annotate:trash")


@require_POST
@login_required
def delete_note_for_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one annotation of the trash for good."""
    annotation = get_object_or_404(trash.in_trash_of(access.person(request)), pk=pk)
    trash.delete_for_good([annotation.pk])
    messages.success(request, f"{annotation.get_kind_display()} deleted for good.")
    return redirect("annotate:trash")


@require_POST
@login_required
def empty_trash(request: HttpRequest) -> HttpResponse:
    """Delete all that lies in one's trash for good; only where the form says that it is meant."""
    mine = trash.in_trash_of(access.person(request))
    if request.POST.get("sure") != "1":
        return render(request, "annotate/empty_trash.html", {"count": mine.count()})
    gone = 0
    while keys := list(mine.values_list("pk", flat=True)[: trash.BATCH]):
        trash.delete_for_good(keys)
        gone += len(keys)
    messages.success(request, f"{gone} annotation{'' if gone == 1 else 's'} deleted for good.")
    return redirect("annotate:trash")
