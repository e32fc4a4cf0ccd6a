"""Cut a note's HTML to a length that a card can show. Pure."""

import re

_TOKEN = re.compile(r'<(/?)(\w+)(?:[^>"]|"[^"]*")*>|&[#\w]+;|[^<&]+|[<&]')
_VOID = frozenset(("br", "hr"))


def cut(html: str, words_at_most: int, html_at_most: int) -> tuple[str, bool]:
    """Well-formed HTML of the first so many characters of text, and whether something was left out.

    The HTML, well-formed as a note's is, may itself have been cut anywhere behind html_at_most.
    """
    if len(html) <= words_at_most:
        return html, False
    out: list[str] = []
    open_tags: list[str] = []
    left = words_at_most
    for token in _TOKEN.finditer(html[:html_at_most]):
        piece, tag = token[0], token[2]
        if piece in ("<", "&"):
            break
        if tag is None:
            length = 1 if piece[0] == "&" else len(piece)
            if length > left:
                out.append(piece[:left].rpartition(" ")[0] or piece[:left])
                break
            left -= length
        elif token[1]:
            open_tags.pop()
        elif tag not in _VOID:
            open_tags.append(tag)
        out.append(piece)
    else:
        if len(html) <= html_at_most:
            return html, False
    return "".join([*out, "…", *(f"</{tag}>" for tag in reversed(open_tags))]), True
