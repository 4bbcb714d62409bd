"""What was not understood, said on stderr with the place marked."""

import sys

from bot.commands.command import NotUnderstood
from bot.handlers.unclear import not_understood
from cards.draw import summary
from cards.words import Words


def complain(text: str, problem: NotUnderstood, words: Words | None = None) -> None:
    """Say what is wrong, where, and what would work."""
    words = words or Words.load("en")
    print(f"usagebot: {summary(not_understood(text, problem), words)}", file=sys.stderr)
    if "\n" not in text and problem.found:
        print(f"  {text}\n  {' ' * problem.at}{'^' * max(1, len(problem.found))}", file=sys.stderr)
    for suggestion in problem.suggestions:
        print(f"  try: {suggestion}", file=sys.stderr)
