"""A question with the names under which it is stored, or shown. Pure.

A typed name may be unique today and ambiguous next month. So "usage for test" is stored with the name or id of the
entry that "test" meant when the digest was set up. A reader sees names, not ids.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from bot.commands.clauses import DIMENSIONS, NAME_CLAUSES, with_names
from bot.commands.command import Clause, Name, Usage
from bot.commands.documents.document_values import legible
from bot.domain.guid import pasted_guid
from bot.domain.licensing import Entry
from bot.language.reading.command_of import BY_ID
from bot.names.name_index import Unique
from bot.usage.query_plan import NameResolver, found_as, plan


def with_stable_names(question: Usage, directory: NameResolver) -> Usage:
    """Return the same question with full names, or ids if no name is unique.

    Every name of `question` must be unique: it must have a plan. Customers and products also keep their id, which
    stays valid when the name changes.
    """
    excluded = tuple((clause, _name(clause, name, directory)) for clause, name in question.excluded)
    named = replace(question, excluded=excluded)
    for clause in NAME_CLAUSES:
        named = with_names(named, clause, partial(_names, clause, directory=directory))
    return named if plan(named, directory) == plan(question, directory) else question


def _names(clause: Clause, names: tuple[Name, ...], directory: NameResolver) -> tuple[Name, ...]:
    return tuple(dict.fromkeys(_name(clause, name, directory) for name in names))


def _name(clause: Clause, name: Name, directory: NameResolver) -> Name:
    found = found_as(name, clause, directory)
    if not isinstance(found, Unique):
        return name
    identity = found.entry.id if found.entry.dimension in BY_ID and found.entry.id else None
    readable = (text for text in (found.entry.name, found.entry.label) if _means(text, found.entry, clause, directory))
    return Name(next(readable, found.entry.id), id=identity)


def _means(text: str, entry: Entry, clause: Clause, directory: NameResolver) -> bool:
    """Return True if `text` can be stored, and means `entry` and nothing else."""
    return legible(text) and directory.find(text, DIMENSIONS[clause]) == Unique(entry)


def readable_question(question: Usage, entries: Iterable[Entry]) -> Usage:
    """Return the question with names in place of ids, for a reader.

    `entries` are those that its names mean. A label is a name with what distinguishes it from others of that name.
    """
    labels = {entry.id.casefold(): entry.label for entry in entries if entry.dimension in BY_ID and entry.id}

    def readable(names: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(dict.fromkeys(_readable(name, labels) for name in names))

    excluded = tuple((clause, _readable(name, labels)) for clause, name in question.excluded)
    shown = replace(question, excluded=excluded)
    for clause in NAME_CLAUSES:
        shown = with_names(shown, clause, readable)
    return shown


def _readable(name: Name, labels: Mapping[str, str]) -> Name:
    label = labels.get(pasted_guid(name.text) or name.text.casefold(), "")
    return Name(label, id=name.id) if label and legible(label) else name
