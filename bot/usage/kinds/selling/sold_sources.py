"""What is sold, used and ends, from each of its sources, as the caller.

A source that fails leaves its numbers unknown, with the reason. It fails none of the others.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from bot.concurrency.first_failure import gather_or_first_failure
from bot.domain.caller_zone import zone_of
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.domain.report_kind import ReportKind
from bot.domain.subscriptions import Subscription
from bot.errors import (
    AppOnlyRefusedError,
    ClaimsChallengeError,
    ConditionalAccessError,
    FactorNotPassedOnError,
    MfaRequiredError,
    PartnerCenterError,
    RoleMissingError,
    TokenRefusedError,
)
from bot.names.name_index import NameIndex
from bot.partner_center.subscriptions.fetched_subscriptions import FetchedSubscriptions
from bot.partner_center.usage_client import Progress
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.joins.deployed_products import BY as SOLD_BY
from bot.query.reports.usage_report import UsageReport
from bot.query.selling.renewal_lines import BY
from bot.query.usage_query import UsageQuery
from bot.usage.compared.day_progress import joined_progress
from bot.usage.distinct_entries import with_details
from bot.usage.error_view import error_view
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices

# What says something about who asks: no other source would answer either.
OF_THE_CALLER = (
    AppOnlyRefusedError,
    ClaimsChallengeError,
    ConditionalAccessError,
    FactorNotPassedOnError,
    MfaRequiredError,
    RoleMissingError,
    TokenRefusedError,
)
_NOT_THERE = "endpoint_missing"
_SOLD_DIMENSIONS = (Dimension.CUSTOMER, Dimension.PRODUCT, Dimension.CHANNEL)
# The report has services too, but a subscription is of none.
_SOLD_ALONE = (*_SOLD_DIMENSIONS, Dimension.SERVICE)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Troubled:
    """A source that failed: why, as a key `sold.problem.<problem>` of the locale."""

    problem: str


@dataclass(frozen=True, slots=True)
class SoldSources:
    """What each source answered.

    `live_trouble`: the live list of the only customer could not be read, and the subscriptions are from the analytics.
    `trials`: how many rows of the usage are of trials, and left out.
    """

    subscriptions: FetchedSubscriptions | Troubled
    usage: UsageReport | Troubled
    deployment: UsageReport | Troubled
    live_trouble: str = ""
    trials: int = 0

    def read_on(self, caller: Caller) -> date | None:
        """Return the caller's date when the subscriptions were read."""
        found = self.subscriptions
        return None if isinstance(found, Troubled) else found.read_at.astimezone(zone_of(caller)).date()


