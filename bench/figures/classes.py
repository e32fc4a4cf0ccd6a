"""How often the page of a class asks the database, with 30 and with 300 students."""

from django.conf import settings
from django.test import Client

from bench.figures.facing_page import queries
from bench.library import Library
from bench.server import Server
from reader.library.models import Document
from reader.people import classes
from reader.people.class_models import Class, ClassRole, Kind, Membership
from reader.people.models import User
from reader.share.models import View

FEW, MANY = 30, 300


def measure(library: Library, server: Server) -> dict[str, float]:
    """The queries with MANY students, and those over the queries with FEW."""
    few, many = (asked(library, students) for students in (FEW, MANY))
    return {"class_page_queries": many, "class_page_queries_300_vs_30": many / few}


def asked(library: Library, students: int) -> int:
    """The queries of the page of progress of a class of so many, with a plan of two views."""
    teacher = User.objects.create_user(f"teacher-of-{students}")
    group = classes.make(kind=Kind.CLASS, name=f"Class of {students}", time_zone="UTC", by=teacher)
    fill(group, students)
    left, right = (Document.objects.get(slug=slug) for slug in (library.left, library.right))
    for place in range(2):
        View.objects.create(
            group=group,
            owner=teacher,
            title=f"Week {place}",
            left=left,
            right=right,
            position=place,
            shown_at=group.made_at,
        )
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.force_login(teacher)
    return queries(client, f"/classes/{group.pk}/progress/")


def fill(group: Class, students: int) -> None:
    """Put so many new people into a class."""
    names = [f"student-{group.pk}-{number}" for number in range(students)]
    User.objects.bulk_create(User(username=name) for name in names)
    Membership.objects.bulk_create(
        Membership(group=group, person=person, role=ClassRole.STUDENT)
        for person in User.objects.filter(username__in=names)
    )
