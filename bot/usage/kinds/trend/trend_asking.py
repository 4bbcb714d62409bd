"""Use case: fetch the figures of several days as the caller."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from bot.commands.command import Usage
from bot.concurrency.first_failure import gather_or_first_failure
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.errors import (
    AccessDeniedError,
    ClaimsChallengeError,
    FactorNotPassedOnError,
    MfaRequiredError,
    PartnerCenterError,
    TokenRefusedError,
)
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import FetchedUsage, Progress
from bot.query.filters.row_selection import EVERYTHING
from bot.query.reports.day_figures import DayFigures
from bot.usage.compared.day_progress import joined_progress
from bot.usage.kinds.kind_answer import KindMaker
from bot.usage.kinds.trend.packed_trend import unpacked
from bot.usage.kinds.trend.trend_answer import TrendAnswer
from bot.usage.kinds.trend.trend_days import most_days, trend_plan
from bot.usage.kinds.trend.trend_points import GapKind, day_figures, points_of
from bot.usage.memory.seen_figures import keep_seen, scope_of
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView

BY = (Dimension.WORKLOAD, Dimension.PRODUCT)
AT_ONCE = 4  # requests for earlier days
FAILURES = 3  # after so many days without an answer, no other day is asked for
# They are about the person, not about a day: an answer with gaps would hide them.
_OF_PERSON = (AccessDeniedError, ClaimsChallengeError, FactorNotPassedOnError, MfaRequiredError, TokenRefusedError)


async def ask(
    command: Usage,
    planned: QueryPlan,
    caller: Caller,
    names: NameIndex,  # noqa: ARG001 - as the other kinds
    services: UsageServices,
    progress: Progress | None = None,
) -> TrendAnswer | ErrorView:
    """Return the answer to a question with this plan.

    A stored question may have parts that no trend has: they are not left out silently. Raises PartnerCenterError and
    NotSignedInError if the newest figures cannot be had; an earlier day is then a gap.
    """
    if _has_lines(command):
        return ErrorView("trend_lines")
    begun = services.recent.begin()
    newest = await services.partner_center.tally(caller, planned.query, BY, keep=planned.query.expression)
    answered = day_figures(newest.tally.report())
    last = _newest_day(newest) or command.day or services.today(caller)
    planned = planned.with_trials(newest.tally.trials)
    days = trend_plan(command, last, most_days(newest.pages))
    earlier = await _EarlierDays(caller, services, planned).ask(days.days[:-1], progress)
    if isinstance(answered, DayFigures):
        services.directories.saw(caller, answered.day)
    found = {**earlier, last: answered}
    forgotten = services.recent.is_forgotten(caller, begun)
    may_see = isinstance(answered, DayFigures) and not forgotten
    seen = await _seen(caller, services, planned, found, begun) if may_see else ()
    points = points_of(days, found, seen)
    return TrendAnswer(command, planned, days, points, begun)


def _has_lines(command: Usage) -> bool:
    """Return True if the question asks for more than one line of usage."""
    narrowed = command.selection != EVERYTHING or command.order is not None
    return narrowed or bool(command.by) or command.versus is not None or command.seats is not None


async def _seen(
    caller: Caller,
    services: UsageServices,
    planned: QueryPlan,
    found: Mapping[date, DayFigures | GapKind],
    begun: int,
) -> Sequence[DayFigures]:
    """Return what the caller saw of the same earlier, and keep what was found now.

    Only if the caller's own token has just fetched the newest figures of it.
    """
    scope, kept = scope_of(planned), services.memory.figures
    if scope is None:
        return ()
    is_forgotten = partial(services.recent.is_forgotten, caller, begun)
    days = dict.fromkeys(each for each in found.values() if isinstance(each, DayFigures))
    if not await keep_seen(kept, caller, scope, days, is_forgotten):
        return ()
    seen = await kept.of(caller, scope)
    return () if is_forgotten() else seen


def _newest_day(fetched: FetchedUsage) -> date | None:
    """Return the newest day of the figures, also of those that are not complete."""
    return max((each.day for each in fetched.tally.report().as_of), default=None)


class _EarlierDays:
    """Asks for the figures of earlier days, a few at once."""

    def __init__(self, caller: Caller, services: UsageServices, planned: QueryPlan) -> None:
        self._caller = caller
        self._services = services
        self._planned = planned
        self._room = asyncio.Semaphore(AT_ONCE)
        self._failed = 0

    async def ask(self, days: Sequence[date], progress: Progress | None) -> dict[date, DayFigures | GapKind]:
        """Return what was found for each day. The newest days are asked for first."""
        wanted = list(reversed(days))
        tells = joined_progress(progress, len(wanted))
        found = await gather_or_first_failure(self._figures(day, tell) for day, tell in zip(wanted, tells, strict=True))
        return dict(zip(wanted, found, strict=True))

    async def _figures(self, day: date, progress: Progress | None) -> DayFigures | GapKind:
        async with self._room:
            if self._failed >= FAILURES:
                return GapKind.FAILED
            query = replace(self._planned.query, processed=day)
            try:
                fetched = await self._services.partner_center.tally(
                    self._caller, query, BY, keep=query.expression, progress=progress
                )
            except _OF_PERSON:
                raise
            except PartnerCenterError:
                self._failed += 1
                return GapKind.FAILED
            return day_figures(fetched.tally.report())


def unpack(data: bytes) -> TrendAnswer | None:
    """Return the answer that `TrendAnswer.packed` wrote; None for anything else."""
    parts = unpacked(data)
    return None if parts is None else TrendAnswer(*parts)


TREND = KindMaker(ask, unpack)
