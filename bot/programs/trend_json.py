"""A trend as JSON, for programs.

The keys are stable; QUESTIONS.md describes them.
"""

from cards.views.kinds.trend_view import TrendPointView, TrendView
from cards.views.usage_views import Figures

COLUMNS = ("day", "percent", "active", "qualified", "unused", "beyond", "workload", "gap", "seenOn", "oldest")


def trend_as_json(view: TrendView) -> dict[str, object]:
    """Return the trend as a JSON object.

    `{"question", "step", "every", "several", "measure", "points", "came", "gone"}`. A point is a row of the CSV: its
    numbers are null if the day has no figures (`gap`), or if they are of several workloads, of which only `percent` is
    known, a whole number. `active` is as the service says. `seenOn` is the day on which the bot saw figures that it
    kept, null for those of Partner Center. `oldest` is the oldest day of services with other days, null if there are
    none. `measure` is the number that was asked for.
    """
    return {
        "question": view.question,
        "step": view.step,
        "every": view.every,
        "several": view.several,
        "measure": view.measure,
        "points": [trend_fields(each) for each in view.points],
        "came": list(view.came),
        "gone": list(view.gone),
    }


def trend_fields(point: TrendPointView) -> dict[str, str | int | None]:
    """Return a point as a row of the CSV, in the order of its columns."""
    fields = dict.fromkeys(COLUMNS) if point.figures is None else _numbers(point.figures)
    seen = None if point.seen is None else point.seen.isoformat()
    oldest = None if point.oldest is None else point.oldest.isoformat()
    every = {**fields, "day": point.day.isoformat(), "gap": point.gap or None, "seenOn": seen, "oldest": oldest}
    return {name: every[name] for name in COLUMNS}


def _numbers(figures: Figures) -> dict[str, str | int | None]:
    """Return the figures of a day: of several workloads the percentage, and the name of the one with most unused."""
    known = not figures.several
    return {
        "percent": figures.percent,
        "active": figures.active + figures.beyond if known else None,
        "qualified": figures.qualified if known else None,
        "unused": figures.unused if known else None,
        "beyond": figures.beyond if known else None,
        "workload": figures.workload or None,
    }
