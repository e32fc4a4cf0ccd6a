"""Rules of access whose SQL is built once: they say what the same rules say that are built each time."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F, QuerySet, Subquery
from django.utils import timezone

from reader.library.conditions import Among, Rule
from reader.library.models import Document, Revision
from reader.library.prepared import NUMBERS, Prepared
from reader.library.querysets import Reader
from reader.people.lens import Lens
from tests import make

pytestmark = pytest.mark.django_db


def _readable(user: Reader) -> "QuerySet[Document]":
    return Document.objects.visible_to(user)


def test_a_rule_says_of_every_reader_what_its_queryset_says() -> None:
    shown, hidden = make.document(make.parsed("Shown")), make.document(make.parsed("Hidden"), public=False)
    rule = Rule(_readable)
    readers: list[Reader] = [
        make.alice(),
        make.bob(),
        AnonymousUser(),
        Lens(texts=(hidden.pk,), is_given=True),
    ]
    for reader in [*readers, *readers]:
        expected = set(Document.objects.visible_to(reader))
        assert set(Document.objects.filter(rule.holds(reader))) == expected
        assert set(Document.objects.exclude(rule.holds(reader))) == {shown, hidden} - expected
        revisions = Revision.objects.filter(rule.holds(reader, "document"))
        assert {revision.document for revision in revisions} == expected
        of_both = Document.objects.filter(rule.holds(reader), revisions__in=revisions)
        assert set(of_both) == expected, "inside a subquery, and beside another of the same tables"


def test_a_rule_is_built_once_for_readers_of_a_kind() -> None:
    built = []

    def rows(user: Reader) -> "QuerySet[Document]":
        built.append(user)
        return _readable(user)

    rule = Rule(rows)
    for name in ("ann", "bea", "cy"):
        assert not Document.objects.filter(rule.holds(make.user(name))).exists()
    assert len(built) == 1


def test_the_few_that_are_looked_up_first_are_those_found() -> None:
    documents = [make.document(make.parsed(name)) for name in ("One", "Two", "Three")]
    few = Document.objects.order_by("pk").values("pk")[:2]
    assert set(Document.objects.filter(Among(F("pk"), Subquery(few)))) == set(documents[:2])


def test_a_statement_does_not_hold_the_moment_when_it_was_built() -> None:
    def build(user: Reader, values: Sequence[Any]) -> "QuerySet[Any, Any]":
        return Document.objects.filter(added_at__lt=timezone.now()).values_list("pk")

    if connection.vendor == "postgresql":
        with pytest.raises(ValueError, match="moment"):
            Prepared(build, NUMBERS).rows(None, [])


def test_postgresql_keeps_the_plans_of_prepared_queries() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans faster than it answers")
    kept = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%known_by_this%%'"
    query = Prepared(
        lambda user, values: (
            Document.objects.filter(pk=values[0])
            .extra(select={"known_by_this": "1"})
            .values_list("known_by_this")
        ),
        NUMBERS,
    )
    for pk in range(5):
        assert query.rows(None, [pk]) == []
    with connection.cursor() as cursor:
        cursor.execute(kept)
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_prepared_query_notices_that_the_server_has_gone() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server")
    query = Prepared(lambda user, values: Document.objects.filter(pk=values[0]).values_list("pk"), NUMBERS)
    assert query.rows(None, [1]) == []
    other: Any = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    # As at the beginning of a request.
    connection.close_if_unusable_or_obsolete()
    assert query.rows(None, [1]) == []
