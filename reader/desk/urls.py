"""Addresses of the desk."""

from django.urls import path

from reader.desk import views

app_name = "desk"
urlpatterns = [
    path("read/<slug:slug>/", views.read, name="read"),
    path("read/<slug:slug>/chunk/<int:position>/", views.chunk, name="chunk"),
    path("read/<slug:slug>/contents/", views.contents, name="contents"),
    path("read/<slug:slug>/facing/", views.choose, name="choose"),
    path("read/<slug:slug>/find/", views.find, name="find"),
    path("facing/<slug:left>/<slug:right>/", views.facing, name="facing"),
    path("facing/<slug:left>/<slug:right>/find/", views.find, name="find"),
    path("reading/", views.reading, name="reading"),
    path("help/", views.help_page, name="help"),
]
