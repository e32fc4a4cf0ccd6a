"""What a role lets a person do: students read, analysts and instructors bring texts too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.library.models import Document, Import
from reader.people.models import Role, User
from tests import make

pytestmark = pytest.mark.django_db

UPLOADING = [Role.ANALYST, Role.INSTRUCTOR]


def signed_in(user: User) -> Client:
    """The browser of this person."""
    client = Client()
    client.force_login(user)
    return client


def keep_a_text(client: Client, title: str = "On Tides", **facts: str) -> None:
    """Upload a small text and keep it with these facts."""
    client.post("/add/", {"file": SimpleUploadedFile("tides.md", f"# {title}\n\nThe tide waits.".encode())})
    client.post(f"/imports/{Import.objects.latest('pk').pk}/keep/", {"title": title, **facts})


def test_whoever_is_new_is_a_student() -> None:
    assert User.objects.create_user("nora").role == Role.STUDENT


@pytest.mark.parametrize("role", UPLOADING)
def test_analysts_and_instructors_add_texts(role: Role) -> None:
    dora = make.user("dora", role=role)
    client = signed_in(dora)
    assert 'href="/add/"' in client.get("/").content.decode()
    keep_a_text(client)
    assert Document.objects.get().owner == dora


def test_students_do_not() -> None:
    client = signed_in(make.bob())
    assert 'href="/add/"' not in client.get("/").content.decode()
    response = client.get("/add/")
    assert response.status_code == 403
    assert "analyst" in response.content.decode()


@pytest.mark.parametrize("role", UPLOADING)
def test_an_added_text_is_its_owners_alone_until_the_owner_makes_it_public(role: Role) -> None:
    owner, colleague = signed_in(make.user("dora", role=role)), signed_in(make.user("emil", role=role))
    keep_a_text(owner)
    assert owner.get("/texts/tides/").status_code == 200
    for other in (colleague, signed_in(make.bob()), Client()):
        assert other.get("/texts/tides/").status_code == 404
    assert owner.post("/texts/tides/publish/", {"public": "1"}).status_code == 302
    assert colleague.get("/texts/tides/").status_code == 200
    assert colleague.post("/texts/tides/publish/", {"public": "0"}).status_code == 403


def test_the_box_that_makes_a_text_public_is_empty_at_first() -> None:
    client = signed_in(make.user("dora", role=Role.ANALYST))
    response = client.post("/add/", {"text": "# On Tides\n\nThe tide waits."}, follow=True)
    (box,) = [line for line in response.content.decode().splitlines() if 'name="is_public"' in line]
    assert "checked" not in box
