"""Use case: answer how many of the sold licenses are used."""

import asyncio

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.query.joins.deployed_products import deployed_products
from bot.query.joins.offer_skus import OfferSkus
from bot.query.reports.usage_report import UsageReport
from bot.query.selling.renewal_lines import named, renewal_lines
from bot.query.selling.sold_choice import BOTH, SoldChoice, chosen_uses
from bot.query.selling.sold_use import NotKnown
from bot.usage.kinds.selling.ask_renewals import labels_of, report_gaps, report_notes
from bot.usage.kinds.selling.sold_sources import SourceReader, Troubled, without_query
from bot.usage.kinds.selling.sold_use_answer import SoldUseAnswer
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices


async def ask_sold_use(
    command: Usage,
    planned: QueryPlan,
    caller: Caller,
    names: NameIndex,
    services: UsageServices,
    progress: Progress | None = None,
) -> SoldUseAnswer:
    """Return the answer to a question with this plan.

    Both reports are read at once; one that fails leaves its numbers unknown. Raises NotSignedInError, and
    PartnerCenterError if neither answers or if it says something about who asks.
    """
    begun, today = services.recent.begin(), services.today(caller)
    reader = SourceReader(planned, caller, names, services)
    usage, deployment = await reader.reports(progress)

    def joined() -> SoldUseAnswer:
        sold = () if isinstance(deployment, Troubled) else deployed_products(deployment)
        used = None if isinstance(usage, Troubled) else usage
        lines = named(renewal_lines((), sold, used, None, OfferSkus.packaged()), labels_of(names))
        failed = _without_report(usage, deployment)
        chosen = chosen_uses(lines, choice_of(command, planned))
        counted = {
            **{f"gap.{name}": number for name, number in report_gaps(usage, deployment).items()},
            **{reason.value: number for reason, number in chosen.missing.items() if reason not in failed},
            **{reason.value: number for reason, number in chosen.undecided.items()},
        }
        notes = report_notes(usage, deployment)
        kept = without_query(planned.with_trials(reader.trials))
        return SoldUseAnswer(command, kept, chosen.lines, chosen.matched, today, counted, notes, begun)

    return await asyncio.to_thread(joined)


def _without_report(usage: UsageReport | Troubled, deployment: UsageReport | Troubled) -> set[NotKnown]:
    """Return what no product has because its report failed, which is said once."""
    reports = ((NotKnown.WITHOUT_USE, usage), (NotKnown.NOT_SOLD, deployment))
    return {lack for lack, report in reports if isinstance(report, Troubled)}


def choice_of(command: Usage, planned: QueryPlan) -> SoldChoice:
    """Return which lines a question asks for.

    If it does not say by what they are listed: by product of one customer, else by customer. "My
    customers" are listed by customer, even if it is one.
    """
    customers = [each for each in planned.scope if each.dimension is Dimension.CUSTOMER]
    alone = len(customers) == 1 and planned.own is None
    by = command.by or (tuple(BOTH) if alone else (Dimension.CUSTOMER,))
    return SoldChoice(by, _products(planned.scope), _products(planned.excluded), command.selection, command.order)


def _products(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(folded_id(each.id) for each in entries if each.dimension is Dimension.PRODUCT)
