"""Frozen values of ingest to JSON and back, without loss."""

from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from reader.ingest.parsed import Parsed


def encode(parsed: Parsed) -> dict[str, Any]:
    """A document as JSON-able values: dataclasses as objects less fields at their default, dates as ISO."""
    return cast(dict[str, Any], _plain(parsed))


def decode(data: dict[str, Any]) -> Parsed:
    """What encode() was given; KeyError or TypeError where the data is no document of ours."""
    return cast(Parsed, _built(Parsed, data))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: _plain(getattr(value, name))
            for name, default in _defaults(type(value))
            if getattr(value, name) != default
        }
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _built(kind: Any, data: Any) -> Any:
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(type, kind)(**{name: _built(hints[name], value) for name, value in data.items()})
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple(get_args(kind), data)
    if origin in (Union, UnionType):
        return None if data is None else _built(_only(kind), data)
    if kind is date:
        return date.fromisoformat(data)
    if origin is Literal and data not in get_args(kind):
        raise TypeError(f"{data!r} is none of {get_args(kind)}")
    return data


def _tuple(kinds: tuple[Any, ...], data: list[Any]) -> tuple[Any, ...]:
    if kinds[-1] is Ellipsis:
        return tuple(_built(kinds[0], item) for item in data)
    return tuple(_built(kind, item) for kind, item in zip(kinds, data, strict=True))


def _only(kind: Any) -> Any:
    """The other half of an `X | None`."""
    (inner,) = (part for part in get_args(kind) if part is not type(None))
    return inner
