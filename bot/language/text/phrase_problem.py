"""What is wrong with some words of a sentence. Pure."""

from dataclasses import dataclass

from bot.commands.command import ParseProblem


@dataclass(frozen=True, slots=True)
class PhraseProblem:
    """`problem` is with the tokens from `start` up to `end`; `expected` would work in their place."""

    problem: ParseProblem
    start: int
    end: int
    expected: tuple[str, ...]
