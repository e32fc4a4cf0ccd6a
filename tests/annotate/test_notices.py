"""Whoever is answered is told, once, and only while it is there."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from reader.annotate.actions import delete, move, reply
from reader.annotate.models import Layer
from reader.annotate.notices import unread
from reader.library.models import Document
from reader.people.models import User
from tests import make
from tests.annotate.test_lists import note

pytestmark = pytest.mark.django_db


def test_a_reply_is_told_to_the_author_and_to_whoever_took_part(client: Client) -> None:
    question = note(make.alice(), "Why?", kind="question")
    reply(to=question, by=make.bob(), body="Because.")
    answer, _ = reply(to=question, by=make.user("charlie"), body="Not at all.")
    assert (unread(make.alice()), unread(make.bob())) == (2, 1)
    client.force_login(make.bob())
    page = client.get(reverse("annotate:notices")).content.decode()
    assert "Not at all." in page and "wrote where you did" in page and "New" in page
    assert reverse("desk:annotation", args=[answer.pk]) in page
    assert unread(make.bob()) == 0
    assert "New" not in client.get(reverse("annotate:notices")).content.decode()


def test_the_number_stands_at_the_top_of_pages_until_it_was_looked_at(client: Client) -> None:
    reply(to=note(make.alice()), by=make.bob(), body="Because.")
    client.force_login(make.alice())
    assert "1 new reply" in client.get(reverse("annotate:notes")).content.decode()
    client.head(reverse("annotate:notices"))
    assert unread(make.alice()) == 1
    client.get(reverse("annotate:notices"))
    assert "new repl" not in client.get(reverse("annotate:notes")).content.decode()


def test_a_deleted_reply_is_told_no_more(client: Client) -> None:
    answer, _ = reply(to=note(make.alice()), by=make.bob(), body="Because.")
    delete(annotation=answer, by=make.bob())
    assert unread(make.alice()) == 0


def test_nothing_is_told_of_a_text_that_one_may_not_read_any_more(client: Client) -> None:
    note(make.alice())
    question = note(make.bob(), kind="question")
    reply(to=question, by=make.user("charlie"), body="A secret.")
    reply(to=question, by=make.bob(), body="Thanks.")
    charlie = User.objects.get(username="charlie")
    assert unread(charlie) == 1
    Document.objects.update(is_public=False)
    client.force_login(charlie)
    assert "Thanks." not in client.get(reverse("annotate:notices")).content.decode()
    assert unread(charlie) == 0


def test_what_was_made_private_since_is_neither_told_nor_counted() -> None:
    question = note(make.bob(), kind="question")
    reply(to=question, by=make.user("charlie"), body="A guess.")
    reply(to=question, by=make.bob(), body="Thanks.")
    move(annotation=question, by=make.bob(), layer=Layer.objects.private_to(make.bob()))
    assert unread(User.objects.get(username="charlie")) == 0
    assert unread(make.bob()) == 1


def test_the_count_is_one_query_and_none_without_an_account(django_assert_num_queries: Any) -> None:
    person = make.alice()
    with django_assert_num_queries(1):
        unread(person)
    with django_assert_num_queries(0):
        assert unread(AnonymousUser()) == 0


def test_the_list_takes_no_more_queries_for_more_replies(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    question = note(make.alice())
    for number in range(60):
        reply(to=question, by=make.bob(), body=f"Answer {number}.")
    client.force_login(make.alice())
    with django_assert_max_num_queries(14):
        page = client.get(reverse("annotate:notices")).content.decode()
    assert page.count("<article") == 50
    assert unread(make.alice()) == 10
    older = page.partition('rel="next" href="')[2].partition('"')[0]
    assert client.get(reverse("annotate:notices") + older).content.decode().count("<article") == 10


def test_without_an_account_there_is_nothing_to_tell(client: Client) -> None:
    assert client.get(reverse("annotate:notices"))["Location"].startswith(reverse("people:sign_in"))
