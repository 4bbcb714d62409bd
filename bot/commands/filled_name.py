"""A command with another name in the place of one that was typed. Pure."""

from dataclasses import replace

from bot.commands.clauses import NAME_CLAUSES, with_names
from bot.commands.command import Command, Follow, Ignore, Name, NewDigest, Usage


def filled(command: Command, name: str, chosen: str) -> Command:
    """Return `command` with `chosen`, an id or a name, wherever `name` is.

    `name` is the text of a name, or its id.
    """
    if isinstance(command, NewDigest) and isinstance(command.question, Usage):
        return replace(command, question=_usage(command.question, name, chosen))
    if isinstance(command, Follow):
        return Follow(_swapped(command.customers, name, chosen))
    if isinstance(command, Ignore):
        return replace(command, customers=_swapped(command.customers, name, chosen))
    return _usage(command, name, chosen) if isinstance(command, Usage) else command


def _swapped(names: tuple[Name, ...], name: str, chosen: str) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(Name(chosen) if name in (each.text, each.id) else each for each in names))


def _usage(question: Usage, name: str, chosen: str) -> Usage:
    def swap(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return _swapped(names, name, chosen)

    excluded = tuple((clause, swap((each,))[0]) for clause, each in question.excluded)
    made = replace(question, excluded=excluded)
    for clause in NAME_CLAUSES:
        made = with_names(made, clause, swap)
    return made
