"""Inline Markdown and the HTML that converters put into it, to runs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from html import unescape

from markdown_it.token import Token

from reader.ingest.raw import BREAK, Raised, Run

STYLES = {"em": "em", "strong": "strong", "s": "strike"}
TAGS = {
    "sup": "sup", "sub": "sub", "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em",
    "u": "underline", "ins": "underline", "s": "strike", "del": "strike", "code": "code", "tt": "code",
}  # fmt: skip
# Tags that say nothing about the words; anything else in angle brackets is text.
HOLLOW = frozenset(
    "span div p font small big center mark a img figure figcaption section article page abbr q wbr nobr "
    "html body header footer main aside table thead tbody tr td th caption details summary".split()
)
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)/?>|<!--(.*?)-->", re.DOTALL)
HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
RAISED_CHARS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
RAISED = re.compile(
    r"(?P<ref>\[\^(?P<key>[^\]\s^]{1,40})\])"
    r"|(?P<caret>\^(?P<up>[^\s^~\[\]]{1,12}|\d{1,3}(?:[,;–-]\s?\d{1,3})+)\^)"
    r"|(?P<unicode>[⁰¹²³⁴⁵⁶⁷⁸⁹]+(?:[,⸴ʼ˒‚ ’]{1,2}[⁰¹²³⁴⁵⁶⁷⁸⁹]+)*)"
    r"|(?P<circled>[①-⑳]+)"
    r"|(?P<bracket>\[\d{1,4}(?:\s?[,;–-]\s?\d{1,4})*\])"
)
# The text of a link to a place in the file that can only be a mark.
ANCHORED = re.compile(r"^\s*(?:\d{1,3}|[*†‡§¶]{1,3})\s*$")
HINT = re.compile(r"[\^\[⁰¹²³⁴⁵⁶⁷⁸⁹①-⑳]")


def runs_of(tokens: Sequence[Token]) -> list[Run]:
    """The runs of an inline token's children."""
    return list(_cut_raised(_joined(_walk(tokens))))


def _walk(tokens: Sequence[Token]) -> Iterable[Run]:
    styles: list[str] = []
    hrefs: list[str] = []
    for token in tokens:
        kind = token.type
        if kind == "text":
            if token.content:
                yield Run(token.content, _frozen(tuple(styles)), hrefs[-1] if hrefs else "")
        elif kind in ("softbreak", "hardbreak"):
            yield Run(
                "\n" if kind == "softbreak" else BREAK, _frozen(tuple(styles)), hrefs[-1] if hrefs else ""
            )
        elif kind == "code_inline":
            yield Run(token.content, _frozen((*styles, "code")))
        elif kind == "link_open":
            hrefs.append(str(token.attrGet("href") or ""))
        elif kind == "link_close":
            hrefs.pop()
        elif kind == "image":
            yield from _image(token)
        elif kind == "html_inline":
            yield from _tag(token.content, styles, hrefs)
        elif kind.endswith("_open") and kind[:-5] in STYLES:
            styles.append(STYLES[kind[:-5]])
        elif kind.endswith("_close") and kind[:-6] in STYLES:
            _pop(styles, STYLES[kind[:-6]])
        elif token.content:
            yield Run(token.content, _frozen(tuple(styles)), hrefs[-1] if hrefs else "")


@lru_cache(maxsize=256)
def _frozen(styles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(styles)


def _pop(stack: list[str], name: str) -> None:
    for index in range(len(stack) - 1, -1, -1):
        if stack[index] == name:
            del stack[index]
            return


def _image(token: Token) -> Iterable[Run]:
    source = str(token.attrGet("src") or "")
    yield Run(token.content, frozenset({"image"}), source)


def _tag(content: str, styles: list[str], hrefs: list[str]) -> Iterable[Run]:
    found = TAG.fullmatch(content)
    if found is None:
        yield Run(content, frozenset(styles), hrefs[-1] if hrefs else "")
        return
    if found[4] is not None:
        yield Run(found[4], frozenset({"comment"}))
        return
    name, closing = found[2].lower(), bool(found[1])
    if name == "br":
        yield Run(BREAK, frozenset(styles))
    elif name in TAGS:
        _pop(styles, TAGS[name]) if closing else styles.append(TAGS[name])
    elif name == "img":
        alt = re.search(r"""alt\s*=\s*["']([^"']*)""", content)
        src = re.search(r"""src\s*=\s*["']?([^"'\s>]+)""", content)
        yield Run(unescape(alt[1]) if alt else "", frozenset({"image"}), src[1] if src else "")
    elif name == "a":
        if closing and hrefs:
            hrefs.pop()
        elif not closing:
            href = HREF.search(content)
            hrefs.append(unescape(href[1]) if href else "")
    elif name not in HOLLOW:
        yield Run(content, frozenset(styles), hrefs[-1] if hrefs else "")


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style as one run; the href of an anchor within the file is dropped."""
    out: list[Run] = []
    for run in runs:
        href = "" if run.href.startswith("#") else run.href
        if (
            run.href.startswith("#")
            and not run.raised
            and ANCHORED.match(run.text)
            and out
            and out[-1].text[-1:].strip()
        ):
            out.append(replace(run, href="", raised="sup"))
            continue
        if (
            out
            and not out[-1].raised
            and out[-1].style == run.style
            and out[-1].href == href
            and "image" not in run.style
        ):
            out[-1] = replace(out[-1], text=out[-1].text + run.text)
        else:
            out.append(replace(run, href=href) if href != run.href else run)
    return out


def _cut_raised(runs: Iterable[Run]) -> Iterable[Run]:
    """Each stretch that may be a citation mark as a run of its own."""
    for run in runs:
        if run.raised:
            yield run
        elif "sup" in run.style:
            yield from _cut_sup(run)
        elif "code" in run.style or not HINT.search(run.text):
            yield run
        else:
            yield from cut_text(run)


def _cut_sup(run: Run) -> Iterable[Run]:
    text = run.text.strip()
    ref = RAISED.fullmatch(text)
    if ref and ref["ref"]:
        yield replace(run, text=ref["key"], raised="ref")
        return
    yield replace(run, raised="sup")


def cut_text(run: Run) -> Iterable[Run]:
    """A run of plain text parted at what may be marks."""
    at = 0
    for found in RAISED.finditer(run.text):
        kind: Raised = (
            "ref"
            if found["ref"]
            else "caret"
            if found["caret"]
            else "bracket"
            if found["bracket"]
            else "unicode"
        )
        if kind == "bracket" and found.end() < len(run.text) and run.text[found.end()] == "(":
            continue
        if found.start() > at:
            yield replace(run, text=run.text[at : found.start()])
        yield replace(
            run,
            text=found["key"] if kind == "ref" else found["up"] if kind == "caret" else found[0],
            raised=kind,
        )
        at = found.end()
    if at < len(run.text):
        yield replace(run, text=run.text[at:])
