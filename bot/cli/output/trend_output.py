"""A trend in the terminal, and as JSON and CSV for programs."""

from bot.export.csv_file import csv_text
from bot.programs.trend_json import COLUMNS, trend_fields
from cards.draw import summary
from cards.parts.share_text import EMPTY, FULL, full_cells, share_in_words, short_in_words
from cards.usage.trend_text import ACTIVE, explained, number_of
from cards.views.kinds.trend_view import TrendPointView, TrendView
from cards.wording.locale_words import LocaleWords

CELLS = 20


def trend_as_text(view: TrendView, words: LocaleWords) -> list[str]:
    """Return a line with a bar for each day, between a summary and explanations."""
    days = [words.date(each.day) for each in view.points]
    wide = max(map(len, days), default=0)
    rows = [f"{day:>{wide}}  {_bar(each, view, words)}" for day, each in zip(days, view.points, strict=True)]
    return [summary(view, words), *rows, *explained(view, words)]


def _bar(point: TrendPointView, view: TrendView, words: LocaleWords) -> str:
    if point.figures is None:
        return f"{'':{CELLS}}  {words.say(f'trend.gap.{point.gap}')}"
    if view.measure != ACTIVE and not view.shares:
        return f"{'':{CELLS}}  {number_of(point.figures, view, words)}"
    percent = point.figures.percent
    full = 0 if percent is None else full_cells(percent, CELLS)
    cells = "" if percent is None else FULL * full + EMPTY * (CELLS - full)
    told = share_in_words(point.figures, words) if view.shares else short_in_words(point.figures, words)
    share = "" if view.shares else f"{words.percent(percent):>5}  "
    return f"{cells:{CELLS}}  {share}{told}"


def trend_as_csv(view: TrendView) -> str:
    """Return a line of column names, then a line for each day; an empty cell is null."""
    rows = [trend_fields(each) for each in view.points]
    return csv_text([COLUMNS, *(tuple(row[name] for name in COLUMNS) for row in rows)])
