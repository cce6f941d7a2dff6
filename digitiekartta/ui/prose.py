"""Running text that people wrote (Markdown) as safe HTML."""

from __future__ import annotations

import functools

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {
    "p", "br", "a", "em", "strong", "ul", "ol", "li", "blockquote", "code", "hr",
    "h2", "h3", "h4", "h5", "h6",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_parser = MarkdownIt("commonmark", {"html": False})


@functools.lru_cache(maxsize=4096)
def markdown(text: str, demote: int = 2) -> Markup:
    """Markdown as HTML with a small set of tags; raw HTML in the text is shown as text.

    Headings go down by ``demote`` levels, because the page already has its h1 and the section
    its h2. Whatever the parser lets through, the sanitiser decides.
    """
    tokens = _parser.parse(text)
    for token in tokens:
        _demote(token, demote)
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener"
    )
    return Markup(clean)  # noqa: S704 -- cleaned on the line above


def _demote(token: Token, levels: int) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(6, int(token.tag[1]) + levels)}"
