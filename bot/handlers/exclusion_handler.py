"""Use case: what is left out of every answer, until it is taken back.

In a channel or group chat it is so for all who read there. Each member may leave something out, as each may set up
a digest. The person who left it out may take it back, and the owners of the team.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.command import Ignore, IgnoredList, Name, ShowAgain, Usage
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.identity.exclusion import Exclusion
from bot.usage.addressed_buttons import is_shared
from bot.usage.command_buttons import ask_button, fill_button
from bot.usage.name_choice import which
from bot.usage.personal.ignored_customers import name_of
from bot.usage.personal.own_customers import ANOTHER
from bot.usage.query_plan import Unresolved, plan
from cards.views.answer_views import View
from cards.views.personal.ignored_view import IgnoredItem, IgnoredView


async def answer(command: Ignore | ShowAgain | IgnoredList, asked: HandlerContext) -> View:
    """Return what is left out, after the change.

    Raises StoreError, and what loading the names raises.
    """
    before = await asked.services.memory.exclusions.of(asked.caller)
    if isinstance(command, IgnoredList):
        return _shown("listed" if before else "empty", (), before, asked)
    held = _held(command.customers, before, asked) if isinstance(command, ShowAgain) else {}
    planned = plan(Usage(customers=tuple(each for each in command.customers if each not in held)), asked.names)
    if isinstance(planned, Unresolved):
        return which(planned, lambda question: replace(command, customers=(*held, *question.customers)))
    digests = isinstance(command, Ignore) and command.digests
    wanted = [Exclusion(each, digests, asked.caller.key) for each in planned.scope]
    wanted += [Exclusion(None, digests, asked.caller.key)] if command.trials else []
    if isinstance(command, Ignore):
        if nameless := [each for each in wanted if each.customer is not None and not each.customer.has_id]:
            return _shown("no_id", nameless, before, asked)
        return await _left_out(wanted, before, asked)
    return await _taken_back([*held.values(), *wanted], before, asked)


def _held(names: Sequence[Name], before: Sequence[Exclusion], asked: HandlerContext) -> dict[Name, Exclusion]:
    """Return those that are left out by their id or their name.

    What another person left out is found only if the reader can see the customer: its name is not confirmed else.
    """
    found: dict[Name, Exclusion] = {}
    seen = _seen(asked)
    own = [each for each in before if each.by == asked.caller.key or _label(each, seen) is not None]
    for name in names:
        entries = [(each, each.customer) for each in own if each.customer is not None]
        ids = [each for each, entry in entries if folded_id(entry.id) == folded_id(name.id or name.text)]
        called = [each for each, entry in entries if entry.name.casefold() == name.text.casefold()]
        if len(one := ids or called) == 1:
            found[name] = one[0]
    return found


async def _left_out(wanted: Sequence[Exclusion], before: Sequence[Exclusion], asked: HandlerContext) -> View:
    covered = {each.subject for each in before if not each.digests or wanted[0].digests}
    added = [each for each in wanted if each.subject not in covered]
    if not added:
        return _shown("there", wanted, before, asked)
    after = await asked.services.memory.exclusions.add(asked.caller, added)
    asked.services.recent.drop(asked.caller)
    there = {each.subject for each in after}
    if lost := [each for each in added if each.subject not in there]:
        return _shown("full", lost, after, asked)
    return _shown("added_digests" if added[0].digests else "added", added, after, asked)


async def _taken_back(wanted: Sequence[Exclusion], before: Sequence[Exclusion], asked: HandlerContext) -> View:
    subjects = {each.subject for each in wanted}
    found = [each for each in before if each.subject in subjects]
    if not found:
        return _shown("not_there", wanted, before, asked)
    theirs = [each for each in found if each.by != asked.caller.key]
    if is_shared(asked.here) and theirs and not await _owns_team(asked):
        return _shown("not_yours", theirs, before, asked)
    after = await asked.services.memory.exclusions.remove(asked.caller, found)
    asked.services.recent.drop(asked.caller)
    return _shown("back", found, after, asked)


async def _owns_team(asked: HandlerContext) -> bool:
    return asked.digests is not None and await asked.digests.owns_team(asked.caller, asked.here)


def _shown(state: str, changed: Sequence[Exclusion], after: Sequence[Exclusion], asked: HandlerContext) -> IgnoredView:
    """Return what is left out. Customers that the reader cannot see are counted and not named."""
    seen = _seen(asked)
    about = [each for each in changed if each.customer is not None]
    customers = [entry for each in about if (entry := _label(each, seen)) is not None]
    answers = state in ("back", "not_there") and customers
    items = tuple(item for each in after if (item := _item(each, seen)) is not None)
    return IgnoredView(
        state,
        tuple(dict.fromkeys(each.label for each in customers)),
        any(each.customer is None for each in changed),
        items,
        len(after),
        is_shared(asked.here),
        ask_button(Usage(customers=tuple(map(name_of, customers)))) if answers else None,
        fill_button(Ignore((ANOTHER,)), ANOTHER.text),
        unseen=len(after) - len(items),
        changed_unseen=len(about) - len(customers),
    )


def _seen(asked: HandlerContext) -> Mapping[str, Entry]:
    """Return the customers that the reader can see, by their folded ids."""
    return {folded_id(each.id): each for each in asked.names.entries(Dimension.CUSTOMER)}


def _label(each: Exclusion, seen: Mapping[str, Entry]) -> Entry | None:
    """Return the customer as the reader sees it, None if they do not."""
    return None if each.customer is None else seen.get(folded_id(each.customer.id))


def _item(each: Exclusion, seen: Mapping[str, Entry]) -> IgnoredItem | None:
    if each.customer is None:
        return IgnoredItem("", ask_button(ShowAgain(trials=True)), each.digests)
    customer = _label(each, seen)
    return None if customer is None else IgnoredItem(customer.label, ask_button(_back(customer)), each.digests)


def _back(customer: Entry) -> ShowAgain:
    return ShowAgain((name_of(customer),))


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("ignore", "show_again", "ignored_list"), answer)
