"""The reader's addresses, and bare views that answer with a ready page through the same middleware."""

import os
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from reader.annotate.models import Meaning
from reader.urls import urlpatterns as pages


@cache
def ready(name: str) -> bytes:
    """The page that the bench stored under this name."""
    return (Path(os.environ["BENCH_FOLDER"]) / f"{name}.html").read_bytes()


def floor(request: HttpRequest, name: str) -> HttpResponse:
    """Answer with a ready page."""
    return HttpResponse(ready(name))


def insert(request: HttpRequest) -> HttpResponse:
    """Insert one row."""
    Meaning.objects.create(name=request.POST["name"])
    return HttpResponse("Done", status=201)


urlpatterns = [
    path("__floor__/insert", insert),
    path("__floor__/<slug:name>", floor),
    *pages,
]
