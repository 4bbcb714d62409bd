"""Use case: answer what renews, and when."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.domain.identifier import folded_id
from bot.domain.licensing import Dimension
from bot.domain.subscriptions import Subscription, SubscriptionGaps
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.query.joins.deployed_products import deployed_products
from bot.query.joins.joined_seats import DeployedProduct
from bot.query.joins.offer_skus import OfferSkus
from bot.query.reports.usage_report import UsageReport
from bot.query.selling.line_choice import LineChoice, Window, choose
from bot.query.selling.renewal_line import NumberSource, RenewalLine, WorkloadUse
from bot.query.selling.renewal_lines import named, product_of, renewal_lines, use_of
from bot.usage.kinds.selling.renewal_answer import RenewalAnswer
from bot.usage.kinds.selling.renewal_facts import SourceNote, choice_of
from bot.usage.kinds.selling.sold_sources import SoldSources, SourceReader, Troubled, without_query
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices


async def ask_renewals(
    command: Usage,
    planned: QueryPlan,
    caller: Caller,
    names: NameIndex,
    services: UsageServices,
    progress: Progress | None = None,
) -> RenewalAnswer:
    """Return the answer to a question with this plan.

    Raises NotSignedInError, and PartnerCenterError if no source answers or if it says something about who asks.
    """
    begun, today = services.recent.begin(), services.today(caller)
    reader = SourceReader(planned, caller, names, services)
    sources = await reader.sources(progress)
    choice = choice_of(command, planned, today)
    subscriptions = await asked_subscriptions(sources, planned, choice, reader)
    labels = labels_of(names)

    def joined() -> RenewalAnswer:
        lines = lines_of(sources, subscriptions, labels, sources.read_on(caller))
        chosen = choose(lines, choice)
        return RenewalAnswer(
            command,
            without_query(planned.with_trials(trials_in(sources, planned))),
            chosen.lines,
            chosen.matched,
            today,
            dict(chosen.undecided),
            gaps_of(sources),
            notes_of(sources, sources.read_on(caller)),
            use_of_lines(sources.usage, chosen.lines) if choice.alone else None,
            begun,
        )

    return await asyncio.to_thread(joined)


async def asked_subscriptions(
    sources: SoldSources, planned: QueryPlan, choice: LineChoice, reader: SourceReader
) -> tuple[Subscription, ...]:
    """Return the subscriptions with what was bought.

    Those of a customer that is left out are not there, nor are trials if they are left out.

    Looking that up takes a call for each customer, so it is done for the first to end of those that are asked for.
    """
    if isinstance(sources.subscriptions, Troubled):
        return ()
    left_out = _customers_without(planned)
    found = [
        each
        for each in sources.subscriptions.items
        if each.customer_id not in left_out and not (each.trial and not planned.query.trials)
    ]
    first = {customer: number for number, customer in enumerate(_soonest(found, choice))}
    found.sort(key=lambda each: first.get(each.customer_id, len(first)))
    asked = [each for each in found if each.customer_id in first]
    rest = found[len(asked) :]
    return (*await reader.with_offers(tuple(asked), None), *rest)


def trials_in(sources: SoldSources, planned: QueryPlan) -> int:
    """Return how many rows and subscriptions of trials there are.

    Those of customers that are left out are not counted.
    """
    found, gone = sources.subscriptions, _customers_without(planned)
    items = () if isinstance(found, Troubled) else found.items
    return sources.trials + sum(bool(each.trial) and each.customer_id not in gone for each in items)


def _customers_without(planned: QueryPlan) -> set[str]:
    return {folded_id(each.id) for each in planned.without if each.dimension is Dimension.CUSTOMER}


def _soonest(found: Iterable[Subscription], choice: LineChoice) -> Sequence[str]:
    """Return the customers whose subscriptions end in the days that are asked for, the first to end first."""
    window = choice.window or Window(choice.today, date.max)
    ends = [(each.end, each.customer_id) for each in found if each.end and window.first <= each.end <= window.last]
    return tuple(dict.fromkeys(customer for _, customer in sorted(ends)))


def lines_of(
    sources: SoldSources, subscriptions: Iterable[Subscription], labels: Mapping[str, str], read_on: date | None
) -> tuple[RenewalLine, ...]:
    """Return all lines of the sources, with the names that the reader knows."""
    sold: tuple[DeployedProduct, ...] = ()
    if not isinstance(sources.deployment, Troubled):
        sold = deployed_products(sources.deployment)
    usage = None if isinstance(sources.usage, Troubled) else sources.usage
    return named(renewal_lines(subscriptions, sold, usage, read_on, OfferSkus.packaged()), labels)


def labels_of(names: NameIndex) -> Mapping[str, str]:
    """Return what customers are called, by their folded ids."""
    return {folded_id(each.id): each.label for each in names.entries(Dimension.CUSTOMER) if each.has_id}


def use_of_lines(usage: UsageReport | Troubled, lines: Iterable[RenewalLine]) -> WorkloadUse | None:
    """Return the usage of the products of these lines.

    It is that of the workload with most active licenses, None if it is not known.
    """
    if isinstance(usage, Troubled):
        return None
    shown = {(each.customer_id, each.product_id) for each in lines if each.product_id}
    return use_of(row for row in usage.rows if product_of(row) in shown)


def gaps_of(sources: SoldSources) -> dict[str, int]:
    """Return what is missing in the subscriptions and reports, by name."""
    found: Counter[str] = Counter()
    if not isinstance(sources.subscriptions, Troubled):
        gaps: SubscriptionGaps = sources.subscriptions.gaps
        found.update(unusable=gaps.unusable, missing=gaps.missing, unread=len(gaps.unread_customers))
        found.update(incomplete=int(gaps.incomplete))
    found.update(report_gaps(sources.usage, sources.deployment))
    return {name: number for name, number in found.items() if number}


def report_gaps(*reports: UsageReport | Troubled) -> Mapping[str, int]:
    """Return what is missing in reports, by name."""
    found: Counter[str] = Counter()
    for report in reports:
        if not isinstance(report, Troubled):
            found.update(rows=report.gaps.missing + report.gaps.perhaps_missing, unknown_rows=report.gaps.unknown)
            found.update(incomplete=int(report.gaps.incomplete and not report.gaps.missing))
    return {name: number for name, number in found.items() if number}


def notes_of(sources: SoldSources, read_on: date | None) -> tuple[SourceNote, ...]:
    """Return the days of the sources, and why those have none that failed."""
    notes: list[SourceNote] = []
    if sources.live_trouble:
        notes.append(SourceNote(NumberSource.LIVE, problem=sources.live_trouble))
    found = sources.subscriptions
    if isinstance(found, Troubled):
        notes.append(SourceNote(NumberSource.ANALYTICS, problem=found.problem))
    else:
        notes.append(SourceNote(NumberSource(found.source.value), read_on))
    return (*notes, *report_notes(sources.usage, sources.deployment))


def report_notes(usage: UsageReport | Troubled, deployment: UsageReport | Troubled) -> tuple[SourceNote, ...]:
    """Return the days of the reports, or why they have none."""
    notes: list[SourceNote] = []
    for source, report in ((NumberSource.DEPLOYMENT, deployment), (NumberSource.USAGE, usage)):
        if isinstance(report, Troubled):
            notes.append(SourceNote(source, problem=report.problem))
            continue
        days = [each.day for each in report.as_of]
        notes.append(SourceNote(source, min(days, default=None), max(days, default=None), "" if days else "no_rows"))
    return tuple(notes)
