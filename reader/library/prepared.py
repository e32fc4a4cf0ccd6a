"""Queries whose SQL Django builds once: building it takes longer than all the rest of a page."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from reader.library.querysets import Reader
from reader.people.lens import Lens, layers_of, texts_of

MOST_VALUES = 40

# They stand in a statement for values that come later; no text and no row of ours has them.
NUMBERS = tuple(2_100_000_000 + place for place in range(MOST_VALUES))
WORDS = tuple(f"\x00{place}" for place in range(MOST_VALUES))
_USER = 2_100_001_000
# How many layers and texts a statement may have room for.
_ROOM = (2, 8, 64, 512)
_LAYERS = tuple(2_100_010_000 + place for place in range(_ROOM[-1]))
_TEXTS = tuple(2_100_020_000 + place for place in range(_ROOM[-1]))
_LOOKED_AT = {slot: place for place, slot in enumerate((*_LAYERS, *_TEXTS))}
_PLACES: dict[Any, int] = {slot: place for slots in (NUMBERS, WORDS) for place, slot in enumerate(slots)}


def kind(user: Reader | None) -> Lens:
    """A reader who stands for everybody of whom a rule of access would say the same.

    Slots stand for their key, and for the layers and texts that they look at, as many as there are kinds of
    statements for. A rule asked of None is not asked of anybody.
    """
    if user is None:
        return Lens()
    if not isinstance(user, Lens):
        return _of_account(user.is_authenticated, user.is_staff)
    layers, texts = (_padded(keys) for keys in (user.layers, user.texts))
    return replace(
        _of_account(user.is_authenticated, user.is_staff),
        layers=None if layers is None else _LAYERS[: len(layers)],
        texts=_TEXTS[: len(texts or ())],
        is_given=user.is_given,
        names=user.names,
    )


@lru_cache(maxsize=4)
def _of_account(is_authenticated: bool, is_staff: bool) -> Lens:
    """Whoever has no lens: asked several times on every page."""
    return Lens(_USER if is_authenticated else None, is_authenticated, is_staff)


def _padded(keys: Sequence[int] | None) -> list[int] | None:
    """One statement for many numbers of keys: what is missing is a key that nothing has."""
    if keys is None:
        return None
    room = next(size for size in _ROOM if size >= len(keys))
    return [*keys, *[0] * (room - len(keys))]


class _Statement(NamedTuple):
    """SQL with its parameters: at these places the value of a slot, the reader's key, what they look at."""

    sql: str
    params: list[Any]
    places: list[tuple[int, int]]
    users: list[int]
    looked_at: list[tuple[int, int]]


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

    def _statement(self, vendor: str, of: Lens, count: int) -> _Statement:
        queryset = self.build(of, self.slots[:count])
        sql, params = queryset.query.sql_with_params()
        if any(isinstance(param, date) for param in params):
            raise ValueError("A moment would stay in the statement for good: let the database say Now().")
        places = [(at, _PLACES[param]) for at, param in enumerate(params) if param in _PLACES]
        users = [at for at, param in enumerate(params) if param == _USER]
        looked_at = [(at, _LOOKED_AT[param]) for at, param in enumerate(params) if param in _LOOKED_AT]
        return _Statement(sql, list(params), places, users, looked_at)

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
        if statement.looked_at:
            keys = [*(_padded(layers_of(user)) or ()), *(_padded(texts_of(user)) or ())]
            shift = len(_LAYERS) - len(_padded(layers_of(user)) or ())
            for at, place in statement.looked_at:
                params[at] = keys[place if place < len(_LAYERS) else place - shift]
        return statement.sql, params


def rows_of_all(statements: Sequence[tuple[str, Sequence[Any]]]) -> list[tuple[Any, ...]]:
    """The rows of several filled statements with the same columns, each bound by itself; a query if any."""
    if not statements:
        return []
    # For SQLite, Django rewrites every %s at each execution, which takes its time; a log wants them.
    rewritten = connection.vendor == "sqlite" and not connection.queries_logged
    sql = _joined(tuple([one for one, _ in statements]), rewritten)
    with _cursor() as cursor:
        cursor.execute(sql, [param for _, params in statements for param in params])
        return list(cursor.fetchall())


def _cursor() -> Any:
    """A cursor with which PostgreSQL keeps its plans: to plan a page takes it longer than to read it.

    It binds the values, then. Where queries are logged they stand in the SQL, which a log wants.
    """
    if connection.vendor != "postgresql" or connection.queries_logged:
        return connection.cursor()
    from django.db.backends.postgresql import base

    # As connection.cursor() does.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    binding: Any = base.ServerBindingCursor
    return connection.make_cursor(binding(connection.connection))


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
