"""The view of a text that is no command. Pure."""

from datetime import date

from bot.commands.command import NotUnderstood
from bot.language.sentence.name_spans import NameLookup
from bot.language.sentence.parser import parse
from bot.usage.command_buttons import ask_button
from cards.views.answer_views import NotUnderstoodView, Suggestion


def not_understood(
    text: str, command: NotUnderstood, today: date = date.max, knows: NameLookup | None = None
) -> NotUnderstoodView:
    """Return the view of a text that is no command.

    `today` and `knows` are those that the text was parsed with.
    """
    read = ((sentence, parse(sentence, today=today, knows=knows)) for sentence in command.suggestions)
    suggestions = tuple(
        Suggestion(sentence, ask_button(found)) for sentence, found in read if not isinstance(found, NotUnderstood)
    )
    return NotUnderstoodView(text, command.problem.value, command.at, command.found, command.expected, suggestions)
