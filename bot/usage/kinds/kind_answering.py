"""Use case: answer a question of another kind than figures."""

from dataclasses import replace
from typing import Any, cast

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.kinds.kind_answer import KindAnswer, ShownPart
from bot.usage.kinds.kind_table import KINDS
from bot.usage.personal.personal_plan import listed_plan
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView, NoMatchView, PickerView, View
from cards.views.personal.own_list_view import OwnListView
from cards.views.usage_views import ROWS_ON_CARD


async def ask_kind(
    command: Usage, caller: Caller, names: NameIndex, services: UsageServices, progress: Progress | None = None
) -> KindAnswer | PickerView | NoMatchView | ErrorView | OwnListView:
    """Return the answer, or a view that asks what a name means.

    A document of a newer release may ask for a kind that this one does not have. Raises PartnerCenterError and
    NotSignedInError.
    """
    made = KINDS.get(command.kind)
    if made is None:
        return ErrorView("kind_unknown")
    found = await listed_plan(command, caller, names, services)
    if not isinstance(found, tuple):
        return found
    planned, own = found
    if own is None:
        return await made.ask(command, planned, caller, names, services, progress)
    scope = (*planned.scope, *(each for each in own.seen if each not in planned.scope))
    answered = await made.ask(own.asked(command), replace(planned, scope=scope), caller, names, services, progress)
    return _of_own(answered, command, planned) if isinstance(answered, KindAnswer) else answered


def _of_own(answered: KindAnswer, command: Usage, planned: QueryPlan) -> KindAnswer:
    """Return the answer to `command`, which does not name the customers that it is about."""
    made: Any = answered  # a dataclass, with the fields that it shows as an answer
    return cast("KindAnswer", replace(made, command=command, plan=replace(answered.plan, scope=planned.scope)))


async def answer_kind(
    command: Usage,
    caller: Caller,
    names: NameIndex,
    services: UsageServices,
    progress: Progress | None,
    shown: int,
    start: int = 0,
) -> View:
    """Return the view of the rows up to `shown`, of which those from `start` are new.

    If rows are asked for that the caller saw lately, no request is sent. Raises what `ask_kind` raises.
    """
    part = ShownPart(shown, start, services.posts_digests, services.today(caller), caller.locale)
    recent = services.recent.find_answer(caller, command) if shown != ROWS_ON_CARD or start else None
    if isinstance(recent, KindAnswer):
        return recent.view(part)
    answered = await ask_kind(command, caller, names, services, progress)
    if not isinstance(answered, KindAnswer):
        return answered
    services.recent.keep(caller, command, answered, answered.begun)
    return answered.view(part)
