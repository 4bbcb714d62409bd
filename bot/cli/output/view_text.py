"""An answer in the terminal: a table of figures, or the card's text.

Names come from customers and questions from users: characters that could control a terminal are removed from both.
"""

import sys

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.output.parse_error import lines
from bot.cli.output.streams import printable
from bot.domain.licensing import Share
from bot.usage.command_buttons import sentence_on
from bot.usage.usage_answer import UsageAnswer
from bot.usage.usage_view import selected
from cards.draw import summary
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
from cards.wording.locale_words import LocaleWords

BAR_CELLS = 12
NARROWEST = 40  # columns: in a window that reports fewer (or none) the lines wrap
BAR_FROM = 72  # columns: with fewer, the names need the width


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


def show_answer(answer: UsageAnswer, words: LocaleWords) -> None:
    """Print the figures as a table, then what a reader must know about them."""
    console = _wide_enough(Console(highlight=False))
    console.print(usage_table(answer, words, width=console.width, ascii_only=console.options.ascii_only))
    for as_of in answer.report.as_of:
        console.print(_text(words.say("usage.as_of.service", service=as_of.service, day=words.date(as_of.day))))
    for remark in sorted(answer.report.remarks):
        console.print(_text(words.say(f"remark.{remark.value}")))


def _wide_enough(console: Console) -> Console:
    console.width = max(console.width, NARROWEST)
    return console


def _text(text: str) -> Text:
    return Text(printable(text))


def usage_table(answer: UsageAnswer, words: LocaleWords, *, width: int = 80, ascii_only: bool = False) -> Table:
    """Return a table with one line per row of the report, for `width` columns.

    Names are text, never markup.
    """
    report = answer.report
    scope = ", ".join(dict.fromkeys(entry.label for entry in answer.plan.scope))
    table = Table(title=_text(scope or words.say("usage.everything")), title_justify="left")
    for dimension in report.by:
        table.add_column(words.say(f"dimension.{dimension.value}").capitalize(), overflow="fold")
    for figure in ("active", "qualified", "share"):
        table.add_column(words.say(f"terminal.{figure}"), justify="right", overflow="fold")
    with_bar = width >= BAR_FROM
    if with_bar:
        table.add_column("", no_wrap=True)
    signs = "#." if ascii_only else "█░"

    def line(names: list[str], share: Share) -> None:
        cells = [*names, *_figures(share, words), *([_bar(share, signs)] if with_bar else [])]
        table.add_row(*map(_text, cells))

    for row in report.rows:
        line([row.entries[each].label if each in row.entries else "" for each in report.by], row.share)
    if len(report.rows) > 1:
        table.add_section()
        total = words.say("usage.total.selected", count=len(report.rows)) if selected(answer.command) else None
        line([total or words.say("usage.total"), *[""] * (len(report.by) - 1)], report.total)
    return table


def _figures(share: Share, words: LocaleWords) -> tuple[str, str, str]:
    return words.number(share.active), words.number(share.qualified), words.percent(share.fraction)


def _bar(share: Share, signs: str) -> str:
    """Return a bar that is full at 100 % and above; none if there is no percentage."""
    if share.fraction is None:
        return ""
    filled = min(BAR_CELLS, round(share.fraction * BAR_CELLS))
    return signs[0] * filled + signs[1] * (BAR_CELLS - filled)
