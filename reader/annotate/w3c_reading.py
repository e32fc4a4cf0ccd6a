"""Read a file in the W3C's form into frozen values; nothing in it is believed. Pure."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from reader.annotate.quoting import Quote

# Ten thousand of our own have to fit.
BYTES_AT_MOST = 20_000_000
ITEMS_AT_MOST = 10_000
QUOTE_AT_MOST = 50_000
CODES_AT_MOST = 40
TARGETS_AT_MOST = 20
KINDS = {
    "highlighting": "highlight",
    "commenting": "note",
    "questioning": "question",
    "tagging": "tag",
    "classifying": "tag",
    "replying": "reply",
}
RELATIONS = ("agrees", "contradicts", "qualifies", "extends", "cites", "silent")
_SLUG = re.compile(r"/read/([\w-]{1,80})/?(?:[?#]|$)", re.ASCII)


class NotRead(ValueError):
    """A file that cannot be read as annotations; the message says what to do."""


class Faulty(ValueError):
    """One annotation that cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A passage as a file tells it; slug, address and revision name its text, where the file says so."""

    quote: Quote
    slug: str = ""
    address: str = ""
    revision: int | None = None
    carried: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A text as a file names it."""

    slug: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An annotation as a file tells it; problem says why it cannot be kept. parent is a uuid or an id.

    A claim has a relation; about is the text that it calls silent.
    """

    id: str
    uuid: UUID | None = None
    kind: str = "highlight"
    body: str = ""
    meaning: str = ""
    codes: tuple[str, ...] = ()
    aims: tuple[Aim, ...] = ()
    parent: str = ""
    layer: str = ""
    created: datetime | None = None
    modified: datetime | None = None
    answered: datetime | None = None
    answer: str = ""
    relation: str = ""
    about: Source = Source()
    problem: str = ""


def read_w3c(data: bytes) -> list[Item]:
    """The annotations of a file: one, a list, a page or a collection. NotRead where it holds none."""
    if len(data) > BYTES_AT_MOST:
        raise NotRead(f"This file is larger than {BYTES_AT_MOST // 1_000_000} MB: part it into several.")
    try:
        given = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError as error:
        raise NotRead("This file is not in UTF-8: save it so, and try again.") from error
    except RecursionError as error:
        raise NotRead("This file is nested too deeply to hold annotations.") from error
    except ValueError as error:
        raise NotRead("This file is not JSON: choose one that ends in .jsonld or .json.") from error
    found = list(_members(given))
    if not found:
        raise NotRead("There are no annotations in this file. It should hold some in the W3C’s form.")
    if len(found) > ITEMS_AT_MOST:
        raise NotRead(
            f"There are {len(found):,} annotations in this file; up to {ITEMS_AT_MOST:,} are taken."
        )
    return [_item(one) for one in found]


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON.")


def _members(given: Any) -> list[Any]:
    if isinstance(given, list):
        return given
    if not isinstance(given, dict):
        return []
    kinds = _texts(given.get("type", given.get("@type")))
    if "Annotation" in kinds or "oa:Annotation" in kinds:
        return [given]
    for name in ("items", "@graph"):
        if isinstance(given.get(name), list):
            return list(given[name])
    first = given.get("first")
    return list(first["items"]) if isinstance(first, dict) and isinstance(first.get("items"), list) else []


def _item(given: Any) -> Item:
    name = given.get("id", given.get("@id")) if isinstance(given, dict) else None
    name = name[:500] if isinstance(name, str) and _is_clean(name) else ""
    try:
        return _read(given, name)
    except Faulty as error:
        return Item(name, _uuid(name), problem=str(error))


def _read(given: Any, name: str) -> Item:
    if not isinstance(given, dict):
        raise Faulty("This is no annotation.")
    motivations = [one.removeprefix("oa:") for one in _texts(given.get("motivation"))]
    bodies = [body for body in _listed(given.get("body")) if isinstance(body, dict)]
    links = _values(bodies, "linking") if "linking" in motivations else []
    relation = next((one for one in links if one in RELATIONS), "")
    if relation:
        bodies = [body for body in bodies if _purpose(body) != "linking"]
    words = "\n\n".join(_words(given, bodies)).strip()
    codes = _values(bodies, "tagging")
    targets = _listed(given.get("target"))
    parent = next((one for one in targets if isinstance(one, str) and "replying" in motivations), "")
    kind = next((KINDS[one] for one in motivations if one in KINDS), "note" if words else "highlight")
    if kind == "reply" and not words:
        raise Faulty("It is a reply that says nothing.")
    if (kind == "reply" and not parent) or (kind == "tag" and not codes):
        kind = "note"
    if kind in ("note", "question") and not words:
        kind = "tag" if codes else "highlight"
    kind = "claim" if relation else kind
    if len(codes) > CODES_AT_MOST or len(targets) > TARGETS_AT_MOST:
        raise Faulty(f"More than {CODES_AT_MOST} codes or {TARGETS_AT_MOST} passages are too many for one.")
    aims = () if parent else tuple(_aim(target) for target in targets)
    if not aims and not parent:
        raise Faulty("It does not say which passage it is about.")
    return Item(
        id=name,
        uuid=_uuid(name),
        kind=kind,
        body=words,
        meaning=next(
            (_clean(v) for b in bodies if _purpose(b) == "classifying" for v in _texts(b.get("value"))), ""
        ),
        codes=tuple(dict.fromkeys(_clean(code) for code in codes)),
        aims=aims,
        parent=_clean(parent),
        layer=given["layer"] if given.get("layer") in ("private", "public") else "",
        created=_moment(given.get("created")),
        modified=_moment(given.get("modified")),
        answered=_moment(given.get("answered")),
        answer=next(iter(_texts(given.get("answer"))), ""),
        relation=relation,
        about=_source(given.get("about")),
    )


def _words(given: dict[str, Any], bodies: list[dict[str, Any]]) -> Iterator[str]:
    """What the annotation says, as Markdown; HTML in it is shown as it is typed."""
    yield from (_clean(value) for value in _texts(given.get("bodyValue")))
    for body in bodies:
        if _purpose(body) not in ("tagging", "classifying"):
            yield from (_clean(value) for value in _texts(body.get("value", body.get("chars"))))


def _values(bodies: list[dict[str, Any]], purpose: str) -> list[str]:
    return [value for body in bodies if _purpose(body) == purpose for value in _texts(body.get("value"))]


def _purpose(body: dict[str, Any]) -> str:
    found = _texts(body.get("purpose")) or (["tagging"] if "oa:Tag" in _texts(body.get("@type")) else [])
    return found[0].removeprefix("oa:") if found else ""


def _aim(target: Any) -> Aim:
    if not isinstance(target, dict):
        raise Faulty("It is about a whole text, not about a passage of it.")
    selectors = [one for one in _listed(target.get("selector")) if isinstance(one, dict)]
    quote = _selector(selectors, "TextQuoteSelector")
    position = _selector(selectors, "TextPositionSelector")
    start, end = _number(position.get("start")), _number(position.get("end"))
    exact, prefix, suffix = (_clean(quote.get(part, "")) for part in ("exact", "prefix", "suffix"))
    if not exact.strip() and (start is None or end is None):
        raise Faulty("It gives neither the words of its passage nor where they stand.")
    if len(exact) > QUOTE_AT_MOST:
        raise Faulty(f"Its passage is longer than {QUOTE_AT_MOST:,} characters.")
    state = next((one for one in _listed(target.get("state")) if isinstance(one, dict)), {})
    source = _source(target.get("source"))
    return Aim(
        Quote(exact, prefix[-200:], suffix[:200], -1 if start is None else start, -1 if end is None else end),
        slug=source.slug,
        address=source.address,
        revision=_number(state.get("revision")),
        carried=state["carried"] if state.get("carried") in ("left", "unplaced") else "",
    )


def _source(given: Any) -> Source:
    names = _names(given)
    slugs = [found[1] for name in names if (found := _SLUG.search(name))]
    return Source(slugs[0] if slugs else "", next((name for name in names if not _SLUG.search(name)), ""))


def _names(source: Any) -> list[str]:
    """The addresses that name a text."""
    given = (
        [source.get(key) for key in ("id", "@id", "via", "canonical")] if isinstance(source, dict) else source
    )
    return [name[:2_000] for name in _texts(given) if _is_clean(name)]


def _selector(selectors: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    return next((one for one in selectors if kind in _texts(one.get("type", one.get("@type")))), {})


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _texts(given: Any) -> list[str]:
    return [one for one in _listed(given) if isinstance(one, str)]


def _number(given: Any) -> int | None:
    whole = isinstance(given, int) and not isinstance(given, bool)
    return given if whole and 0 <= given < 2**31 else None


def _moment(given: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(given) if isinstance(given, str) else None
        moment = found and (found if found.tzinfo else found.replace(tzinfo=UTC))
        return moment.astimezone(UTC) if moment and 1900 < moment.year < 9000 else None
    except (ValueError, OverflowError):
        return None


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(name.lower().removeprefix("urn:uuid:")) if name.lower().startswith("urn:uuid:") else None
    except ValueError:
        return None


def _clean(given: Any) -> str:
    if not isinstance(given, str):
        raise Faulty("Something in it is no text where a text should be.")
    if not _is_clean(given):
        raise Faulty("It holds characters that no text can have.")
    return given


def _is_clean(given: str) -> bool:
    """Databases keep neither NUL nor half a surrogate pair."""
    return "\x00" not in given and not any(unicodedata.category(c) == "Cs" for c in given if c > "\ud7ff")
