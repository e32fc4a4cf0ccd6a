"""Two texts that a person may read, in the order of the address; a stranger gets 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from reader.compare.models import Parallel
from reader.compare.reading import Pair, pair_of
from reader.library import access


def readable(request: HttpRequest, left: str, right: str) -> Pair:
    """Both texts, with their pairing; 404 where one is not there for this person, or where they are one."""
    if left == right:
        raise Http404("A text is not compared with itself.")
    one, other = access.readable(request, left), access.readable(request, right)
    if one.current_id is None or other.current_id is None:
        raise Http404("There is no such text, or it is not yours to read.")
    return pair_of(one, other)


def while_there(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view of two texts that answers 404 where one of them, or a parallel, went while it worked."""

    @wraps(view)
    def guarded(request: HttpRequest, left: str, right: str, **more: Any) -> HttpResponseBase:
        try:
            return view(request, left, right, **more)
        except Parallel.DoesNotExist as gone:
            raise Http404(str(gone)) from None
        except (ObjectDoesNotExist, IntegrityError):
            readable(request, left, right)
            raise

    return guarded


def parallel(request: HttpRequest, pair: Pair, pk: int) -> Parallel:
    """A parallel of these two texts, also a rejected one; 404 for what is another student's own."""
    there = Parallel.objects.filter(pairing=pair.pairing).with_verdicts(request.user)
    return get_object_or_404(there.open_to_readers(), pk=pk)
