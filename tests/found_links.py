"""What a client would show in a text beside its letters, by a judge of its own.

Markdown with raw tags, and addresses that are links by themselves.
"""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

_CLIENT = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable("linkify")
_LETTERS = frozenset({"text", "softbreak", "paragraph_open", "paragraph_close", "inline", "text_special"})
_REACHING_OUT = frozenset({"link_open", "image", "html_inline", "html_block"})


def found_in(text: str) -> list[str]:
    """Return the links, pictures and tags in a text."""
    return [kind for kind in marked_up(text) if kind in _REACHING_OUT]


def marked_up(text: str) -> list[str]:
    """Return everything in a text that is not shown as it is."""
    return [token.type for token in _every(_CLIENT.parse(text)) if token.type not in _LETTERS]


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())
