"""The pages of help, written in Markdown beside the templates and rendered once."""

from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown import markdown


def rendered(name: str) -> SafeString:
    """The HTML of templates/desk/NAME.md."""
    return _render(name) if settings.DEBUG else _render_once(name)


def _render(name: str) -> SafeString:
    words = (settings.BASE_DIR / "templates" / "desk" / f"{name}.md").read_text(encoding="utf-8")
    return mark_safe(markdown(words, extensions=["tables", "sane_lists"]))  # noqa: S308 - our own words


_render_once = lru_cache(maxsize=8)(_render)
