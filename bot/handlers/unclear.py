"""A text that is no command -> the view that says so. Pure."""

from bot.commands.command import NotUnderstood
from cards.actions import Ask
from cards.views import NotUnderstoodView


def not_understood(text: str, command: NotUnderstood) -> NotUnderstoodView:
    """The view of a text that is no command."""
    suggestions = tuple(Ask(sentence) for sentence in command.suggestions)
    return NotUnderstoodView(text, command.problem.value, command.at, command.found, command.expected, suggestions)
