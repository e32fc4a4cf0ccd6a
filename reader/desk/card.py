"""A card as HTML, put together as a string like the leaves."""

from datetime import datetime
from functools import lru_cache

from reader.annotate.bylines import LEFT
from reader.annotate.models import Annotation
from reader.annotate.relations import words_of
from reader.desk.about import written
from reader.desk.cards import HTML_AT_MOST, Card, Reply
from reader.desk.cut import cut
from reader.desk.ends import QUOTE_SHOWN, End
from reader.desk.half import OTHER, url, with_places
from reader.desk.places import shortened
from reader.library.lay import escape
from reader.library.querysets import Reader

BODY_SHOWN = 600
REPLY_SHOWN = 240

Kind = Annotation.Kind

# The desk's page has one form of this name, with the token; the buttons of all cards send it.
FORM = "act"


def card_html(card: Card, user: Reader, side: str, *, lit: bool = False) -> str:
    """A card for the leaf of this side; what it offers depends on whose it is. lit: it was asked for."""
    return _html(card, side, own=card.author is not None and card.author == user.pk, lit=lit)


# Putting one together takes longer than comparing it with how it was a moment ago.
@lru_cache(maxsize=1024)
def _html(card: Card, side: str, *, own: bool, lit: bool) -> str:
    states = {"own": own, "answered": card.answered_at, "lit": lit}
    names = ("card", card.look, f"kind-{card.kind}", *(name for name, holds in states.items() if holds))
    inside = (_head(card), _quote(card), _claim(card, side), _codes(card), _body(card), _replies(card))
    return (
        f'<article class="{" ".join(names)}" id="{side}-a{card.pk}" data-annotation="{card.pk}"'
        f' data-version="{card.version}" data-start="{card.start}" data-end="{card.end}" tabindex="-1">\n'
        f"{''.join(inside)}{_tools(card, own)}</article>\n"
    )


def _head(card: Card) -> str:
    seen = f'<bdi class="layer">{escape(card.layer)}</bdi> ' if card.layer else ""
    state = '<span class="answered">Answered</span> ' if card.answered_at else ""
    if card.hidden_at:
        state += f'<a class="hidden-from-others" href="/annotations/{card.pk}/reply/">Hidden from others</a> '
    edited = ' <span class="edited">edited</span>' if card.edited_at else ""
    when = f'<a href="/annotations/{card.pk}/">{time(card.made_at)}</a>'
    return f"<header>{_author(card.name)} {seen}{state}{when}{edited}</header>\n"


def _author(name: str) -> str:
    return f'<bdi class="author">{escape(name) or LEFT}</bdi>'


def time(moment: datetime) -> str:
    """A moment as people write it, and as scripts read it."""
    return f'<time datetime="{moment.isoformat(timespec="minutes")}">{written(moment.date())}</time>'


def _quote(card: Card) -> str:
    return f'<p class="quote"{_language(card.language)} dir="auto">{_shortly(card.quote)}</p>\n'


def _shortly(quote: str) -> str:
    if len(quote) > QUOTE_SHOWN:
        quote = f"{quote[:QUOTE_SHOWN].rpartition(' ')[0] or quote[:QUOTE_SHOWN]}…"
    return escape(" ".join(quote.split()))


def _language(language: str) -> str:
    return f' lang="{escape(language)}"' if language else ""


def _claim(card: Card, side: str) -> str:
    """How a claim's passage stands to those of the other text, and the ways to them."""
    if not card.relation:
        return ""
    first = min(card.ends, key=lambda end: end.position)
    relation = words_of(card.relation, back=first.slug != card.slug)
    own = next((end.anchor for end in card.ends if end.slug == card.slug), "")
    others = [end for end in card.ends if end.slug != card.slug]
    items = "".join(f"<li>{_end(card, end, own, side)}</li>" for end in others)
    return f'<p class="relation">{relation}</p>\n<ul class="ends">{items}</ul>\n'


