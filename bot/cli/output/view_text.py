"""An answer in the terminal: a table of figures, or the card's text.

Names come from customers and questions from users: characters that could control a terminal are removed from both.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.output.parse_error import lines
from bot.cli.output.streams import printable
from bot.domain.identifier import folded_name
from bot.usage.command_buttons import sentence_on
from bot.usage.shown_figures import row_figures
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_view import selected, usage_view
from cards.answers.usage_card import scoped
from cards.draw import summary
from cards.parts.correction_text import corrections_in_words
from cards.parts.day_text import age, differs
from cards.parts.remark_text import explanations, reservations
from cards.parts.share_text import all_in_words, full_cells
from cards.views.answer_views import (
    ErrorView,
    HelloView,
    HelpView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    View,
)
from cards.views.usage_views import Figures, UsageView
from cards.wording.locale_words import LocaleWords

BAR_CELLS = 12
NARROWEST = 40  # columns: in a window that reports fewer (or none) the lines wrap
BAR_FROM = 100  # columns: with fewer, the names need the width

# The text of a cell from the figures of a line and its days; a column is its name, its side and its cells.
Cell = Callable[[Figures, Sequence[date]], str]
Column = tuple[str, Literal["left", "right"], Cell]


def show_view(view: View, *, words: LocaleWords | None = None, stderr: bool = False) -> None:
    """Print one plain sentence, and the choices, names or examples if there are any."""
    words = words or LocaleWords.load("en")
    if isinstance(view, NotUnderstoodView):
        for line in lines(view, words):
            print(line, file=sys.stderr if stderr else sys.stdout)
        return
    console = Console(stderr=stderr, highlight=False, soft_wrap=True)
    console.print(_text(summary(view, words)))
    for line in _details(view, words):
        console.print(_text(f"  {line}"))


def _details(view: View, words: LocaleWords) -> list[str]:
    match view:
        case PickerView() | NoMatchView():
            found = [f"{each.name} ({each.detail}): {sentence_on(each.ask)}" for each in view.choices]
            if not found:
                return [words.say("nomatch.none")]
            rest = view.total - len(view.choices) if isinstance(view, PickerView) else 0
            return [*found, words.say("picker.rest", count=rest)] if rest > 0 else found
        case ListView():
            return [f"{name} ({identifier})" for name, identifier in view.entries]
        case HelpView() | HelloView():
            return [f"{each.text}  ({words.say(each.words)})" for each in view.examples]
        case ErrorView() if view.correlation_id:
            return [words.say("support.correlation", id=view.correlation_id)]
    return []


def show_answer(answer: UsageAnswer, words: LocaleWords, today: date | None = None) -> None:
    """Print the heading, what is missing in the figures, and the figures as a table.

    What explains them is last. `today`: say how old they are.
    """
    console = _wide_enough(Console(highlight=False))
    view = usage_view("", answer.command, answer.plan, answer.report, 1, today=today)
    console.print(_text(" · ".join(scoped(view, words))))
    for as_of in answer.report.as_of:
        which = "usage.as_of.service" if folded_name(as_of.service) else "usage.as_of"
        console.print(_text(words.say(which, service=as_of.service, day=words.date(as_of.day))))
    for told in _reservations(view, words):
        console.print(_text(told))
    console.print(usage_table(answer, view, words, width=console.width, ascii_only=console.options.ascii_only))
    if answer.report.total.withheld:
        console.print(_text(all_in_words(view.total, words)))
    shown = [row_figures(row, answer.report) for row in answer.report.rows]
    for told in explanations(view, words, shown):
        console.print(_text(told))


def show_reservations(answer: UsageAnswer, words: LocaleWords, today: date | None = None) -> None:
    """Print on stderr what is missing in the figures, and how old they are.

    Also the names that were typed otherwise.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    view = usage_view("", answer.command, answer.plan, answer.report, 1, today=today)
    for told in _reservations(view, words):
        console.print(_text(told))


def _reservations(view: UsageView, words: LocaleWords) -> list[str]:
    """Return the texts between the heading and the figures."""
    told = (*corrections_in_words(view.corrected, words), age(view, words), *reservations(view, words))
    return [each for each in told if each]


def _wide_enough(console: Console) -> Console:
    console.width = max(console.width, NARROWEST)
    return console


def _text(text: str) -> Text:
    return Text(printable(text))


def usage_table(
    answer: UsageAnswer, view: UsageView, words: LocaleWords, *, width: int = 80, ascii_only: bool = False
) -> Table:
    """Return a table with one line per row of the report, for `width` columns.

    `view` has the total. Names are text, never markup.
    """
    report = answer.report
    table = Table()
    for dimension in report.by:
        table.add_column(words.say(f"dimension.{dimension.value}").capitalize(), overflow="fold")
    shown = [row_figures(row, report) for row in report.rows]
    signs = "" if width < BAR_FROM else "#." if ascii_only else "█░"
    dated = any(differs(row.days, view.newest) for row in report.rows)
    columns = _columns(view, shown, words, signs, dated=dated, most_unused=not _asks_beyond(answer))
    for name, justify, _ in columns:
        table.add_column(name, justify=justify, overflow="fold", no_wrap=not name)
    for row, figures in zip(report.rows, shown, strict=True):
        cells = [row.entries[each].label if each in row.entries else "" for each in report.by]
        table.add_row(*map(_text, [*cells, *(cell(figures, row.days) for _, _, cell in columns)]))
    if len(report.rows) > 1:
        table.add_section()
        total = words.say("usage.total.selected", count=len(report.rows)) if selected(answer.command) else None
        cells = [total or words.say("usage.total"), *[""] * (len(report.by) - 1)]
        table.add_row(*map(_text, [*cells, *(cell(view.total, ()) for _, _, cell in columns)]))
    return table


def _asks_beyond(answer: UsageAnswer) -> bool:
    return answer.command.limit is not None and answer.command.limit.asks_beyond


def _columns(
    view: UsageView, shown: Sequence[Figures], words: LocaleWords, signs: str, *, dated: bool, most_unused: bool
) -> list[Column]:
    """Return the columns after the names, each with the text of a line's cell.

    Numbers of one of several workloads are shown only if a column names it; the percentage of all of them is
    then before that column. `signs` are those of the bar, "" for none. `dated`: a line is not of the day in the
    heading. `most_unused`: what the named workload has.
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
    if dated:
        columns.append((words.say("terminal.as_of"), "left", lambda _, days: _first_and_last(days, words)))
    return columns if named else [*columns, *drawn]


def _first_and_last(days: Sequence[date], words: LocaleWords) -> str:
    return " – ".join(words.date(day) for day in sorted({*days[:1], *days[-1:]}))


def _bar(figures: Figures, signs: str) -> str:
    """Return a bar that follows the percentage shown; none if there is no percentage."""
    if figures.percent is None:
        return ""
    filled = full_cells(figures.percent, BAR_CELLS)
    return signs[0] * filled + signs[1] * (BAR_CELLS - filled)
