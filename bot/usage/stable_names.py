"""The question of a digest with the names under which it is stored. Pure.

A typed name may be unique today and ambiguous next month. So "usage for test" is stored with the name or id of the
entry that "test" meant when the digest was set up.
"""

from dataclasses import replace
from functools import partial

from bot.commands.clauses import DIMENSIONS, NAME_CLAUSES, with_names
from bot.commands.command import Clause, Name, Usage
from bot.commands.document_values import legible
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import Unique
from bot.usage.query_plan import NameResolver, found_as, plan

# Dimensions whose ids are not typed by accident. An id stays valid when the name changes.
BY_ID = frozenset({Dimension.CUSTOMER, Dimension.PRODUCT})


def with_stable_names(question: Usage, directory: NameResolver) -> Usage:
    """Return the same question with full names, or ids if a name is not unique.

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
    if _is_id(name, found.entry):
        return Name(name.text, id=identity)
    again = directory.find(found.entry.name, DIMENSIONS[clause])
    is_enough = again == Unique(found.entry) and legible(found.entry.name)
    return Name(found.entry.name if is_enough else found.entry.id, id=identity)


def _is_id(name: Name, entry: Entry) -> bool:
    return entry.dimension in BY_ID and name.text.casefold() == entry.id.casefold()
