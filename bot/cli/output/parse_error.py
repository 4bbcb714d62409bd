"""What was not understood, said on stderr with the place marked."""

import sys
from collections.abc import Iterator

from rich.cells import cell_len

from bot.cli.output.streams import as_line, printable
from bot.cli.output.view_json import view_as_json
from bot.commands.command import NotUnderstood
from bot.handlers.not_understood_view import not_understood
from cards.draw import summary
from cards.views.answer_views import NotUnderstoodView
from cards.wording.locale_words import LocaleWords

# What is shown of a long text around the place: it has to stay on one line for the mark below it.
BEFORE, FOUND, AFTER = 30, 30, 10
ELLIPSIS = "…"


def complain(text: str, problem: NotUnderstood, *, as_json: bool = False) -> None:
    """Say what is wrong, where, and what would work; on stdout too where a program wants to read it."""
    words, view = LocaleWords.load("en"), not_understood(text, problem)
    if as_json:
        print(as_line(view_as_json(view, words)))
    for line in lines(view, words):
        print(line, file=sys.stderr)


def lines(view: NotUnderstoodView, words: LocaleWords) -> Iterator[str]:
    """The message, the text with a mark below the place, and sentences that work. Nothing in them drives a terminal."""
    yield f"usagebot: {printable(summary(view, words))}"
    if view.found:
        start = max(0, min(view.at, len(view.text)))
        end = min(start + len(view.found), len(view.text))
        before, found, after = view.text[:start], view.text[start:end], view.text[end:]
        before = before if len(before) <= BEFORE else ELLIPSIS + before[-BEFORE:]
        found = found if len(found) <= FOUND else found[:FOUND] + ELLIPSIS
        after = after if len(after) <= AFTER else after[:AFTER] + ELLIPSIS
        before, found, after = printable(before), printable(found), printable(after)
        yield f"  {before}{found}{after}"
        yield f"  {' ' * cell_len(before)}{'^' * max(1, cell_len(found))}"
    for suggestion in view.suggestions:
        yield f"  try: {printable(suggestion.text)}"
