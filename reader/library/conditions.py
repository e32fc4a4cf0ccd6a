"""Rules of access as conditions on rows whose SQL Django builds once, as it does for reader.library.prepared.

To build a rule of several subqueries takes Django longer than a database takes to ask it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from reader.library.prepared import NUMBERS, Prepared
from reader.library.querysets import Reader
from reader.people.lens import Lens, layers_of, texts_of

# Its tables have names in SQL that no query of Django's gives, so that the row outside can be named inside.
ALIAS = "held"


class Rule:
    """What rows(user) of a model are: a condition on any row whose key is one of theirs."""

    def __init__(self, rows: Callable[[Reader], "QuerySet[Any, Any]"]) -> None:
        self.rows = rows
        self.prepared = Prepared(self._build, NUMBERS)

    def holds(self, user: Reader, path: str = "pk") -> "Holds":
        """That it holds for this reader and the row whose key stands at the end of the path."""
        return Holds(F(path), rule=self, lens=_lens(user))

    def _build(self, user: Reader, values: Sequence[int]) -> "QuerySet[Any, Any]":
        found = self.rows(user).filter(pk=values[0]).order_by().values_list(Value(1))
        query = found.query
        query.change_aliases({alias: f"{ALIAS}{place}" for place, alias in enumerate(list(query.alias_map))})
        return found

    def sql(self, user: Reader, column: str) -> tuple[str, list[Any]]:
        """EXISTS (…), where a column stands for the row's key, with its parameters."""
        sql, params = self.prepared.filled(user, [self])
        place = next(at for at, param in enumerate(params) if param is self)
        parts = sql.split("%s")
        before, after = "%s".join(parts[: place + 1]), "%s".join(parts[place + 1 :])
        return f"EXISTS({before}{column}{after})", params[:place] + params[place + 1 :]


class Holds(Func):
    """That a rule holds for a reader and a row. The column has no parameters of its own."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, key: Any, *, rule: Rule, lens: Lens) -> None:
        super().__init__(key)
        self.rule, self.lens = rule, lens

    def as_sql(self, compiler: SQLCompiler, connection: Any, **more: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """The rule's SQL about the row's key."""
        column, _ = compiler.compile(self.source_expressions[0])
        return self.rule.sql(self.lens, column)


class Among(Func):
    """That a key is one of the few of a Subquery, which are looked up first.

    Of IN, PostgreSQL makes a join, and orders no more than eight tables among themselves: it would look last.
    """

    conditional = True
    output_field = BooleanField()
    template = "%(expressions)s"
    arg_joiner = " IN "

    def as_postgresql(self, compiler: SQLCompiler, connection: Any, **more: Any) -> tuple[str, Any]:
        """The keys as an array, which is made before all else."""
        return super().as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY(ARRAY")


def _lens(user: Reader) -> Lens:
    """The reader as a value: two that are the same make the same expression."""
    if isinstance(user, Lens):
        return user
    return Lens(
        user.pk if user.is_authenticated else None,
        user.is_authenticated,
        user.is_authenticated and user.is_staff,
        layers_of(user),
        texts_of(user),
    )
