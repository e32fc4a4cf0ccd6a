"""Every address of the site."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


# The back office has no door of its own: there attempts would not be counted, nor second factors asked for.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("admin/", admin.site.urls),
    # The most visited first: addresses are tried one after the other.
    path("", include("reader.desk.urls")),
    path("", include("reader.compare.urls")),
    path("", include("reader.library.urls")),
    path("", include("reader.annotate.urls")),
    path("", include("reader.share.urls")),
    path("", include("reader.people.urls")),
    path("", include("reader.people.allauth_urls")),
]
