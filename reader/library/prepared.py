"""Queries whose SQL Django builds once: building it takes longer than all the rest of a page."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, cast

from django.db import connection
from django.db.models import QuerySet

from reader.library.querysets import Reader

MOST_VALUES = 40

# They stand in a statement for values that come later; no text and no row of ours has them.
NUMBERS = tuple(2_100_000_000 + place for place in range(MOST_VALUES))
WORDS = tuple(f"\x00{place}" for place in range(MOST_VALUES))
_USER = 2_100_001_000
_PLACES: dict[Any, int] = {slot: place for slots in (NUMBERS, WORDS) for place, slot in enumerate(slots)}


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a rule of access may ask of a reader; it stands for everybody of whom the same is true."""

    is_authenticated: bool
    is_staff: bool
    pk: int | None


def kind(user: Reader | None) -> _Kind:
    """The kind of reader that this one is; None where no rule of access is asked."""
    if user is None or not user.is_authenticated:
        return _Kind(False, False, None)
    return _Kind(True, user.is_staff, _USER)


class _Statement(NamedTuple):
    """SQL with its parameters: at these places the value of a slot, at those the reader's key."""

    sql: str
    params: list[Any]
    places: list[tuple[int, int]]
    users: list[int]


class Prepared:
    """A queryset of plain values, made by build(user, slots) for values of one sort (NUMBERS or WORDS).

    The result is rows as the database gives them: dates and JSON may be text.
    """

    def __init__(
        self, build: Callable[[Reader, Sequence[Any]], "QuerySet[Any, Any]"], slots: Sequence[Any]
    ) -> None:
        self.build = build
        self.slots = slots
        self.statement = lru_cache(maxsize=None)(self._statement)

    def _statement(self, vendor: str, of: _Kind, count: int) -> _Statement:
        queryset = self.build(cast(Reader, of), self.slots[:count])
        sql, params = queryset.query.sql_with_params()
        places = [(at, _PLACES[param]) for at, param in enumerate(params) if param in _PLACES]
        return _Statement(
            sql, list(params), places, [at for at, param in enumerate(params) if param == _USER]
        )

    def rows(self, user: Reader | None, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows for these values and this reader."""
        return rows_of_all([self.filled(user, values)])

    def filled(self, user: Reader | None, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """The statement, and the parameters that it has for these values and this reader."""
        statement = self.statement(connection.vendor, kind(user), len(values))
        params = statement.params.copy()
        for at, place in statement.places:
            params[at] = values[place]
        for at in statement.users:
            params[at] = user.pk if user else None
        return statement.sql, params


def rows_of_all(statements: Sequence[tuple[str, Sequence[Any]]]) -> list[tuple[Any, ...]]:
    """The rows of several filled statements with the same columns, each bound by itself; a query if any."""
    if not statements:
        return []
    # For SQLite, Django rewrites every %s at each execution, which takes its time; a log wants them.
    rewritten = connection.vendor == "sqlite" and not connection.queries_logged
    sql = _joined(tuple([one for one, _ in statements]), rewritten)
    with connection.cursor() as cursor:
        cursor.execute(sql, [param for _, params in statements for param in params])
        return list(cursor.fetchall())


@lru_cache(maxsize=512)
def _joined(statements: tuple[str, ...], rewritten: bool) -> str:
    sql = statements[0]
    if len(statements) > 1:
        # Django cannot bound each part of a union on SQLite.
        sql = " UNION ALL ".join(f"SELECT * FROM ({one}) AS part" for one in statements)  # noqa: S608
    return sql.replace("%s", "?") if rewritten else sql


def json_of(value: Any) -> Any:
    """What a JSON field holds, which may come as text."""
    return json.loads(value) if isinstance(value, str) else value
