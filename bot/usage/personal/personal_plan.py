"""Use case: the plan of a question, with the lists of the person who asks."""

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.names.name_index import NameIndex
from bot.usage.name_choice import which
from bot.usage.personal.ignored_customers import all_ignored
from bot.usage.personal.left_out import Ignored, is_all_left_out
from bot.usage.personal.own_customers import OwnCustomers, none_to_ask, own_customers
from bot.usage.query_plan import QueryPlan, Unresolved, plan
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import NoMatchView, PickerView
from cards.views.personal.own_list_view import OwnListView


async def personal_plan(
    command: Usage, caller: Caller, names: NameIndex, services: UsageServices
) -> QueryPlan | PickerView | NoMatchView | OwnListView:
    """Return the plan, or a view that asks what a name means. Raises StoreError."""
    found = await listed_plan(command, caller, names, services)
    return found[0] if isinstance(found, tuple) else found


async def listed_plan(
    command: Usage, caller: Caller, names: NameIndex, services: UsageServices
) -> tuple[QueryPlan, OwnCustomers | None] | PickerView | NoMatchView | OwnListView:
    """Return the plan, and the list that "my customers" means in it.

    The list is None if the question is not about it. Raises StoreError.
    """
    named = plan(command, names)
    if isinstance(named, Unresolved):
        return which(named)
    ignored = await ignored_by(caller, command, named, names, services)
    if not command.mine:
        return ignored.applied(named), None
    own = await own_customers(caller, names, services)
    if (nobody := none_to_ask(command, own)) is not None:
        return nobody
    own, ignored = ignored.own(own)
    if is_all_left_out(own, ignored, command):
        return all_ignored(ignored.customers)
    return ignored.noted(own.plan(command, named, names)), own


async def ignored_by(
    caller: Caller, command: Usage, named: QueryPlan, names: NameIndex | None, services: UsageServices
) -> Ignored:
    """Return what is left out of the answer to a question. Raises StoreError."""
    found = await services.memory.exclusions.of(caller)
    return Ignored.of(found, command, named, names, posted=caller.posts)
