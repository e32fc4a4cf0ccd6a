"""Cut a note's HTML to a length that a card can show. Pure."""

import re

_TOKEN = re.compile(r"<(/?)(\w+)[^>]*>|&[#\w]+;|[^<&]+|.", re.DOTALL)
_VOID = frozenset(("br", "hr"))


def cut(html: str, words_at_most: int, html_at_most: int) -> tuple[str, bool]:
    """Well-formed HTML of the first so many characters of text, and whether something was left out.

    html_at_most bounds what addresses of links may add. A cut word loses its rest, not its elements' ends.
    """
    if len(html) <= words_at_most:
        return html, False
    out: list[str] = []
    open_tags: list[str] = []
    left, room = words_at_most, html_at_most
    for token in _TOKEN.finditer(html):
        piece, tag = token[0], token[2]
        room -= len(piece)
        if tag is None:
            is_entity = piece.startswith("&") and len(piece) > 1
            if room < 0 or left < (1 if is_entity else len(piece)):
                if not is_entity and room >= 0:
                    out.append(_whole_words(piece[:left]))
                break
            left -= 1 if is_entity else len(piece)
        elif token[1]:
            if open_tags and open_tags[-1] == tag:
                open_tags.pop()
        elif room < 0:
            break
        elif tag not in _VOID:
            open_tags.append(tag)
        out.append(piece)
    else:
        return html, False
    return "".join([*out, "…", *(f"</{tag}>" for tag in reversed(open_tags))]), True


def _whole_words(words: str) -> str:
    """The words without the one that was cut, where there is more than that."""
    return words.rpartition(" ")[0] or words
