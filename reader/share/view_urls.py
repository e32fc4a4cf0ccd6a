"""Addresses of views, of the reading plans that they stand in, and of prompts."""

from django.urls import URLPattern, path

from reader.share import panel, views
from reader.share import plan_views as plans
from reader.share import prompt_views as prompts
from reader.share import view_acting as acting

ONE = "views/<int:pk>/"
PROMPT = "prompts/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("views/", views.views, name="views"),
    path("views/new/", views.new_view, name="new_view"),
    path(ONE, views.view, name="view"),
    path(f"{ONE}open/", views.open_view, name="open_view"),
    path(f"{ONE}close/", views.close_view, name="close_view"),
    path(f"{ONE}panel/", panel.panel_states, name="panel_states"),
    path(f"{ONE}edit/", views.edit_view, name="edit_view"),
    path(f"{ONE}show/", acting.show_view, name="show_view"),
    path(f"{ONE}hide/", acting.hide_view, name="hide_view"),
    path(f"{ONE}delete/", acting.delete_view, name="delete_view"),
    path(f"{ONE}restore/", acting.restore_view, name="restore_view"),
    path(f"{ONE}move/", acting.move_view, name="move_view"),
    path(f"{ONE}finish/", acting.finish_view, name="finish_view"),
    path(f"{ONE}copy/", acting.copy_view, name="copy_view"),
    path(f"{ONE}prompts/new/", prompts.new_prompt, name="new_prompt"),
    path(PROMPT, prompts.prompt, name="prompt"),
    path(f"{PROMPT}edit/", prompts.edit_prompt, name="edit_prompt"),
    path(f"{PROMPT}move/", prompts.move_prompt, name="move_prompt"),
    path(f"{PROMPT}delete/", prompts.delete_prompt, name="delete_prompt"),
    path(f"{PROMPT}restore/", prompts.restore_prompt, name="restore_prompt"),
    path("classes/<int:pk>/views/", plans.plan, name="plan"),
]
