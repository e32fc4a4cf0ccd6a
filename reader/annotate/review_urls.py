"""Addresses of deciding about passages that a revision changed or lost."""

from django.urls import path

from reader.annotate import review_views as views

urlpatterns = [
    path("texts/<slug:slug>/carried/", views.carried, name="carried"),
    path("texts/<slug:slug>/carried/accept/", views.accept_carried, name="accept_carried"),
    path("texts/<slug:slug>/carried/<int:pk>/leave/", views.leave_carried, name="leave_carried"),
    path("texts/<slug:slug>/carried/<int:pk>/move/", views.move_carried, name="move_carried"),
    path("imports/<int:pk>/marks/", views.import_marks, name="import_marks"),
]
