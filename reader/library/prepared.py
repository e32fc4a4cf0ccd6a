"""Queries whose SQL Django builds once: building it takes longer than all the rest of a page."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

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

    def _statement(self, vendor: str, of: _Kind, count: int) -> tuple[str, tuple[Any, ...]]:
        queryset = self.build(cast(Reader, of), self.slots[:count])
        statement: tuple[str, tuple[Any, ...]] = queryset.query.sql_with_params()
        return statement

    def rows(self, user: Reader | None, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows for these values and this reader."""
        return _fetched(*self.filled(user, values))

    def filled(self, user: Reader | None, values: Sequence[Any]) -> tuple[str, list[Any]]:
        """The statement, and the parameters that it has for these values and this reader."""
        sql, params = self.statement(connection.vendor, kind(user), len(values))
        return sql, [
            user.pk if user and param == _USER else values[_PLACES[param]] if param in _PLACES else param
            for param in params
        ]


def rows_of_all(statements: Sequence[tuple[str, Sequence[Any]]]) -> list[tuple[Any, ...]]:
    """The rows of several filled statements with the same columns, each bound by itself; a query if any."""
    if not statements:
        return []
    # Django cannot bound each part of a union on SQLite.
    sql = " UNION ALL ".join(f"SELECT * FROM ({one}) AS part" for one, _ in statements)  # noqa: S608
    return _fetched(sql, [param for _, params in statements for param in params])


def _fetched(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    # For SQLite, Django rewrites every %s at each execution, a sixth of a page's time; a log wants them.
    if connection.vendor == "sqlite" and not connection.queries_logged:
        sql = _rewritten(sql)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


@lru_cache(maxsize=512)
def _rewritten(sql: str) -> str:
    return sql.replace("%s", "?")


def json_of(value: Any) -> Any:
    """What a JSON field holds, which may come as text."""
    return json.loads(value) if isinstance(value, str) else value
