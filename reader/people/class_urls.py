"""Addresses of classes and teams, and of the ways into them."""

from django.urls import URLPattern, path, re_path

from reader.people import class_member_views as members
from reader.people import class_views as views
from reader.people import invitation_views as invitations
from reader.people import join_views as joining
from reader.people import roster_views as roster

ONE = "classes/<int:pk>/"
MEMBER = f"{ONE}members/<int:member>/"
LINE = f"{ONE}roster/<int:line>/"

urlpatterns: list[URLPattern] = [
    path("classes/", views.classes, name="classes"),
    path("classes/new/", views.new_class, name="new_class"),
    path(ONE, views.class_page, name="class"),
    path(f"{ONE}edit/", views.edit_class, name="edit_class"),
    path(f"{ONE}copy/", views.copy_class, name="copy_class"),
    path(f"{ONE}archive/", views.archive_class, name="archive_class"),
    path(f"{ONE}reopen/", views.reopen_class, name="reopen_class"),
    path(f"{ONE}leave/", members.leave_class, name="leave_class"),
    path(f"{ONE}members/", members.members, name="class_members"),
    path(f"{MEMBER}role/", members.change_role, name="change_role"),
    path(f"{MEMBER}remove/", members.remove_member, name="remove_member"),
    path(f"{MEMBER}restore/", members.restore_member, name="restore_member"),
    path(f"{ONE}invitations/", invitations.invitations, name="class_invitations"),
    path(
        f"{ONE}invitations/<int:invitation>/revoke/",
        invitations.revoke_invitation,
        name="revoke_invitation",
    ),
    path(f"{ONE}roster/", roster.roster, name="class_roster"),
    path(f"{ONE}roster/mail/", roster.mail_roster, name="mail_roster"),
    path(f"{LINE}match/", roster.match_line, name="match_line"),
    path(f"{LINE}remove/", roster.remove_line, name="remove_line"),
    path("join/", joining.join, name="join"),
    path("join/class/", joining.join_class, name="join_class"),
    path("join/<str:token>/", joining.join_by_link, name="join_by_link"),
    # Without its last slash, too: an address that is not found would be logged.
    re_path(r"^join/(?P<token>[^/]{20,})$", joining.join_by_link),
]
