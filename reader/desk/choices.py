"""What a reader may choose from while marking, for the script of the desk."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reader.annotate.models import Code, Meaning
from reader.annotate.naming import codes_of

CODES_AT_MOST = 2_000


@require_safe
@cache_control(private=True, no_cache=True)
def choices(request: HttpRequest) -> JsonResponse:
    """The meanings of highlights, and the codes by their paths, each with its key and look; three queries."""
    return JsonResponse(
        {
            "meanings": [_choice(one, one.name) for one in Meaning.objects.for_choice(request.user)],
            "codes": [_choice(node.code, node.words) for node in codes_of(request.user)[:CODES_AT_MOST]],
        }
    )


def _choice(row: Code | Meaning, name: str) -> dict[str, Any]:
    return {"pk": row.pk, "name": name, "look": row.look}
