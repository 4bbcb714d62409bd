"""The points of a trend: figures of days, and gaps. Pure.

A gap is never filled in between, and never 0. The figures of an answer belong to the day they are of, whichever day was
asked for: if a service has nothing newer, it answers with older ones, and equal days are one point.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.licensing import Dimension, Entry
from bot.query.reports.day_figures import DayFigures
from bot.query.reports.usage_report import UsageReport
from bot.usage.kinds.trend.trend_days import TrendPlan


class GapKind(StrEnum):
    """Why a day has no figures.

    NONE: Partner Center has none. FAILED: it did not answer. INCOMPLETE: rows are missing or without figures, so the
    sums are not those of the other days.
    """

    NONE = "none"
    FAILED = "failed"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """What is known of the time up to `asked`: figures, or why there are none."""

    asked: date
    found: DayFigures | None = None
    gap: GapKind | None = None

    @property
    def day(self) -> date:
        """Return the day of the figures, else the one that was asked for."""
        return self.asked if self.found is None else self.found.day


def day_figures(report: UsageReport) -> DayFigures | GapKind:
    """Return the figures of a report, or why they are none.

    It is listed by workload and product.
    """
    if report.gaps.may_be_incomplete or report.gaps.unusable or report.gaps.unknown:
        return GapKind.INCOMPLETE
    if not report.rows or not report.as_of:
        return GapKind.NONE
    days = [each.day for each in report.as_of]
    oldest = min(days) if min(days) < max(days) else None
    members = {each: _members(report, each) for each in (Dimension.WORKLOAD, Dimension.PRODUCT)}
    found = members[Dimension.WORKLOAD], members[Dimension.PRODUCT]
    return DayFigures(max(days), report.total, *found, oldest=oldest)


def _members(report: UsageReport, dimension: Dimension) -> tuple[Entry, ...]:
    found = {
        row.entries[dimension].id.casefold(): row.entries[dimension] for row in report.rows if dimension in row.entries
    }
    return tuple(found.values())


def points_of(
    plan: TrendPlan, answers: Mapping[date, DayFigures | GapKind], kept: Iterable[DayFigures] = ()
) -> tuple[TrendPoint, ...]:
    """Return a point for each day of the plan, in its order.

    `answers` has what was found for each of these days. What Partner Center has goes before what was `kept`.
    """
    found = [each for each in answers.values() if isinstance(each, DayFigures)]
    old = list(kept)
    return tuple(_point(plan, at, answers, found, old) for at in range(len(plan.days)))


def _point(
    plan: TrendPlan,
    at: int,
    answers: Mapping[date, DayFigures | GapKind],
    found: Sequence[DayFigures],
    kept: Sequence[DayFigures],
) -> TrendPoint:
    asked = plan.days[at]
    for each in (found, kept):
        if (figures := _newest(each, plan.begin_of(at), asked)) is not None:
            return TrendPoint(asked, figures)
    answered = answers.get(asked, GapKind.FAILED)
    return TrendPoint(asked, gap=answered if isinstance(answered, GapKind) else GapKind.NONE)


def _newest(found: Sequence[DayFigures], first: date, last: date) -> DayFigures | None:
    return max((each for each in found if first <= each.day <= last), key=lambda each: each.day, default=None)


def is_of_several(points: Sequence[TrendPoint]) -> bool:
    """Return True if the figures are of several workloads.

    Also if each day has another one. Then no number of licenses can be compared: a license counts once in each of
    them.
    """
    figures = [each.found for each in points if each.found is not None]
    if any(each.figures.withheld for each in figures):
        return True
    named = {entry.id.casefold() for each in figures for entry in each.workloads or ()}
    return len(named) > 1


def came_and_went(points: Sequence[TrendPoint], dimension: Dimension) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Return what the last day has and the first had not, and the other way round.

    Both are days of which the members are known.
    """
    known = [
        members for each in points if each.found is not None and (members := _of(each.found, dimension)) is not None
    ]
    if len(known) < 2:
        return (), ()
    first, last = ({each.id.casefold(): each for each in members} for members in (known[0], known[-1]))
    came = tuple(entry for id_, entry in last.items() if id_ not in first)
    return came, tuple(entry for id_, entry in first.items() if id_ not in last)


def _of(found: DayFigures, dimension: Dimension) -> tuple[Entry, ...] | None:
    return found.workloads if dimension is Dimension.WORKLOAD else found.products
