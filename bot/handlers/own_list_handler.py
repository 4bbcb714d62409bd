"""Use case: the customers that a person follows."""

from collections.abc import Mapping, Sequence

from bot.commands.command import Follow, MyCustomers, Name, Unfollow, Usage
from bot.domain.identifier import folded_id
from bot.domain.licensing import Entry
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.names.name_index import NameIndex
from bot.usage.command_buttons import ask_button
from bot.usage.name_choice import which
from bot.usage.personal.own_customers import OwnCustomers, another
from bot.usage.query_plan import Unresolved, plan
from cards.views.answer_views import View
from cards.views.personal.own_list_view import OwnCustomerView, OwnListView


async def answer(command: Follow | Unfollow | MyCustomers, asked: HandlerContext) -> View:
    """Return the list, after the change.

    Raises StoreError, and what loading the names raises.
    """
    followed, names = asked.services.memory.followed, asked.names
    before = await followed.of(asked.caller)
    if isinstance(command, MyCustomers):
        return _shown("listed", (), before, names)
    held = _held(command.customers, before) if isinstance(command, Unfollow) else {}
    planned = plan(Usage(customers=tuple(each for each in command.customers if each not in held)), names)
    if isinstance(planned, Unresolved):
        return which(planned, lambda question: type(command)((*held, *question.customers)))
    entries = (*held.values(), *planned.scope)
    if isinstance(command, Unfollow):
        after = await followed.change(asked.caller, (), entries)
        done = _among(entries, before)
        return _shown("removed" if done else "not_there", done or entries, after, names)
    after = await followed.change(asked.caller, entries, ())
    if lost := _without(entries, after):
        return _shown("full", lost, after, names)
    done = _without(entries, before)
    return _shown("added" if done else "there", done or entries, after, names)


def _held(names: Sequence[Name], own: Sequence[Entry]) -> dict[Name, Entry]:
    """Return those that are in the list by their id, or by a name that one of it has: they need not be seen."""
    found: dict[Name, Entry] = {}
    for name in names:
        ids = [each for each in own if folded_id(each.id) == folded_id(name.id or name.text)]
        called = [each for each in own if each.name.casefold() == name.text.casefold()]
        if len(one := ids or called) == 1:
            found[name] = one[0]
    return found


def _among(entries: Sequence[Entry], others: Sequence[Entry]) -> tuple[Entry, ...]:
    ids = {folded_id(each.id) for each in others}
    return tuple(each for each in entries if folded_id(each.id) in ids)


def _without(entries: Sequence[Entry], others: Sequence[Entry]) -> tuple[Entry, ...]:
    there = _among(entries, others)
    return tuple(each for each in entries if each not in there)


def _shown(state: str, changed: Sequence[Entry], followed: Sequence[Entry], names: NameIndex) -> OwnListView:
    own = OwnCustomers.of(followed, names)
    customers = [*(_line(each, seen=True) for each in own.seen), *(_line(each, seen=False) for each in own.gone)]
    usage = ask_button(Usage(mine=True)) if own.seen else None
    told = tuple(dict.fromkeys(each.label for each in changed))
    state = "empty" if state == "listed" and not customers else state
    return OwnListView(state, told, tuple(customers), len(customers), usage, another())


def _line(entry: Entry, *, seen: bool) -> OwnCustomerView:
    name = (Name(entry.name, id=entry.id),)
    return OwnCustomerView(entry.label, ask_button(Usage(customers=name)) if seen else None, ask_button(Unfollow(name)))


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("follow", "unfollow", "my_customers"), answer)
