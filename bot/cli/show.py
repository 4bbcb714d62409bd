"""An answer in the terminal: a table of figures, or the card's text."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.handlers.usage import Answer
from bot.handlers.usage_view import called, namesakes
from bot.model import Share
from cards.draw import summary
from cards.views import ListView, NoMatchView, PickerView, View
from cards.words import Words

BAR_CELLS = 12


def show_view(view: View, *, words: Words | None = None, stderr: bool = False) -> None:
    """One plain sentence, and the choices or names where there are some."""
    console = Console(stderr=stderr, highlight=False, soft_wrap=True)
    console.print(Text(summary(view, words or Words.load("en"))))
    match view:
        case PickerView() | NoMatchView():
            for choice in view.choices:
                console.print(Text(f"  {choice.name} ({choice.detail}): {choice.ask.text}"))
        case ListView():
            for name, identifier in view.entries:
                console.print(Text(f"  {name} ({identifier})"))


def show_answer(answer: Answer, words: Words) -> None:
    """The figures as a table, then what a reader must know about them."""
    console = Console(highlight=False)
    console.print(usage_table(answer, words))
    for as_of in answer.report.as_of:
        console.print(Text(words.say("usage.as_of.service", service=as_of.service, day=words.date(as_of.day))))
    for remark in sorted(answer.report.remarks):
        console.print(Text(words.say(f"remark.{remark.value}")))


def usage_table(answer: Answer, words: Words) -> Table:
    """One line per row of the report; names are text, never markup."""
    report = answer.report
    scope = ", ".join(dict.fromkeys(entry.name for entry in answer.plan.scope))
    table = Table(title=Text(scope or words.say("usage.everything")), title_justify="left")
    for dimension in report.by:
        table.add_column(words.say(f"dimension.{dimension.value}").capitalize(), overflow="fold")
    for figure in ("active", "qualified", "share"):
        table.add_column(words.say(f"terminal.{figure}"), justify="right")
    table.add_column("")
    names = namesakes(report)
    for row in report.rows:
        parts = (called(row.entries[each], names) if each in row.entries else "" for each in report.by)
        table.add_row(*map(Text, parts), *_figures(row.share, words))
    if len(report.rows) > 1:
        blanks = [Text("")] * (len(report.by) - 1)
        table.add_section()
        table.add_row(Text(words.say("usage.total")), *blanks, *_figures(report.total, words))
    return table


def _figures(share: Share, words: Words) -> tuple[str, str, str, str]:
    filled = min(BAR_CELLS, round((share.fraction or 0) * BAR_CELLS))
    bar = "█" * filled + "░" * (BAR_CELLS - filled) if share.fraction is not None else ""
    return words.number(share.active), words.number(share.qualified), words.percent(share.fraction), bar
