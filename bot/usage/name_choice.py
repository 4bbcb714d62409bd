"""Which of several names is meant, or which of the nearest: the question back as a view. Pure."""

from collections.abc import Callable

from bot.commands.command import Command, Usage
from bot.domain.licensing import Dimension, Entry
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import Ambiguous
from bot.usage.query_plan import Unresolved
from cards.views.answer_views import Choice, NoMatchView, PickerView
from cards.views.button_payload import AskButton

PICKER_CHOICES = 6


def which(
    unresolved: Unresolved, asked: Callable[[Usage], Command] = lambda usage: usage, *, most: int = PICKER_CHOICES
) -> PickerView | NoMatchView:
    """Ask back: which of several, `most` of them, or which of the nearest.

    `asked` makes the whole command of the question.
    """
    found = unresolved.found
    if isinstance(found, Ambiguous):
        choices = tuple(_choice(unresolved, entry, asked) for entry in found.entries[:most])
        return PickerView(unresolved.name.text, unresolved.dimension.value, choices, found.total)
    nearest = tuple(_choice(unresolved, entry, asked) for entry in found.nearest)
    return NoMatchView(unresolved.name.text, unresolved.dimension.value, nearest)


def _choice(unresolved: Unresolved, entry: Entry, asked: Callable[[Usage], Command]) -> Choice:
    question = sentence_of(asked(unresolved.asking(entry)))
    detail = entry.id if entry.dimension is Dimension.CUSTOMER else entry.dimension.value
    return Choice(entry.name, detail, AskButton(question, replace=True))
