"""Use case: answer whom to call."""

import asyncio
from datetime import date, timedelta

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.errors import PartnerCenterError
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.query.reports.usage_report import UsageReport
from bot.query.selling.call_doubts import call_doubts
from bot.query.selling.call_list import CallFacts, call_list, uses_in
from bot.query.selling.call_rules import EARLIER
from bot.query.selling.line_choice import LineChoice, Window
from bot.usage.compared.day_progress import joined_progress
from bot.usage.kinds.selling.ask_renewals import asked_subscriptions, gaps_of, labels_of, lines_of, notes_of, trials_in
from bot.usage.kinds.selling.call_answer import CallAnswer
from bot.usage.kinds.selling.sold_sources import OF_THE_CALLER, SourceReader, Troubled, without_query
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices

_AHEAD = 60  # days in which what was bought is looked up first


async def ask_calls(
    command: Usage,
    planned: QueryPlan,
    caller: Caller,
    names: NameIndex,
    services: UsageServices,
    progress: Progress | None = None,
) -> CallAnswer:
    """Return the answer to a question with this plan.

    Raises NotSignedInError, and PartnerCenterError if no source answers or if it says something about who asks.
    """
    begun, today = services.recent.begin(), services.today(caller)
    reader = SourceReader(planned, caller, names, services)
    first, second = joined_progress(progress, 2)
    sources = await reader.sources(first)
    day = _earlier_day(sources.usage)
    earlier = None if day is None else await _earlier(reader, day, second)
    choice = LineChoice(today, Window(today, today + timedelta(days=_AHEAD)))
    subscriptions = await asked_subscriptions(sources, planned, choice, reader)

    def listed() -> CallAnswer:
        read_on = sources.read_on(caller)
        labels = labels_of(names)
        facts = CallFacts(
            lines_of(sources, subscriptions, labels, read_on),
            {} if isinstance(sources.usage, Troubled) else uses_in(sources.usage),
            None if earlier is None else uses_in(earlier),
            labels,
            today,
            of_workloads=any(each.dimension in (Dimension.WORKLOAD, Dimension.SERVICE) for each in planned.scope),
        )
        calls = call_list(facts, command.selection)
        most = len(calls) if command.order is None else command.order.count
        days = [] if earlier is None else [each.day for each in earlier.as_of]
        return CallAnswer(
            command, without_query(planned.with_trials(trials_in(sources, planned))), calls[:most], today,
            gaps_of(sources), notes_of(sources, read_on),
            min(days, default=None), dict(call_doubts(facts)), begun,
        )  # fmt: skip

    return await asyncio.to_thread(listed)


def _earlier_day(usage: UsageReport | Troubled) -> date | None:
    """Return the day from which a drop is measured: so many before the newest figures."""
    days = [] if isinstance(usage, Troubled) else [each.day for each in usage.as_of]
    return max(days) - timedelta(days=EARLIER) if days else None


async def _earlier(reader: SourceReader, day: date, progress: Progress | None) -> UsageReport | None:
    """Return the usage of an earlier day; None if it cannot be read: then no drop is known."""
    try:
        return await reader.usage(progress, day)
    except OF_THE_CALLER:
        raise
    except PartnerCenterError:
        return None
