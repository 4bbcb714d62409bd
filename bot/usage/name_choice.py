"""The view that asks which entry a name means. Pure.

It offers the entries of that name, or the nearest ones."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.commands.command import Command, Usage
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import Ambiguous
from bot.usage.command_buttons import ask_button, fill_button
from bot.usage.query_plan import Unresolved
from cards.views.answer_views import Choice, NoMatchView, PickerView

PICKER_CHOICES = 6


def which(
    unresolved: Unresolved, asked: Callable[[Usage], Command] = lambda usage: usage, *, most: int = PICKER_CHOICES
) -> PickerView | NoMatchView:
    """Return the view that asks which entry the name means.

    It offers at most `most` entries if the name is ambiguous, otherwise the nearest entries. `asked` makes the whole
    command from the question with the chosen entry.
    """
    found = unresolved.found
    other = fill_button(asked(unresolved.question), unresolved.name.text)
    if isinstance(found, Ambiguous):
        choices = _choices(unresolved, found.entries[:most], asked)
        return PickerView(unresolved.name.text, unresolved.dimension.value, choices, found.total, other)
    nearest = _choices(unresolved, found.nearest, asked)
    return NoMatchView(unresolved.name.text, unresolved.dimension.value, nearest, other)


def details_of(entries: Sequence[Entry]) -> list[str | None]:
    """Return what is shown beside each name.

    It is the dimension; of a customer, its id if two are called the same.
    """
    called = Counter(entry.label for entry in entries)
    return [
        entry.dimension.value
        if entry.dimension is not Dimension.CUSTOMER
        else (entry.id if called[entry.label] > 1 else None)
        for entry in entries
    ]


def _choices(unresolved: Unresolved, entries: Sequence[Entry], asked: Callable[[Usage], Command]) -> tuple[Choice, ...]:
    return tuple(
        Choice(entry.label, detail, ask_button(asked(unresolved.asking(entry)), replace=True))
        for entry, detail in zip(entries, details_of(entries), strict=True)
    )
