"""What was not understood, in lines of text with the place marked."""

from collections.abc import Iterator

from rich.cells import cell_len

from bot.cli.output.streams import printable
from cards.answers.problem_card import seats_in_words
from cards.draw import summary
from cards.views.answer_views import NotUnderstoodView
from cards.wording.locale_words import LocaleWords

# Characters of a long text that are shown around the mistake: the text has to stay on one line for the mark below it.
BEFORE, FOUND, AFTER = 30, 30, 10
ELLIPSIS = "…"


def lines(view: NotUnderstoodView, words: LocaleWords) -> Iterator[str]:
    """Yield the message, the text with a mark, and sentences that work.

    The mark is below the mistake. No character in the lines can control the terminal.
    """
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
    yield from (f"  {printable(each)}" for each in seats_in_words(view, words))
    if view.proposal is not None:
        yield f"  {words.say('problem.proposal')} {printable(view.proposal.text)}"
    for suggestion in view.suggestions:
        yield f"  try: {printable(suggestion.text)}"
