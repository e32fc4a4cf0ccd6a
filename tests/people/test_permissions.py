"""Who may open what: every address of the library, for everybody whom it may meet."""

from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import Client

from reader.library import urls
from reader.library.models import Document, Import
from reader.people.models import Role, User
from tests import make
from tests.people.visits import signed_in

pytestmark = pytest.mark.django_db

PEOPLE = ("stranger", "student", "owner", "colleague", "instructor", "staff")


class Rule(NamedTuple):
    """An address and what it answers to PEOPLE, in their order; posts where sent is given."""

    name: str
    path: str
    answers: tuple[int, ...]
    sent: dict[str, str] | None = None


ALL = (200,) * 6
HIDDEN = (404, 404, 200, 404, 404, 200)
OWN = (403, 403, 200, 403, 403, 200)
CHANGED = (403, 403, 302, 403, 403, 302)
HIDDEN_CHANGED = (404, 404, 302, 404, 404, 302)
ADDERS = (403, 403, 200, 200, 200, 200)
# An import is nobody else's business, not even the staff's.
IMPORT = (403, 403, 200, 404, 404, 404)
IMPORT_DONE = (403, 403, 302, 404, 404, 404)

RULES = [
    Rule("shelf", "/", ALL),
    Rule("document", "/texts/open/", ALL),
    Rule("document", "/texts/closed/", HIDDEN),
    Rule("works", "/texts/open/works/", ALL),
    Rule("works", "/texts/closed/works/", HIDDEN),
    Rule("revision", "/texts/open/revisions/1/", ALL),
    Rule("revision", "/texts/closed/revisions/1/", HIDDEN),
    Rule("delete_document", "/texts/open/delete/", OWN),
    Rule("delete_document", "/texts/closed/delete/", HIDDEN),
    Rule("publish", "/texts/open/publish/", CHANGED, {"public": "1"}),
    Rule("publish", "/texts/closed/publish/", HIDDEN_CHANGED, {"public": "0"}),
    Rule("delete_document", "/texts/open/delete/", CHANGED, {}),
    Rule("delete_document", "/texts/closed/delete/", HIDDEN_CHANGED, {}),
    Rule("add_import", "/add/", ADDERS),
    Rule("add_import", "/add/", (403, 403, 422, 422, 422, 422), {}),
    Rule("review_import", "/imports/{pk}/", IMPORT),
    Rule("keep_import", "/imports/{pk}/keep/", IMPORT_DONE, {"title": "Kept"}),
    Rule("discard_import", "/imports/{pk}/discard/", IMPORT_DONE, {}),
    Rule("restore_import", "/imports/{pk}/restore/", IMPORT_DONE, {}),
    Rule("read_import_again", "/imports/{pk}/again/", IMPORT_DONE, {}),
]


def visitor(name: str) -> Client:
    """The browser of one of PEOPLE; the owner and the colleague are analysts."""
    roles = {"owner": Role.ANALYST, "colleague": Role.ANALYST, "instructor": Role.INSTRUCTOR}
    if name == "stranger":
        return Client()
    return signed_in(make.user(name, staff=name == "staff", role=roles.get(name, Role.STUDENT)))


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.path} {'GET' if rule.sent is None else 'POST'}"
)
def test_everybody_may_what_they_may(rule: Rule) -> None:
    browsers = {name: visitor(name) for name in PEOPLE}
    owner = User.objects.get(username="owner")
    make.document(make.parsed("Open"), by=owner, public=True)
    make.document(make.parsed("Closed"), by=owner, public=False)
    browsers["owner"].post("/add/", {"text": "# Waiting\n\nThe tide waits."})
    before = state()
    path = rule.path.format(pk=Import.objects.get().pk)
    for who, expected in zip(PEOPLE, rule.answers, strict=True):
        client = browsers[who]
        # What one does is taken back before the next one comes.
        with transaction.atomic():
            response = client.get(path) if rule.sent is None else client.post(path, rule.sent)
            assert response.status_code == expected, who
            if expected >= 400:
                assert state() == before, who
            transaction.set_rollback(True)


def state() -> list[object]:
    """What a person without the right to must not have changed."""
    documents = Document.objects.order_by("slug").values_list("slug", "is_public", "owner")
    return [*documents, *Import.objects.values_list("state", flat=True)]


def test_every_address_of_the_library_has_its_rule() -> None:
    names = {pattern.name for pattern in urls.urlpatterns}
    assert names - {rule.name for rule in RULES} == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_reading_pages_follow_the_same_rule(who: str) -> None:
    browsers = {name: visitor(name) for name in {"owner", who}}
    owner = User.objects.get(username="owner")
    make.document(make.parsed("Open"), by=owner, public=True)
    make.document(make.parsed("Closed"), by=owner, public=False)
    closed = 200 if who in ("owner", "staff") else 404
    for path in ("/read/closed/", "/read/closed/contents/", "/facing/open/closed/", "/facing/closed/open/"):
        assert browsers[who].get(path).status_code == closed, path
    shelf = browsers[who].get("/").content.decode()
    assert ("/read/closed/" in shelf) is (closed == 200)
    assert "/read/open/" in shelf
