"""A code on several paragraphs at once, by a form that needs no script."""

import pytest
from django.test import Client
from django.urls import reverse

from reader.annotate.codes import codes_named
from reader.annotate.models import Annotation, Code
from reader.library.models import Document
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def salt() -> Document:
    """A text of sixty paragraphs."""
    return make.document(make.parsed("On Salt", *[make.paragraph(make.sentence(n)) for n in range(60)]))


def places(document: Document) -> list[str]:
    """The paragraphs as the form sends them."""
    assert document.current is not None
    rows = document.current.paragraphs.filter(kind="paragraph").values_list("start", "end")
    return [f"{start}-{end}" for start, end in rows]


def test_chosen_paragraphs_get_the_codes_as_one_change(client: Client, salt: Document) -> None:
    client.force_login(make.bob())
    [tide] = codes_named(make.bob(), ["Tide"])
    address = reverse("annotate:code_paragraphs", args=[salt.slug])
    page = client.get(address, {"code": tide.pk}).content.decode()
    assert f'value="{tide.pk}" checked' in page
    assert page.count('name="paragraph"') == 50 and "?from=50" in page
    sent = {
        "paragraph": places(salt)[:3],
        "code": [str(tide.pk)],
        "new_code": "Sea / Neap",
        "revision": "1",
        "layer": "public",
    }
    page = client.post(address, sent, follow=True).content.decode()
    assert "on 3 passages." in page and "Undo" in page
    assert Annotation.objects.filter(kind="tag", layer__kind="public").count() == 3
    assert {code.name for code in Annotation.objects.all()[0].codes.all()} == {"Tide", "Neap"}
    assert "have these codes already" in client.post(address, sent, follow=True).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"paragraph": []},
        {"new_code": []},
        {"new_code": ["a / / b"]},
        {"paragraph": ["5-3"]},
        {"paragraph": ["0-99999999"]},
        {"paragraph": ["x"]},
        {"paragraph": ["²-³"]},
        {"paragraph": ["99999999999999999999-1"]},
        {"paragraph": ["2147483600-2147483647"]},
        {"revision": "7"},
        {"revision": "x"},
    ],
)
def test_what_cannot_be_meant_is_told_and_what_was_chosen_stays(
    client: Client, salt: Document, wrong: dict[str, object]
) -> None:
    client.force_login(make.bob())
    address = reverse("annotate:code_paragraphs", args=[salt.slug])
    sent = {"paragraph": places(salt)[:2], "new_code": ["Tide"], "revision": "1", **wrong}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    if "paragraph" not in wrong:
        assert answer.content.decode().count("checked> <span>") == 2
    assert not Annotation.objects.exists()


def test_only_who_may_read_the_text_codes_it(client: Client, salt: Document) -> None:
    address = reverse("annotate:code_paragraphs", args=[salt.slug])
    assert client.get(address)["Location"].startswith(reverse("people:sign_in"))
    Document.objects.update(is_public=False)
    client.force_login(make.bob())
    assert client.get(address).status_code == 404
    sent = {"paragraph": places(salt)[:2], "new_code": ["Tide"], "revision": "1"}
    assert client.post(address, sent).status_code == 404
    assert not Code.objects.exists()
