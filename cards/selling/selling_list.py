"""What lists of renewals, of calls and of sold licenses share. Pure."""

from collections.abc import Sequence
from typing import Protocol

from cards.elements import Column, ColumnSet, Element, Execute
from cards.parts.card_frame import IN_SIGHT, buttons, press
from cards.parts.long_list import Paging, hidden_note, page_note
from cards.views.button_payload import Action, MoreButton
from cards.views.page_window import first_page, next_page
from cards.wording.locale_words import LocaleWords

TAPPABLE = "44px"


class ListedView(Protocol):
    """A view of a list: its items, how many there are, and the way to the others."""

    @property
    def items(self) -> Sequence[object]:
        """The items that the view holds."""
        ...

    @property
    def matched(self) -> int:
        """The number of items that there are."""
        ...

    @property
    def more(self) -> MoreButton | None:
        """The way to the others."""
        ...


def list_row(columns: list[Column], opened: Execute | None, *, first: bool) -> Element:
    """Draw a row of a list, which a tap opens."""
    return ColumnSet(
        columns=columns,
        separator=not first or None,
        select_action=opened,
        min_height=TAPPABLE if opened else None,
        spacing="medium" if first else None,
    )


def list_foot(
    view: ListedView,
    first: int,
    end: int,
    paging: Paging,
    further: Sequence[tuple[str, Action | None]],
    words: LocaleWords,
) -> list[Element]:
    """Draw where in the list the items from `first` to `end` are, and buttons.

    First those to the other items, then those of `further` that lead somewhere.
    """
    after = next_page(view.more, first, end, view.matched, step=paging.step, most=paging.most) if view.items else None
    offered = [
        (words.say("usage.next", count=min(view.matched - end, paging.most)), after),
        (words.say("usage.first"), first_page(view.more, first, step=paging.step) if view.items else None),
        *further,
    ]
    shown = [(title, action) for title, action in offered if action is not None]
    row = buttons(*(press(title, action, secondary=at >= IN_SIGHT) for at, (title, action) in enumerate(shown)))
    return [
        *(page_note(first, end, view.matched, words) if view.items else []),
        *(hidden_note(after, end, view.matched, paging, words) if view.items else []),
        *([row] if row else []),
    ]
