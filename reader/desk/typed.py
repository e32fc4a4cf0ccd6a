"""What somebody typed into a form that makes or changes an annotation, cleaned but not yet believed."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import QueryDict

from reader.annotate import rendering
from reader.annotate.models import Annotation
from reader.annotate.placing import LONGEST, Place
from reader.http import whole

CODES_AT_MOST = 30
NAME_AT_MOST = 1_000
# The number of no revision.
NOWHERE = 0

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_TOKEN = re.compile(r"[\w-]{1,36}", re.ASCII)


def is_token(words: str) -> bool:
    """Whether a form of ours can have sent this as its token."""
    return _TOKEN.fullmatch(words) is not None


class NotTyped(ValueError):
    """A form that does not say enough; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The values of the form; None where no number stands. codes are keys of codes, new_codes names.

    layer is the key of one; "" is none: a form proposes one, and what is sent so is for its writer alone.
    """

    kind: str = Annotation.Kind.HIGHLIGHT
    start: int | None = None
    end: int | None = None
    exact: str = ""
    revision: int | None = None
    meaning: str = ""
    body: str = ""
    codes: tuple[str, ...] = ()
    new_codes: tuple[str, ...] = ()
    layer: str = ""
    relation: str = ""
    token: str = ""
    version: int | None = None

    @classmethod
    def of(cls, form: QueryDict) -> "Typed":
        """The values of a form as it was sent."""
        revision = whole(form.get("revision"))
        return cls(
            kind=form.get("kind", "") or Annotation.Kind.HIGHLIGHT,
            start=whole(form.get("start")),
            end=whole(form.get("end")),
            exact=lines(form.get("exact", ""))[: LONGEST + 1],
            revision=NOWHERE if form.get("revision") and revision is None else revision,
            meaning=form.get("meaning", "")[:20],
            body=lines(form.get("body", "")),
            codes=_all(form, "code"),
            new_codes=_all(form, "new_code"),
            layer=form.get("layer", "")[:20],
            relation=form.get("relation", "")[:20],
            token=form.get("token", ""),
            version=whole(form.get("version")),
        )

    def over(self, annotation: Annotation, form: QueryDict) -> "Typed":
        """These values, and those of the annotation for what the form does not have."""
        there: dict[str, Any] = {
            "kind": annotation.kind,
            "meaning": str(annotation.meaning_id or ""),
            "body": annotation.body,
            "layer": annotation.layer.key,
            "relation": annotation.relation,
        }
        values = {name: value for name, value in there.items() if name not in form}
        if "code" not in form:
            tags = annotation.tags.filter(code__deleted_at__isnull=True)
            values["codes"] = tuple(str(key) for key in tags.values_list("code", flat=True))
        return replace(self, **values)

    @classmethod
    def kept(cls, values: Mapping[str, Any]) -> "Typed":
        """What as_dict() gave, read back from a session."""
        lists = {name: tuple(values.get(name, ())) for name in ("codes", "new_codes")}
        return cls(**{**values, **lists})

    def as_dict(self) -> dict[str, Any]:
        """The values as JSON has them; the offsets say where it is, so a long quote is left out."""
        return asdict(replace(self, exact=""))

    def place(self) -> Place:
        """Where the mark shall be."""
        if self.start is None or self.end is None:
            raise NotTyped("Choose a passage first.")
        return Place(self.start, self.end, self.exact)

    def check(self) -> None:
        """NotTyped or BodyRefused where no person could keep this."""
        if self.kind not in Annotation.Kind.values or self.kind == Annotation.Kind.PROMPT:
            raise NotTyped("Choose what it shall be: a highlight, a note, a question or a tag.")
        if self.token and not is_token(self.token):
            raise NotTyped("This form is not one of ours. Open the text again.")
        rendering.check(self.body)


def _all(form: QueryDict, name: str) -> tuple[str, ...]:
    """The values of a field that may stand several times in a form, less the empty ones."""
    return tuple(lines(one)[:NAME_AT_MOST] for one in form.getlist(name)[:CODES_AT_MOST] if one.strip())


def lines(words: str) -> str:
    """Words without what no text can hold, their line ends as a text has them."""
    return _UNFIT.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
