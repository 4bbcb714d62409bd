"""The figures of two days as a table in a terminal."""

from collections.abc import Callable, Sequence
from datetime import date

from rich.table import Table

from bot.cli.output.tables.usage_table import Side, drawn_table
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow
from bot.usage.compared.compared_figures import ComparedFigures
from bot.usage.compared.compared_view import compared_items
from bot.usage.usage_answer import UsageAnswer
from cards.parts.compared_text import item_change, leading_change
from cards.parts.day_text import differs
from cards.usage.usage_card import total_in_words
from cards.views.usage_views import Figures, UsageItem, UsageView
from cards.wording.locale_words import LocaleWords

NONE = "–"
_PLAIN = str.maketrans({"▲": "+", "▼": "-", "→": ">", "–": "-"})
Number = Callable[[Figures], int]


def compared_table(
    answer: UsageAnswer,
    compared: ComparedFigures,
    view: UsageView,
    words: LocaleWords,
    *,
    width: int = 80,
    ascii_only: bool = False,
) -> Table:
    """Return a table with one line per row of either day.

    A cell has both figures if they differ. `view` has the totals. Rows of the earlier day alone are last.
    """
    report = answer.report
    items = compared_items(report, compared)
    columns = _Columns(view, items, words)
    heads = [*(words.say(f"dimension.{each.value}").capitalize() for each in report.by), *columns.heads]
    rows = [*report.rows, *compared.gone]
    lines = [[*_names(row, report.by), *columns.cells(item)] for row, item in zip(rows, items, strict=True)]
    has_total = len(report.rows) > 1
    if has_total:
        names = [total_in_words(view, words), *[""] * (len(report.by) - 1)]
        lines.append([*names, *columns.total(view)])
    left: Side = "left"
    sides = [*(left for _ in report.by), *columns.sides]
    if ascii_only:
        lines = [[cell.translate(_PLAIN) for cell in line] for line in lines]
    return drawn_table(heads, sides, lines, width, total=has_total)


def _names(row: ReportRow, by: Sequence[Dimension]) -> list[str]:
    return [row.entries[each].label if each in row.entries else "" for each in by]


class _Columns:
    """The columns after the names: the change, then what it is made of."""

    def __init__(self, view: UsageView, items: Sequence[UsageItem], words: LocaleWords) -> None:
        self._words = words
        self._newest = view.newest
        several = view.total.several
        self._workload = several and "workload" not in view.by
        self._numbers: list[tuple[str, Number]] = [
            (words.say("terminal.unused"), lambda figures: figures.unused),
            (words.say("terminal.active"), lambda figures: figures.active),
            (words.say("terminal.qualified"), lambda figures: figures.qualified),
        ]
        if any(each.beyond for item in items for each in (item.figures, item.before) if each):
            self._numbers.append((words.say("terminal.beyond"), lambda figures: figures.beyond))
        self._dated = any(differs(item.days, view.newest) for item in items if item.change != "gone")
        self._unknown = any(item.unknown for item in items)

    @property
    def heads(self) -> list[str]:
        """Return the names of the columns."""
        words = self._words
        share = words.say("terminal.share.all" if self._workload else "terminal.share")
        workload = [words.say("dimension.workload").capitalize()] if self._workload else []
        unknown = [words.say("terminal.unknown")] if self._unknown else []
        dated = [words.say("terminal.as_of")] if self._dated else []
        numbers = [name for name, _ in self._numbers]
        return [words.say("terminal.change"), share, *workload, *numbers, *unknown, *dated]

    @property
    def sides(self) -> list[Side]:
        """Return the side of each column."""
        left: Side = "left"
        right: Side = "right"
        numbers = [right] * (len(self._numbers) + self._unknown)
        return [left, right, *[left] * self._workload, *numbers, *[left] * self._dated]

    def cells(self, item: UsageItem) -> list[str]:
        """Return the cells of a row."""
        gone, new = item.change == "gone", item.change == "new"
        before = item.figures if gone else item.before
        after = None if gone else item.figures
        pairs = self._pairs(before, after, alone=gone or new)
        return [item_change(item, self._words), *pairs, *self._rows_unknown(item), *self._days(item)]

    def total(self, view: UsageView) -> list[str]:
        """Return the cells of the total."""
        before = None if view.compared is None else view.compared.total
        change = "" if before is None else leading_change(before, view.total, self._words)
        return [change, *self._pairs(before, view.total), *[""] * (self._unknown + self._dated)]

    def _pairs(self, before: Figures | None, after: Figures | None, *, alone: bool = False) -> list[str]:
        words = self._words
        share = _pair(before, after, lambda each: words.percent(each.percent), alone=alone)
        named = after or before
        workload = [named.workload if named else ""] if self._workload else []
        if named is not None and named.several and not self._workload:
            return [share, *workload, *("" for _ in self._numbers)]
        if before is not None and after is not None and before.workload != after.workload:
            before = None  # numbers of another workload
        return [
            share,
            *workload,
            *(_pair(before, after, self._number(number), alone=alone) for _, number in self._numbers),
        ]

    def _number(self, number: Number) -> Callable[[Figures], str]:
        return lambda figures: self._words.number(number(figures))

    def _rows_unknown(self, item: UsageItem) -> list[str]:
        if not self._unknown:
            return []
        return [self._words.number(item.unknown) if item.unknown else ""]

    def _days(self, item: UsageItem) -> list[str]:
        if not self._dated:
            return []
        days: Sequence[date] = item.days if differs(item.days, self._newest) else ()
        return [" – ".join(self._words.date(day) for day in sorted({*days[:1], *days[-1:]}))]


def _pair(before: Figures | None, after: Figures | None, text: Callable[[Figures], str], *, alone: bool = False) -> str:
    """Return "62 → 48", or "62" if both are the same or one is not known; `alone`: one day has no such row."""
    earlier, later = (NONE if each is None else text(each) for each in (before, after))
    if alone:
        return f"{earlier} → {later}"
    return later if before is None or earlier == later else f"{earlier} → {later}"
