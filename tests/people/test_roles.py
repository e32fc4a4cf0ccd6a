"""What a role lets a person do: students read, analysts and instructors bring texts too."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reader.library.models import Document, Import
from reader.people.models import Role, User
from tests import make
from tests.people.visits import signed_in

pytestmark = pytest.mark.django_db

UPLOADING = [Role.ANALYST, Role.INSTRUCTOR]


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


@pytest.mark.parametrize("public", [True, False])
def test_a_revision_leaves_a_text_as_open_as_it_is(public: bool) -> None:
    dora = make.user("dora", role=Role.ANALYST)
    address = "https://salt.example/tides"
    make.document(make.parsed("On Tides", source_url=address), by=dora, public=public)
    text = f"---\ntitle: On Tides\nurl: {address}\n---\n\nThe tide waits for nobody."
    review = signed_in(dora).post("/add/", {"text": text}, follow=True).content.decode()
    assert "It will be a new revision of" in review
    (box,) = [line for line in review.splitlines() if 'name="is_public"' in line]
    assert ("checked" in box) is public


def test_a_text_says_whose_it_is() -> None:
    dora = make.user("dora", role=Role.ANALYST)
    User.objects.filter(pk=dora.pk).update(first_name="<b>Dora</b>")
    text = make.document(by=dora)
    assert (
        "<bdi>&lt;b&gt;Dora&lt;/b&gt;</bdi> (you)"
        in signed_in(dora).get(f"/texts/{text.slug}/").content.decode()
    )
    assert "(you)" not in Client().get(f"/texts/{text.slug}/").content.decode()


def test_the_box_that_makes_a_text_public_is_empty_at_first() -> None:
    client = signed_in(make.user("dora", role=Role.ANALYST))
    response = client.post("/add/", {"text": "# On Tides\n\nThe tide waits."}, follow=True)
    (box,) = [line for line in response.content.decode().splitlines() if 'name="is_public"' in line]
    assert "checked" not in box
