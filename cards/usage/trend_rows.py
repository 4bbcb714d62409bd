"""The days of a trend: as a chart, or a row each. Pure.

A chart is newer than most clients, so it has rows as its fallback, and what it shows is in words below it.
"""

from collections.abc import Callable

from cards.elements import ChartPoint, ChartSeries, Column, ColumnSet, Container, Element, LineChart
from cards.parts.card_frame import figures_line, line, note
from cards.parts.share_text import bar
from cards.usage.trend_text import ACTIVE, day_label, height, number_of
from cards.views.kinds.trend_view import TrendPointView, TrendView
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

LABEL = "64px"
_BESIDE = 6  # characters that a phone has room for beside ten cells
_ALL = 100  # percent


def has_no_height(view: TrendView) -> bool:
    """Return True if a day has figures and no percentage.

    The line is of percentages, and 0% is something else.
    """
    return view.shares and any(each.figures is not None and each.figures.percent is None for each in view.known)


def trend_chart(view: TrendView, words: LocaleWords) -> Element:
    """Draw a line over the days, all of which have a height.

    What is qualified is a line of its own if it changes.
    """
    figures = [each.figures for each in view.known if each.figures is not None]
    if view.shares:
        series = [_series("share", view, words, lambda each: each.percent or 0)]
        most = _ALL
    else:
        series = [_series(view.measure, view, words, lambda each: height(each, view) or 0)]
        if view.measure == ACTIVE and len({each.qualified for each in figures}) > 1:
            series.append(_series("qualified", view, words, lambda each: each.qualified, "categoricalTeal"))
        most = max((max(height(each, view) or 0, each.qualified) for each in figures), default=1)
    title = words.say(f"trend.legend.{'share' if view.shares else view.measure}")
    rows = Container(items=trend_rows(view, words), spacing="medium")
    return LineChart(title=title, y_min=0, y_max=max(most, 1), data=series, spacing="medium", fallback=rows)


def _series(
    name: str, view: TrendView, words: LocaleWords, height: Callable[[Figures], int], color: str = "categoricalBlue"
) -> ChartSeries:
    values = [
        ChartPoint(x=day_label(each.day, view, words), y=height(each.figures))
        for each in view.known
        if each.figures is not None
    ]
    return ChartSeries(legend=words.say(f"trend.legend.{name}"), values=values, color=color)


def trend_rows(view: TrendView, words: LocaleWords) -> list[Element]:
    """Draw a row for each day, the newest first.

    It has a label, a bar and numbers, or says that there are no figures.
    """
    return [_row(each, view, words) for each in reversed(view.points)]


def _row(point: TrendPointView, view: TrendView, words: LocaleWords) -> Element:
    label = Column(width=LABEL, items=[note(day_label(point.day, view, words))])
    if point.figures is None:
        told = note(words.say(f"trend.gap.{point.gap}"))
        return ColumnSet(columns=[label, Column(width="stretch", items=[told])], spacing="small")
    cells = bar(point.figures) if view.shares or view.measure == ACTIVE else []
    number = figures_line(number_of(point.figures, view, words), weight="bolder")
    if view.measure != ACTIVE and not view.shares:  # a bar is the part in use
        return ColumnSet(columns=[label, Column(width="stretch", items=[number])], spacing="small")
    drawn = line(*cells) if cells else note(words.say("usage.not_available"))
    if not _fits_beside(view, words):
        number.spacing = "none"
        return ColumnSet(columns=[label, Column(width="stretch", items=[drawn, number])], spacing="small")
    columns = [label, Column(width="stretch", items=[drawn]), Column(width="auto", items=[number])]
    return ColumnSet(columns=columns, spacing="small")


def _fits_beside(view: TrendView, words: LocaleWords) -> bool:
    """Return True if the numbers of all rows have room beside their bars."""
    every = (number_of(each.figures, view, words) for each in view.known if each.figures is not None)
    return max(map(len, every), default=0) <= _BESIDE
