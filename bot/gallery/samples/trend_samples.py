"""Answers that show how figures developed. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.gallery.samples.digest_times import MONDAYS
from bot.gallery.samples.sample_figures import of_workloads, shown
from bot.gallery.samples.sample_parts import ask
from cards.views.answer_views import View
from cards.views.kinds.kind_digest_view import KindDigestView
from cards.views.kinds.trend_view import TrendPointView, TrendView
from cards.views.usage_views import AgeView, CorrectionView, Narrowing

NEWEST = date(2018, 10, 28)
FELL = (81, 79, 74, 70, 66, 62)
MONTHS = tuple(date(2018, month, 28) for month in range(5, 11))
WEEKS = tuple(NEWEST - timedelta(days=7 * back) for back in range(13, -1, -1))


def _points(active: Sequence[int], qualified: Sequence[int]) -> tuple[TrendPointView, ...]:
    figures = map(shown, active, qualified)
    return tuple(TrendPointView(day, each) for day, each in zip(MONTHS, figures, strict=True))


FALLING = TrendView(
    question="trend for TEST COMPANY on Exchange",
    scope=("TEST COMPANY", "Exchange"),
    narrowed=(),
    points=_points(FELL, (100,) * 6),
    step="month",
    shorter=ask("trend for TEST COMPANY on Exchange since 2018-07-28"),
    longer=ask("trend for TEST COMPANY on Exchange since 2017-10-28"),
    stepped=ask("trend for TEST COMPANY on Exchange by week"),
    usage=ask("usage for TEST COMPANY on Exchange"),
    digest=ask("digest trend for TEST COMPANY on Exchange"),
)
_RISEN = replace(FALLING, points=_points((81, 90, 101, 118, 131, 140), (100, 120, 120, 120, 150, 150)))
_WITHOUT = (
    TrendPointView(MONTHS[0], shown(81, 100), seen=date(2018, 6, 2)),
    TrendPointView(MONTHS[1], gap="none"),
    TrendPointView(MONTHS[2], shown(74, 100)),
    TrendPointView(MONTHS[3], gap="failed"),
    TrendPointView(MONTHS[4], gap="incomplete"),
    TrendPointView(MONTHS[5], shown(62, 100)),
)
_SEVERAL = tuple(
    TrendPointView(day, of_workloads(("Teams", 62 + 2 * at, 100), ("Exchange", 90, 100)))
    for at, day in enumerate(MONTHS)
)

TREND_SAMPLES: dict[str, View] = {
    "trend": FALLING,
    "trend_qualified": replace(
        _RISEN,
        narrowed=(Narrowing("since", day=date(2018, 5, 1)),),
        corrected=(CorrectionView("exchnge", "Exchange"),),
        gone=("OFFICE 365 ENTERPRISE E1",),
        came=("OFFICE 365 ENTERPRISE E3", "EXCHANGE ONLINE PROTECTION"),
    ),
    "trend_unused": replace(
        FALLING,
        question="trend unused licenses for TEST COMPANY on Exchange",
        measure="unused",
        age=AgeView("months", 4),
    ),
    "trend_mixed": replace(
        FALLING,
        points=(*FALLING.points[:-1], replace(FALLING.points[-1], oldest=NEWEST - timedelta(days=7))),
        measure="share",
    ),
    "trend_gaps": replace(FALLING, points=_WITHOUT),
    "trend_several": replace(
        FALLING,
        scope=("TEST COMPANY",),
        points=_SEVERAL,
        several=True,
        measure="unused",
        came=("Teams",),
        gone=("Yammer",),
    ),
    "trend_weeks": replace(
        FALLING,
        points=tuple(TrendPointView(day, shown(600 + at, 12_345)) for at, day in enumerate(WEEKS)),
        step="week",
        every=2,
        narrowed=(Narrowing("since", day=date(2018, 4, 1)),),
    ),
    "trend_one": replace(FALLING, points=(TrendPointView(NEWEST, shown(62, 100)),), outside=True),
    "trend_nothing": replace(FALLING, points=tuple(TrendPointView(day, gap="none") for day in MONTHS)),
    "digest_trend": KindDigestView(
        5, FALLING, MONDAYS, "Robin Sample", open=ask("open digest 5"), settings=ask("change digest 5")
    ),
}
