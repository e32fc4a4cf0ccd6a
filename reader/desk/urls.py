"""Addresses of the desk."""

from django.urls import path

from reader.desk import acting, choices, claiming, layers, mark_up, marking, opening, views, writing

app_name = "desk"
urlpatterns = [
    path("read/<slug:slug>/", views.read, name="read"),
    path("read/<slug:slug>/annotate/", mark_up.mark_up, name="mark_up"),
    path("read/<slug:slug>/annotations/", marking.annotations, name="annotate"),
    path("read/<slug:slug>/annotations/", marking.annotations, name="notes_at"),
    path("read/<slug:slug>/revisions/<int:number>/", views.revision, name="revision"),
    path("read/<slug:slug>/chunk/<int:position>/", views.chunk, name="chunk"),
    path("read/<slug:slug>/contents/", views.contents, name="contents"),
    path("read/<slug:slug>/facing/", views.choose, name="choose"),
    path("read/<slug:slug>/find/", views.find, name="find"),
    path("facing/<slug:left>/<slug:right>/", views.facing, name="facing"),
    path("facing/<slug:left>/<slug:right>/find/", views.find, name="find"),
    path("facing/<slug:left>/<slug:right>/claims/new/", claiming.claim, name="claim"),
    path("annotations/<int:pk>/", opening.annotation, name="annotation"),
    path("annotations/<int:pk>/edit/", writing.edit, name="edit"),
    path("annotations/<int:pk>/reply/", writing.reply, name="reply"),
    path("annotations/<int:pk>/history/", writing.history, name="history"),
    path("annotations/<int:pk>/delete/", acting.delete, name="delete"),
    path("annotations/<int:pk>/restore/", acting.restore, name="restore"),
    path("annotations/<int:pk>/answer/", acting.answer, name="answer"),
    path("annotations/<int:pk>/move/", acting.move, name="move"),
    path("annotations/<int:pk>/copy/", acting.copy, name="copy"),
    path("choices/", choices.choices, name="choices"),
    path("changes/undo/", acting.undo, name="undo"),
    path("changes/redo/", acting.redo, name="redo"),
    path("changes/<int:pk>/undo/", acting.undo_change, name="undo_change"),
    path("changes/<int:pk>/redo/", acting.redo_change, name="redo_change"),
    path("layers/", layers.layers, name="layers"),
    path("reading/", views.reading, name="reading"),
    path("help/", views.help_page, name="help"),
]
