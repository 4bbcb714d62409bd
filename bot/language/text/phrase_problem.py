"""A problem with some words of a sentence. Pure."""

from dataclasses import dataclass

from bot.commands.command import ParseProblem


@dataclass(frozen=True, slots=True)
class PhraseProblem:
    """The problem with the tokens from `start` up to `end`.

    The words of `expected` would be understood instead.
    """

    problem: ParseProblem
    start: int
    end: int
    expected: tuple[str, ...]
