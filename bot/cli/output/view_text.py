"""An answer in the terminal: a table of figures, or the card's text.

Names come from customers and questions from users: characters that could control a terminal are removed from both.
"""

import sys
from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.text import Text

from bot.cli.output.problem_lines import lines
from bot.cli.output.streams import printable
from bot.cli.output.tables.compared_table import compared_table
from bot.cli.output.tables.usage_table import usage_table
from bot.domain.identifier import folded_name
from bot.usage.command_buttons import sentence_on
from bot.usage.shown_figures import row_figures
from bot.usage.usage_answer import UsageAnswer, figures_view
from cards.answers.forward_text import forwarded
from cards.answers.language_card import lines as languages
from cards.draw import summary
from cards.parts.compared_text import days_compared, is_one_line
from cards.parts.correction_text import corrections_in_words
from cards.parts.day_text import age
from cards.parts.remark_text import explanations, reservations
from cards.parts.share_text import all_in_words
from cards.usage.usage_card import scoped
from cards.views.answer_views import (
    ErrorView,
    HelloView,
    HelpView,
    LanguageView,
    ListView,
    NoMatchView,
    NotUnderstoodView,
    PickerView,
    View,
)
from cards.views.usage_views import UsageView
from cards.wording.locale_words import LocaleWords

NARROWEST = 40  # columns: in a window that reports fewer (or none) the lines wrap


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


def show_lines(lines: Sequence[str], *, stderr: bool = False) -> None:
    """Print texts that are made already, a line each."""
    console = Console(stderr=stderr, highlight=False, soft_wrap=True)
    for told in lines:
        console.print(_text(told))


def _details(view: View, words: LocaleWords) -> list[str]:
    match view:
        case PickerView() | NoMatchView():
            return _choices(view, words)
        case ListView():
            return [f"{name} ({identifier})" for name, identifier in view.entries]
        case HelpView() | HelloView():
            return [f"{each.text}  ({words.say(each.words)})" for each in view.examples]
        case ErrorView():
            told = forwarded(view, words)
            identity = [words.say("support.correlation", id=view.correlation_id)] if view.correlation_id else []
            return [*([words.say("support.forward"), told] if told else []), *identity]
        case LanguageView():
            return languages(view, words)
    return []


def _choices(view: PickerView | NoMatchView, words: LocaleWords) -> list[str]:
    found = [
        f"{each.name}{f' ({each.detail})' if each.detail else ''}: {sentence_on(each.ask, words.language)}"
        for each in view.choices
    ]
    if not found:
        return [words.say("nomatch.none")]
    rest = view.total - len(view.choices) if isinstance(view, PickerView) else 0
    return [*found, words.say("picker.rest", count=rest)] if rest > 0 else found


def show_answer(answer: UsageAnswer, words: LocaleWords, today: date | None = None) -> None:
    """Print the heading, what is missing in the figures, and the figures as a table.

    What explains them is last. `today`: say how old they are.
    """
    console = _wide_enough(Console(highlight=False))
    view = figures_view(answer, 1, today=today)
    words = words.of_seats(view.seats)
    console.print(_text(" · ".join(scoped(view, words))))
    for as_of in () if is_one_line(view) else answer.report.as_of:
        which = "usage.as_of.service" if folded_name(as_of.service) else "usage.as_of"
        console.print(_text(words.say(which, service=as_of.service, day=words.date(as_of.day))))
    for told in days_compared(view, words):
        console.print(_text(told))
    for told in _reservations(view, words):
        console.print(_text(told))
    ascii_only = console.options.ascii_only
    if answer.compared is not None and not (view.compared and view.compared.nothing):
        compared = answer.compared
        console.print(compared_table(answer, compared, view, words, width=console.width, ascii_only=ascii_only))
    else:
        console.print(usage_table(answer, view, words, width=console.width, ascii_only=ascii_only))
    if answer.report.total.withheld:
        console.print(_text(all_in_words(view.total, words)))
    shown = row_figures(answer.report.rows, answer.report)
    for told in explanations(view, words, shown):
        console.print(_text(told))


def show_reservations(answer: UsageAnswer, words: LocaleWords, today: date | None = None) -> None:
    """Print on stderr what is missing in the figures, and how old they are.

    Also the names that were typed otherwise.
    """
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    view = figures_view(answer, 1, today=today)
    words = words.of_seats(view.seats)
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
