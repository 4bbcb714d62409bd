"""The figures of an answer as a table in a terminal.

Names come from customers: characters that could control a terminal are removed, and no name is markup.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from bot.cli.output.streams import printable
from bot.commands.command import Usage
from bot.domain.figures import LicenseMeasure
from bot.query.reports.usage_report import ReportRow
from bot.usage.shown_figures import row_figures
from bot.usage.usage_answer import UsageAnswer
from cards.parts.day_text import differs
from cards.parts.share_text import full_cells
from cards.usage.usage_card import total_in_words
from cards.views.usage_views import Figures, UsageView
from cards.wording.locale_words import LocaleWords

BAR_CELLS = 12
BAR_FROM = 100  # columns: with fewer, the names need the width
# Cells: a longer word of a name may be broken, like the domain of a customer. The first that leaves room is taken.
LONGEST_WORDS = (18, 14, 10)

# The text of a cell from the figures of a line and its row (None: the total); a column is its name, its side and its
# cells.
Side = Literal["left", "right"]
Cell = Callable[[Figures, ReportRow | None], str]
Column = tuple[str, Side, Cell]


def usage_table(
    answer: UsageAnswer, view: UsageView, words: LocaleWords, *, width: int = 80, ascii_only: bool = False
) -> Table:
    """Return a table with one line per row of the report, for `width` columns.

    `view` has the total. Names are text, never markup.
    """
    report = answer.report
    shown = row_figures(report.rows, report)
    signs = "" if width < BAR_FROM else "#." if ascii_only else "█░"
    columns = [
        *_columns(view, shown, words, signs, most_unused=_names_most_unused(answer.command)),
        *_remarks(report.rows, view.newest, words),
    ]
    heads = [words.say(f"dimension.{dimension.value}").capitalize() for dimension in report.by]
    lines = [
        [row.entries[each].label if each in row.entries else "" for each in report.by]
        + [cell(figures, row) for _, _, cell in columns]
        for row, figures in zip(report.rows, shown, strict=True)
    ]
    if len(report.rows) > 1:
        names = [total_in_words(view, words), *[""] * (len(report.by) - 1)]
        lines.append([*names, *(cell(view.total, None) for _, _, cell in columns)])
    left: Side = "left"
    sides = [*(left for _ in heads), *(side for _, side, _ in columns)]
    return drawn_table([*heads, *(name for name, _, _ in columns)], sides, lines, width, total=len(report.rows) > 1)


def drawn_table(
    heads: Sequence[str],
    sides: Sequence[Side],
    lines: Sequence[Sequence[str]],
    width: int,
    *,
    total: bool,
) -> Table:
    """Draw with borders if no word has to be broken for them, else without."""
    texts = [list(map(printable, [head, *cells])) for head, *cells in zip(heads, *lines, strict=True)]
    widths = column_widths(texts, width - 3 * len(heads) - 1, LONGEST_WORDS[0])
    table = Table()
    if widths is None:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=0)
        room = width - len(heads) + 1
        found = (column_widths(texts, room, longest) for longest in LONGEST_WORDS)
        widths = next(filter(None, found), None) or [None] * len(heads)
    for head, side, each in zip(heads, sides, widths, strict=True):
        table.add_column(head, justify=side, overflow="fold", width=each)
    for at, line in enumerate(lines):
        if total and at == len(lines) - 1:
            table.add_section()
        table.add_row(*(Text(printable(cell)) for cell in line))
    return table


def column_widths(columns: Sequence[Sequence[str]], room: int, limit: int) -> list[int | None] | None:
    """Return the width of each column, so that words are not broken.

    None if there is not enough room. `columns` have the texts of their cells. Every column gets the width of its
    longest word, `limit` cells at most; what is left goes to the columns that have to wrap most.
    """
    longest = [min(max(map(_longest_word, texts), default=0), limit) for texts in columns]
    whole = [max(map(cell_len, texts), default=0) for texts in columns]
    if sum(longest) > room:
        return None
    widths = list(longest)
    for _ in range(room - sum(longest)):
        short = [want - has for want, has in zip(whole, widths, strict=True)]
        if max(short) <= 0:
            break
        widths[short.index(max(short))] += 1
    return list(widths)


def _longest_word(text: str) -> int:
    return max(map(cell_len, text.split()), default=0)


def _names_most_unused(command: Usage) -> bool:
    """Return True if a line of several workloads names the one with most unused."""
    order = command.order
    by_unused = order is None or order.measure is None or (order.measure is LicenseMeasure.UNUSED and not order.lowest)
    return by_unused and not command.selection.asks_workloads


def _columns(
    view: UsageView, shown: Sequence[Figures], words: LocaleWords, signs: str, *, most_unused: bool
) -> list[Column]:
    """Return the columns after the names, each with the text of a line's cell.

    Numbers of one of several workloads are shown only if a column names it; the percentage of all of them is
    then before that column. `signs` are those of the bar, "" for none. `most_unused`: what the named workload has.
    """
    named = view.total.several and "workload" not in view.by

    def count(number: Callable[[Figures], int]) -> Cell:
        return lambda figures, _: "" if figures.several and not named else words.number(number(figures))

    unused: Column = (words.say("terminal.unused"), "right", count(lambda figures: figures.unused))
    heading = words.say("terminal.share.all" if named else "terminal.share")
    share: Column = (heading, "right", lambda figures, _: words.percent(figures.percent))
    drawn: list[Column] = [("", "left", lambda figures, _: _bar(figures, signs))] if signs else []
    columns: list[Column] = [unused, share]
    if named:
        which = words.say("terminal.most_unused") if most_unused else words.say("dimension.workload").capitalize()
        columns = [share, *drawn, (which, "left", lambda figures, _: figures.workload), unused]
    columns += [
        (words.say("terminal.active"), "right", count(lambda figures: figures.active)),
        (words.say("terminal.qualified"), "right", count(lambda figures: figures.qualified)),
    ]
    if any(each.beyond for each in (*shown, view.total)):
        columns.append((words.say("terminal.beyond"), "right", count(lambda figures: figures.beyond)))
    return columns if named else [*columns, *drawn]


def _remarks(rows: Sequence[ReportRow], newest: date | None, words: LocaleWords) -> list[Column]:
    """Return columns with what a reader has to know about single lines.

    There are none if there is nothing to know.
    """
    columns: list[Column] = []
    if any(row.unknown for row in rows):
        shown: Cell = lambda _, row: words.number(row.unknown) if row and row.unknown else ""  # noqa: E731
        columns.append((words.say("terminal.unknown"), "right", shown))
    if any(differs(row.days, newest) for row in rows):
        columns.append(
            (words.say("terminal.as_of"), "left", lambda _, row: _own_days(row.days if row else (), newest, words))
        )
    return columns


def _own_days(days: Sequence[date], newest: date | None, words: LocaleWords) -> str:
    """Return the days of a line, "" if they are the day in the heading."""
    if not differs(days, newest):
        return ""
    return " – ".join(words.date(day) for day in sorted({*days[:1], *days[-1:]}))


def _bar(figures: Figures, signs: str) -> str:
    """Return a bar that follows the percentage shown; none if there is no percentage."""
    if figures.percent is None:
        return ""
    filled = full_cells(figures.percent, BAR_CELLS)
    return signs[0] * filled + signs[1] * (BAR_CELLS - filled)
