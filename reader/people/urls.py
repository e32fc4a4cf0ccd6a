"""Addresses of coming in, going out, and of one's account."""

from allauth.account import views as allauth
from django.conf import settings
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from reader.people import class_urls, demo, views

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("sign-in/", views.truthful(allauth.login), name="sign_in"),
    path("sign-up/", views.truthful(allauth.signup), name="sign_up"),
    path("sign-out/", require_POST(allauth.logout), name="sign_out"),
    path("account/", views.account, name="account"),
    path("account/delete/", views.delete_account, name="delete_account"),
    *class_urls.urlpatterns,
]
if settings.DEBUG:
    urlpatterns.append(path("try/<str:role>/", demo.try_role, name="try_role"))
