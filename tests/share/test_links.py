"""Links to views: who makes them, to whom they open, and that nobody learns of those that do not."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from reader.annotate.models import Annotation, Layer
from reader.library.models import Document
from reader.people import classes, limits, memberships
from reader.people.class_models import Class, ClassRole, Membership, Written
from reader.people.models import User
from reader.people.quiet import HideSecrets
from reader.share import links as actions
from reader.share.models import Link, Snapshot, View
from tests import make
from tests.people.classes import begun, enrolled
from tests.people.visits import content, signed_in
from tests.share.links import Shared, come, shared

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"/view/([\w-]{32})/")


def form(**more: str) -> dict[str, str]:
    """What is sent to make a link."""
    return {"form": "frozen", "audience": "anyone", "until": "", **more}


def page_of(one: Shared) -> str:
    """Where the links to the view are."""
    return f"/views/{one.view.pk}/links/"


def test_a_link_is_made_shown_once_listed_and_revoked() -> None:
    one = shared()
    client = one.one.browser("instructor")
    page = content(client.get(page_of(one)))
    for words in (
        "On Tides",
        "On Mills",
        "Notes in “On Tides”",
        "1 note or mark by 1 person",
        "What you teach",
    ):
        assert words in page, words
    # What one gives of others is counted without what one wrote there, and asked.
    layer = Layer.objects.of_class(one.one.group)
    one.note(one.ines, layer, "mill stands", "My own.")
    ask = one.note(one.ines, layer, "twice a day", "Which mill?")
    Annotation.objects.filter(pk=ask.pk).update(kind="prompt")
    page = content(client.get(page_of(one)))
    assert "3 notes and marks by 2 people" in page
    assert "Notes in “On Tides”: 1 note or mark by 1 person. Ask them first." in page
    one.notes["class"].delete()
    assert "They have written nothing on these texts yet." in content(client.get(page_of(one)))
    day = f"{timezone.now() + timedelta(days=3):%Y-%m-%d}"
    response = client.post(page_of(one), form(names="on", others="on", until=day, form="live"))
    assert response.status_code == 201
    assert response["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    found = TOKEN.search(content(response))
    assert found
    token = found[1]
    link = Link.objects.get()
    assert (link.form, link.audience, link.names, link.others) == ("live", "anyone", True, True)
    assert f"{link.last_day}" == day
    assert token not in str(Link.objects.values().get())
    again = content(client.get(page_of(one)))
    assert token not in again
    assert "Live</a>, for anyone who has the link, with names, with what others wrote" in again
    come(token)
    assert "opened 1 time" in content(client.get(page_of(one)))
    assert client.post(f"{page_of(one)}{link.pk}/revoke/").status_code == 302
    assert come(token)[1].status_code == 404
    assert "revoked on" in content(client.get(page_of(one)))


def test_what_makes_no_sense_is_refused_and_nothing_is_made() -> None:
    one = shared()
    client = one.one.browser("instructor")
    for wrong in (
        {"form": "melted"},
        {"audience": "world"},
        {"until": "2020-01-01"},
        {"until": "9999-12-31"},
        {"until": "soon"},
    ):
        response = client.post(page_of(one), form(**wrong, names="on"))
        assert response.status_code == 422, wrong
        assert 'name="names" id="id_names" checked' in content(response).replace('aria-invalid="true" ', "")
    assert not Link.objects.exists()


def test_only_who_leads_makes_and_revokes_and_a_stranger_hears_of_nothing() -> None:
    one = shared(shown_at=timezone.now())
    link, _ = one.give()
    others = begun(by=make.user("otto"), name="Other")
    people = {**one.one.people, "elsewhere": User.objects.get(username="otto")}
    expected = {
        "anonymous": 302,
        "stranger": 404,
        "student": 403,
        "assistant": 403,
        "removed": 404,
        "staff": 404,
    }
    for who, status in {**expected, "elsewhere": 404, "instructor": 200}.items():
        client = Client() if who == "anonymous" else signed_in(people[who])
        assert client.get(page_of(one)).status_code == status, who
        if who != "instructor":
            assert client.post(page_of(one), form()).status_code == status, who
            assert client.post(f"{page_of(one)}{link.pk}/revoke/").status_code == status, who
    assert Link.objects.live().count() == 1
    theirs = View.objects.create(group=others, owner=people["elsewhere"], title="Theirs", left=one.left)
    path = f"/views/{theirs.pk}/links/{link.pk}/revoke/"
    assert signed_in(people["elsewhere"]).post(path).status_code == 404
    assert Link.objects.live().count() == 1


def test_in_an_archived_class_links_stay_are_revoked_and_none_is_made() -> None:
    one = shared()
    link, token = one.give()
    classes.archive(group=one.one.group)
    client = one.one.browser("instructor")
    assert client.post(page_of(one), form()).status_code == 403
    assert "The class is archived" in content(client.get(page_of(one)))
    assert come(token)[1].status_code == 200
    client.post(f"{page_of(one)}{link.pk}/revoke/")
    assert come(token)[1].status_code == 404


def test_a_text_that_is_not_public_is_given_by_its_owner_and_the_staff_alone() -> None:
    one = shared()
    Document.objects.filter(pk=one.right.pk).update(is_public=False)
    _, token = one.give()
    page = content(come(token)[1])
    assert "No mill was seen." in page
    Document.objects.filter(pk=one.right.pk).update(owner=one.one.people["staff"])
    client = one.one.browser("instructor")
    assert "is not public: only whoever owns a text" in content(client.get(page_of(one)))
    assert client.post(page_of(one), form()).status_code == 403
    assert come(token)[1].status_code == 404
    own = View.objects.create(owner=make.alice(), title="Staff's", left=one.left, right=one.right)
    _, token = actions.give(view=own, by=make.alice(), form="live", audience="anyone")
    assert "No mill was seen." in content(come(token)[1])


def same(response: Any) -> tuple[Any, ...]:
    """All that somebody can learn from an answer."""
    told = {name: value for name, value in response.headers.items() if name != "Date"}
    return response.status_code, told, response.content, sorted(response.cookies)


def test_whatever_does_not_open_says_the_very_same() -> None:
    one = shared()
    answers = []

    def asked(token: str, client: Client | None = None) -> None:
        client = client or Client()
        first = client.get(f"/view/{token}/")
        assert (first.status_code, first["Location"]) == (302, "/shared/gone/")
        assert not first.cookies
        answers.append(same(client.get("/shared/gone/")))

    link, token = one.give()
    answers.append(same(Client().get(f"/shared/{link.key}/")))
    for key in (
        str(link.key)[:-1],
        str(link.key).upper(),
        f"{link.key}".replace("-", ""),
        "x",
        "%00",
        "0" * 32,
    ):
        answers.append(same(Client().get(f"/shared/{key}/")))
    wrong = Client()
    wrong.cookies["shared"] = "x"
    answers.append(same(wrong.get(f"/shared/{link.key}/")))
    for part in ("left/1/", "left/7/", "up/1/"):
        answers.append(same(Client().get(f"/shared/{link.key}/part/{part}")))
    asked("A" * 32)
    asked(token[:-1])
    asked(f"{token}x")
    asked(token * 40)
    asked("é\N{SNOWMAN}")
    asked(one.give(expires_at=timezone.now() - timedelta(seconds=1))[1])
    by_class, class_token = one.give(audience="class")
    asked(class_token)
    answers.append(same(Client().get(f"/shared/{by_class.key}/")))
    actions.revoke(link=link)
    asked(token)
    _, deleted = one.give()
    View.objects.filter(pk=one.view.pk).update(deleted_at=timezone.now())
    asked(deleted)
    assert len(answers) > 15
    assert all(answer == answers[0] for answer in answers)
    page = answers[0][2].decode()
    assert "Week 1" not in page
    assert answers[0][0] == 404
    for who in ("stranger", "removed", "staff"):
        client = one.one.browser(who)
        client.get(f"/view/{class_token}/")
        assert same(client.get("/shared/gone/"))[2] == answers[0][2]
        assert same(client.get(f"/shared/{by_class.key}/"))[2] == answers[0][2]


def test_a_class_link_opens_to_the_class_whoever_holds_it_and_to_nobody_else() -> None:
    one = shared()
    link, token = one.give(audience="class")
    assert come(token)[1].status_code == 404
    for who, status in {
        "student": 200,
        "assistant": 200,
        "instructor": 200,
        "removed": 404,
        "staff": 404,
    }.items():
        client = one.one.browser(who)
        # Without the token, too: who is in the class needs no more than the address.
        assert client.get(f"/shared/{link.key}/").status_code == status, who
        assert come(token, client)[1].status_code == status, who
    student = one.one.browser("student")
    assert "secret thought" in content(student.get(f"/shared/{link.key}/"))
    memberships.remove(membership=one.one.membership("student"), by=one.ines, choice=Written.NAMED)
    assert student.get(f"/shared/{link.key}/").status_code == 404


def lost(one: Shared, how: str) -> None:
    """zoe, who made a link, is not trusted with it any more."""
    zoe = Membership.objects.get(person__username="zoe")
    if how == "removed":
        memberships.remove(membership=zoe, by=one.ines, choice=Written.NAMED)
    elif how == "left":
        memberships.leave(membership=zoe, choice=Written.NAMED)
    elif how == "demoted":
        memberships.change_role(membership=zoe, role=ClassRole.ASSISTANT)
    elif how == "shut out":
        User.objects.filter(username="zoe").update(is_active=False)
    elif how == "deleted":
        signed_in(zoe.person).post("/account/delete/", {"password": "sesame"})
    elif how == "no class":
        Class.objects.filter(pk=one.one.group.pk).delete()


def test_a_link_is_dead_once_whoever_made_it_may_not_give_the_view() -> None:
    one = shared()
    for how in ("removed", "left", "demoted", "shut out", "deleted", "no class"):
        User.objects.filter(username="zoe").delete()
        zoe = make.user("zoe")
        enrolled(one.one.group, zoe, ClassRole.INSTRUCTOR)
        opened = []
        for given in ("frozen", "live"):
            link, token = one.give(by=zoe, form=given)
            client, response = come(token)
            assert response.status_code == 200
            opened.append((client, f"/shared/{link.key}/"))
        lost(one, how)
        assert [client.get(path).status_code for client, path in opened] == [404, 404], how
    assert not Snapshot.objects.exists()


def test_a_view_in_no_class_is_given_by_its_owner_to_anyone() -> None:
    one = shared(group=None)
    client = one.one.browser("instructor")
    page = content(client.get(page_of(one)))
    assert "The class" not in page
    assert "as the clock in UTC is" in page
    assert client.post(page_of(one), form(audience="class")).status_code == 422
    found = TOKEN.search(content(client.post(page_of(one), form(others="on"))))
    assert found
    # A class that she leads, whose notes she ticked.
    assert "secret thought" in content(come(found[1])[1])


def test_only_layers_that_the_maker_may_give_are_given() -> None:
    one = shared()
    zoe = make.user("zoe")
    enrolled(one.one.group, zoe, ClassRole.INSTRUCTOR)
    colleagues = Layer.objects.teaching_of(zoe)
    colleagues.showings.create(group=one.one.group)
    elsewhere = Layer.objects.of_class(begun(by=one.ines, name="Another"))
    one.view.layers.add(colleagues, elsewhere, one.notes["private"].layer)
    one.note(zoe, colleagues, "a day", "Zoe teaches.")
    one.note(one.ines, elsewhere, "meanwhile", "Of another class.")
    for given in ("frozen", "live"):
        for facts, theirs in (({}, 0), ({"others": True}, 1), ({"audience": "class"}, 1)):
            _, token = one.give(form=given, **facts)
            page = content(come(token, signed_in(one.sam))[1])
            assert "Look at the quay." in page
            for words in ("Zoe teaches.", "secret thought", "asks Sam"):
                assert (words in page) == bool(theirs), (given, facts, words)
            for words in ("Of another class.", "my eyes alone"):
                assert words not in page, (given, facts, words)


def test_a_live_link_gives_no_more_of_others_than_was_ticked_when_it_was_made() -> None:
    one = shared()
    one.view.layers.set([one.notes["teaching"].layer])
    link, token = one.give(form="live")
    client, _ = come(token)
    one.view.layers.add(one.notes["class"].layer, one.notes["private"].layer)
    page = content(client.get(f"/shared/{link.key}/"))
    assert "Look at the quay." in page
    assert "secret thought" not in page
    assert "my eyes alone" not in page


def test_names_are_told_where_it_is_chosen_and_the_byline_tells_them() -> None:
    one = shared()
    one.note(
        one.sam,
        one.notes["class"].layer,
        "still meanwhile",
        "Nameless.",
    )
    one.notes["class"].__class__.objects.filter(body="Nameless.").update(byline="peers")
    for given in ("frozen", "live"):
        page = content(come(one.give(form=given, names=True, others=True)[1])[1])
        assert "Ines Ivy" in page
        assert page.count("sam</bdi>") == 2
        page = content(come(one.give(form=given, others=True)[1])[1])
        for words in ("Ines", "sam<", "charlie", "author"):
            assert words not in page, words


def test_the_token_is_in_no_answer_log_or_referer_and_the_cookie_is_shut_in(
    caplog: pytest.LogCaptureFixture, settings: Settings
) -> None:
    caplog.set_level(logging.DEBUG)
    settings.SESSION_COOKIE_SECURE = True
    one = shared()
    link, token = one.give()
    for path in (
        f"/view/{token}/",
        f"/view/{token}",
        f"/view/{token}x",
        f"/view/{token}/?a=b",
        f"/view/{token}/x/y",
    ):
        client = Client(enforce_csrf_checks=True)
        for send in (client.get, client.head, client.post, client.put, client.delete):
            response = send(path)
            assert response.status_code == 302
            assert token not in f"{response.headers}{content(response)}"
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["Cache-Control"] == "no-store, private"
    assert token not in caplog.text
    response = Client().get(f"/view/{token}/")
    cookie = response.cookies["shared"]
    assert cookie.value not in (token, link.digest)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (f"/shared/{link.key}/", True, "Lax")
    assert cookie["secure"]
    assert len(token) == 32
    page = come(token)[1]
    assert page["Referrer-Policy"] == "no-referrer"
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    record = logging.LogRecord("gunicorn.access", logging.INFO, "", 0, '"%(m)s %(U)s" %(s)s', None, None)
    record.args = {"m": "GET", "U": f"/view/{token}/?a=b", "s": 302}
    assert HideSecrets().filter(record)
    assert record.getMessage() == '"GET /view/…/?a=b" 302'


def test_looking_ahead_and_asking_for_heads_opens_nothing_up_and_is_not_counted() -> None:
    one = shared()
    link, token = one.give()
    path = f"/view/{token}/"
    Client().head(path)
    Client().get(path, headers={"Sec-Purpose": "prefetch;prerender"})
    Client().post(path)
    link.refresh_from_db()
    assert link.opened == 0
    for _ in range(2):
        Client().get(path)
    link.refresh_from_db()
    assert link.opened == 2


def test_guesses_are_counted_and_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    one = shared()
    _, token = one.give()
    statuses = [come(f"{'A' * 31}{number}")[1].status_code for number in range(5)]
    assert statuses == [404, 404, 429, 429, 429]
    # Nobody guesses what has so many bits: who has a link is not held up by who has none.
    assert come(token)[1].status_code == 200


def test_names_and_titles_that_are_markup_are_words() -> None:
    bad = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    one = shared(title=bad[:120])
    User.objects.filter(pk=one.sam.pk).update(first_name=bad[:50])
    Document.objects.filter(pk=one.left.pk).update(title=bad, publication=bad)
    for given in ("frozen", "live"):
        page = content(come(one.give(form=given, names=True, others=True)[1])[1])
        assert "<script" not in page
        assert "<img" not in page
        assert "&lt;script&gt;" in page
    page = content(one.one.browser("instructor").get(page_of(one)))
    assert "<script>alert" not in page


def test_the_page_of_links_asks_no_more_for_many_links_than_for_few(
    django_assert_max_num_queries: Any,
) -> None:
    one = shared()
    client = one.one.browser("instructor")
    one.give()
    client.get(page_of(one))
    for number in range(12):
        link, _ = one.give(form="live")
        if number % 2:
            actions.revoke(link=link)
    with django_assert_max_num_queries(16):
        client.get(page_of(one))
