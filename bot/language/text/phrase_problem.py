"""What is wrong with some words of a sentence. Pure."""

from dataclasses import dataclass

from bot.commands.command import Problem


@dataclass(frozen=True, slots=True)
class Trouble:
    """`problem` is with the tokens from `start` up to `end`; `expected` would work in their place."""

    problem: Problem
    start: int
    end: int
    expected: tuple[str, ...]
