"""What a reader may choose from while marking, for the script of the desk."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reader.annotate import choosing as layers
from reader.annotate.models import Code, Meaning
from reader.annotate.naming import codes_of
from reader.library.models import Document

CODES_AT_MOST = 2_000
TEXTS_AT_MOST = 2


@require_safe
@cache_control(private=True, no_cache=True)
def choices(request: HttpRequest) -> JsonResponse:
    """The meanings of highlights, and the codes by their paths, each with its key and look; three queries.

    With an account, in one or two more: the layers that can be written in, and those that were chosen last on
    the texts that the address names.
    """
    return JsonResponse(
        {
            "meanings": [_choice(one, one.name) for one in Meaning.objects.for_choice(request.user)],
            "codes": [_choice(node.code, node.words) for node in codes_of(request.user)[:CODES_AT_MOST]],
            "layers": [{"key": one.key, "name": one.name} for one in layers.choices(request.user)],
            "chosen": _chosen(request),
        }
    )


def _chosen(request: HttpRequest) -> dict[str, str]:
    slugs = [slug.replace("\x00", "") for slug in request.GET.getlist("text")[:TEXTS_AT_MOST]]
    if not slugs or not request.user.is_authenticated:
        return {}
    texts = dict(Document.objects.visible_to(request.user).filter(slug__in=slugs).values_list("pk", "slug"))
    return {texts[pk]: key for pk, key in layers.chosen_on(request.user, list(texts)).items()}


def _choice(row: Code | Meaning, name: str) -> dict[str, Any]:
    return {"pk": row.pk, "name": name, "look": row.look}
