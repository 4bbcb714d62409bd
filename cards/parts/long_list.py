"""Which part of a long list a card shows, and the way to the rest of it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from cards.elements import Element
from cards.parts.card_frame import Rendered, buttons, note, press
from cards.parts.card_size import BUDGET, fit, size
from cards.views.button_payload import MoreButton
from cards.views.page_window import first_page, next_page, skipped
from cards.wording.locale_words import LocaleWords


@dataclass(frozen=True, slots=True)
class Paging:
    """How a long list is paged.

    A card grows by `step` items while at most `most` fit. `hidden` is the key of the text for items without a button.
    """

    step: int
    most: int
    hidden: str


def drawn(
    draw: Callable[[int, int], Rendered], start: int, fresh: int, held: int, most: int, words: LocaleWords
) -> Rendered:
    """Draw all items if they fit, else those that were not shown before.

    As many as fit. `draw` takes how many of the `held` items of a view to skip, and how many to draw. The first of
    them has position `start`; those from position `fresh` are new.
    """
    if held <= most and size(card := draw(0, held)) < BUDGET:
        return card
    before = skipped(start, fresh, held)
    return fit(lambda count: draw(before, count), min(held - before, most), words)


def page_foot(
    more: MoreButton | None, first: int, end: int, matched: int, paging: Paging, words: LocaleWords
) -> list[Element]:
    """Draw where in the list the items from `first` to `end` are.

    Below that the buttons to the others. Without a button, say how many are not there.
    """
    after = next_page(more, first, end, matched, step=paging.step, most=paging.most)
    return [
        *page_note(first, end, matched, words),
        *_page_buttons(after, first_page(more, first, step=paging.step), words),
        *hidden_note(after, end, matched, paging, words),
    ]


def page_note(first: int, end: int, matched: int, words: LocaleWords) -> list[Element]:
    """Draw where in the list the items from `first` to `end` are, if they are not all."""
    if matched <= end - first:
        return []
    return [note(_positions(first, end, matched, words), spacing="medium", separator=True)]


def hidden_note(after: MoreButton | None, end: int, matched: int, paging: Paging, words: LocaleWords) -> list[Element]:
    """Draw how many items are left, if there is no button `after` to them."""
    if after is not None or matched <= end:
        return []
    return [note(words.say(paging.hidden, count=matched - end), spacing="small")]


def _positions(first: int, end: int, matched: int, words: LocaleWords) -> str:
    """Return "12 of 214 shown", or "13 to 24 of 214 shown" if the first is not there."""
    if first:
        return words.say("usage.shown.from", first=first + 1, last=end, matched=matched)
    return words.say("usage.shown", shown=end, matched=matched)


def _page_buttons(after: MoreButton | None, start: MoreButton | None, words: LocaleWords) -> list[Element]:
    """Draw the buttons to the next rows and back to the first ones."""
    titles = ((after, "usage.more"), (start, "usage.first"))
    row = buttons(*(press(words.say(title), action) for action, title in titles if action is not None))
    return [row] if row else []