class SourceReader:
    """Reads the sources for one question.

    Every method raises NotSignedInError, and the PartnerCenterError that says something about the caller.
    """

    def __init__(self, plan: QueryPlan, caller: Caller, names: NameIndex, services: UsageServices) -> None:
        self._plan = plan
        self._caller = caller
        self._names = names
        self._services = services
        self._trials = 0

    async def sources(self, progress: Progress | None) -> SoldSources:
        """Return what all sources say. Raises the first failure if none of them answers."""
        first, second, third = joined_progress(progress, 3)
        sold: tuple[FetchedSubscriptions | PartnerCenterError | None, str] = None, ""

        async def reports() -> list[UsageReport | PartnerCenterError]:
            return await gather_or_first_failure((_tried(self.usage(first)), _tried(self._deployment(second))))

        async def subscriptions() -> list[UsageReport | PartnerCenterError]:
            nonlocal sold
            sold = await self._subscriptions(third)
            return []

        (usage, deployment), _ = await gather_or_first_failure((reports(), subscriptions()))
        found, trouble = sold
        if isinstance(usage, PartnerCenterError) and not isinstance(deployment, UsageReport) and _is_failure(found):
            raise usage
        return SoldSources(_known(found), _known(usage), _known(deployment), trouble, self._trials)

    @property
    def trials(self) -> int:
        """Return how many rows of trials were left out of the usage."""
        return self._trials

    async def reports(self, progress: Progress | None) -> tuple[UsageReport | Troubled, UsageReport | Troubled]:
        """Return usage, and what is sold. Raises the first failure if neither answers."""
        first, second = joined_progress(progress, 2)
        sold = self._deployment(second, _SOLD_ALONE)
        usage, deployment = await gather_or_first_failure((_tried(self.usage(first)), _tried(sold)))
        if isinstance(usage, PartnerCenterError) and isinstance(deployment, PartnerCenterError):
            raise usage
        return _known(usage), _known(deployment)

    async def usage(self, progress: Progress | None, day: date | None = None) -> UsageReport:
        """Return the usage of the names of the question, of a day or the newest."""
        query = UsageQuery(self._plan.query.expression, processed=day, trials=self._plan.query.trials)
        return await self._report(query, BY, progress)

    async def _deployment(
        self, progress: Progress | None, dimensions: tuple[Dimension, ...] = _SOLD_DIMENSIONS
    ) -> UsageReport:
        query = UsageQuery(named_in(self._plan, dimensions), report=ReportKind.DEPLOYMENT)
        return await self._report(query, SOLD_BY, progress)

    async def _report(self, query: UsageQuery, by: tuple[Dimension, ...], progress: Progress | None) -> UsageReport:
        fetch = self._services.partner_center.tally
        fetched = await fetch(self._caller, query, by, keep=query.expression, progress=progress)
        if query.processed is None:
            self._trials += fetched.tally.trials
        return with_details(fetched.tally.report(), self._names)

    async def _subscriptions(
        self, progress: Progress | None
    ) -> tuple[FetchedSubscriptions | PartnerCenterError | None, str]:
        """Return the subscriptions, and why they are not from the live list of the only customers."""
        client = self._services.subscriptions
        if client is None:
            return None, ""
        customers = [each for each in self._plan.scope if each.dimension is Dimension.CUSTOMER and each.has_id]
        if not customers:
            everybody = self._names.entries(Dimension.CUSTOMER)
            return await _tried(client.of_all(self._caller, progress, everybody)), ""
        found = await _tried(client.of_some(self._caller, customers, progress))
        if not isinstance(found, PartnerCenterError):
            return found, ""
        problem = error_view(found).problem
        others = await _tried(client.of_all(self._caller, progress))
        if isinstance(others, PartnerCenterError):
            return found, ""
        return others.only(each.id for each in customers), problem

    async def with_offers(
        self, subscriptions: tuple[Subscription, ...], progress: Progress | None
    ) -> tuple[Subscription, ...]:
        """Return the subscriptions with what was bought, as far as it can be looked up."""
        client = self._services.subscriptions
        return subscriptions if client is None else await client.with_offers(self._caller, subscriptions, progress)


async def _tried(read: Awaitable[Found]) -> Found | PartnerCenterError:
    try:
        return await read
    except OF_THE_CALLER:
        raise
    except PartnerCenterError as error:
        return error


def _is_failure(found: object) -> bool:
    return found is None or isinstance(found, PartnerCenterError)


def _known(found: Found | PartnerCenterError | None) -> Found | Troubled:
    if found is None:
        return Troubled(_NOT_THERE)
    return Troubled(error_view(found).problem) if isinstance(found, PartnerCenterError) else found


def named_in(plan: QueryPlan, dimensions: tuple[Dimension, ...]) -> Expression | None:
    """Return the filter on the names in these dimensions, None if there are none."""
    terms: list[Expression] = []
    for dimension in dimensions:
        some = tuple(Eq(dimension.id_field, each.id) for each in _of(plan.scope, dimension))
        if some:
            terms.append(some[0] if len(some) == 1 else Or(some))
        terms += [Ne(dimension.id_field, each.id) for each in _of(plan.without, dimension)]
    if len(terms) > 1:
        return And(tuple(terms))
    return terms[0] if terms else None


def _of(entries: tuple[Entry, ...], dimension: Dimension) -> list[Entry]:
    return [each for each in entries if each.dimension is dimension]


def without_query(plan: QueryPlan) -> QueryPlan:
    """Return the names of a plan, without its query: an answer keeps no more."""
    return replace(plan, query=UsageQuery(), by=BY, corrected=())
