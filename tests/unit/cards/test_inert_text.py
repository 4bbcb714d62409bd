"""Typed text becomes no link, picture, tag or mention, and reads as before."""

import pytest

from cards.parts.inert_text import BREAK, inert
from tests.found_links import found_in

HOSTILE = [
    "[x](http://evil.example)",
    "[x](//evil.example)",
    "[x]: http://evil.example\n\n[x]",
    "![x](https://evil.example/x.png)",
    "![x][y]\n\n[y]: https://evil.example/x.png",
    "<at>Ada</at>",
    "<a href=https://evil.example>x</a>",
    "<https://evil.example>",
    "<img src=x>",
    "https://evil.example",
    "HTTPS://evil.example",
    "//evil.example",
    "www.evil.com",
    "evil.com/x?y",
    "ada@evil.com",
    "mailto:ada@evil.com",
    "Contoso.com Ltd",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    assert found_in(text)
    assert found_in(inert(text)) == []
    assert inert(text).replace(BREAK, "") == text


@pytest.mark.parametrize("text", ["", "8:30, 12.5 % and 1,000.", "and/or", "3/4", "usage (last week): 50 %!", "a < b"])
def test_ordinary_text_stays(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_broken_once(text: str) -> None:
    assert inert(inert(text)) == inert(text)