def _end(card: Card, end: End, own: str, side: str) -> str:
    """A passage of the other text as a link that opens both at their places."""
    words, title = _shortly(end.words), escape(shortened(end.title))
    if not end.slug:
        text = f"<cite>{title}</cite>, " if title else ""
        return f'{_quoted(end, words)} <span class="where">{text}a text that is not here any more</span>'
    if end.revision:
        query = f"?left={end.anchor}&amp;note={card.pk}#left-a{card.pk}"
        old = f"{url('desk:revision', end.slug, str(end.revision))}{query}"
        where = f'<cite>{title}</cite>, no longer in the text: <a href="{old}">revision {end.revision}</a>'
        return f'{_quoted(end, words)} <span class="where">{where}</span>'
    address = escape(_facing(card.slug, own, end, side))
    if not words:
        return f'<a href="{address}"><cite>{title}</cite></a>'
    return f'<a href="{address}">{_quoted(end, words)}</a> <cite class="where">{title}</cite>'


def _quoted(end: End, words: str) -> str:
    return f'<q{_language(end.language)} dir="auto">{words}</q>' if words else ""


def _facing(slug: str, own: str, end: End, side: str) -> str:
    """The desk with the card's text on its side, the other one facing, both at their places."""
    other = OTHER[side]
    pair = (slug, end.slug) if side == "left" else (end.slug, slug)
    address = with_places(url("desk:facing", *pair), dict(sorted({side: own, other: end.anchor}.items())))
    return f"{address}#{other}-{end.anchor}" if end.anchor else address


def _codes(card: Card) -> str:
    meaning = [(card.meaning, card.look)] if card.meaning and not card.codes else []
    items = "".join(
        f'<li class="look {look}" dir="auto">{escape(name)}</li>' for name, look in [*meaning, *card.codes]
    )
    return f'<ul class="codes" lang="">{items}</ul>\n' if items else ""


def _body(card: Card) -> str:
    if not card.html:
        return ""
    words, is_cut = cut(card.html, BODY_SHOWN, HTML_AT_MOST)
    more = f'<p class="more"><a href="/annotations/{card.pk}/reply/">Whole note</a></p>\n' if is_cut else ""
    return f'<div class="body" lang="" dir="auto">{words}</div>\n{more}'


def _replies(card: Card) -> str:
    if not card.count:
        return ""
    one, many = ("answer", "answers") if card.kind == Kind.PROMPT else ("reply", "replies")
    name = f"{card.count} {one if card.count == 1 else many}"
    items = "".join(_reply(reply, is_answer=reply.pk == card.answer) for reply in card.replies)
    count = f'<p class="count"><a href="/annotations/{card.pk}/reply/">{name}</a></p>'
    return f'{count}\n<ol class="replies">{items}</ol>\n'


def _reply(reply: Reply, *, is_answer: bool) -> str:
    words, _ = cut(reply.html, REPLY_SHOWN, HTML_AT_MOST)
    answer = ' class="answer"' if is_answer else ""
    return (
        f"<li{answer}>{_author(reply.author)} {time(reply.made_at)}"
        f'<div class="body" lang="" dir="auto">{words}</div></li>\n'
    )


def _tools(card: Card, own: bool) -> str:
    path = f"/annotations/{card.pk}"
    is_prompt = card.kind == Kind.PROMPT
    tools = [f'<a href="{path}/reply/">{"Answer" if is_prompt else "Reply"}</a>']
    if is_prompt:
        tools.append(f'<a href="/prompts/{card.pk}/">All answers</a>')
    if own:
        edit = f"/prompts/{card.pk}/edit/" if is_prompt else f"{path}/edit/"
        tools.append(f'<a href="{edit}">Edit</a>')
        if card.kind == Kind.QUESTION:
            value, name = ("0", "Open again") if card.answered_at else ("1", "Answered")
            tools.append(_button(f"{path}/answer/", name, f' name="answered" value="{value}"'))
        tools.append(_button(f"{path}/delete/", "Delete"))
    elif card.layer:
        tools.append(f'<a href="{path}/flag/">Flag</a>')
    if card.edited_at:
        tools.append(f'<a href="{path}/history/">History</a>')
    return f'<footer class="tools">{" ".join(tools)}</footer>\n'


def _button(address: str, name: str, more: str = "") -> str:
    return f'<button form="{FORM}" formaction="{address}"{more}>{name}</button>'
