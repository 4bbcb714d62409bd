"""The view of a text that is no command. Pure."""

from bot.commands.command import NotUnderstood
from cards.views.answer_views import NotUnderstoodView
from cards.views.button_payload import AskButton


def not_understood(text: str, command: NotUnderstood) -> NotUnderstoodView:
    """Return the view that says why the text was not understood, with suggestions."""
    suggestions = tuple(AskButton(sentence) for sentence in command.suggestions)
    return NotUnderstoodView(text, command.problem.value, command.at, command.found, command.expected, suggestions)
