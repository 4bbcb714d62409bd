"""The view that asks which entry a name means. Pure.

It offers the entries of that name, or the nearest ones."""

from collections.abc import Callable

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
        choices = tuple(_choice(unresolved, entry, asked) for entry in found.entries[:most])
        return PickerView(unresolved.name.text, unresolved.dimension.value, choices, found.total, other)
    nearest = tuple(_choice(unresolved, entry, asked) for entry in found.nearest)
    return NoMatchView(unresolved.name.text, unresolved.dimension.value, nearest, other)


def _choice(unresolved: Unresolved, entry: Entry, asked: Callable[[Usage], Command]) -> Choice:
    detail = entry.id if entry.dimension is Dimension.CUSTOMER else entry.dimension.value
    return Choice(entry.label, detail, ask_button(asked(unresolved.asking(entry)), replace=True))
