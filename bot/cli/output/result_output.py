"""Print an answer, or the view shown instead of one, and return the exit code.

With `json` and `card`, stdout carries exactly one JSON document, whatever the outcome of the question; with `csv` the
rows of an answer, and nothing for another view; what is missing in the rows, and how old they are, is on stderr. A view
that is not an answer is also printed as text on stderr.
"""

from datetime import date

from bot.cli.output.answer_csv import as_csv
from bot.cli.output.exit_codes import ANSWERED, FAILED, NOT_UNDERSTOOD
from bot.cli.output.streams import as_line, write_csv
from bot.cli.output.tables.sold_table import show_sold
from bot.cli.output.trend_output import trend_as_csv, trend_as_text
from bot.cli.output.view_text import show_answer, show_lines, show_reservations, show_view
from bot.export.csv_file import csv_text
from bot.programs.answer_json import as_json
from bot.programs.sold_rows import table_of
from bot.programs.sold_use_rows import sold_use_table
from bot.programs.view_json import view_as_json
from bot.usage.usage_answer import ROWS_AT_FIRST, UsageAnswer
from bot.usage.usage_answer import view as view_of
from cards.draw import draw
from cards.usage.trend_text import explained
from cards.views.answer_views import ErrorView, NoMatchView, NotUnderstoodView, PickerView, View
from cards.views.kinds.selling_views import CallsView, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseView
from cards.views.kinds.trend_view import TrendView
from cards.wording.locale_words import LocaleWords


def write_result(answered: UsageAnswer | View, form: str, words: LocaleWords, *, today: date | None = None) -> int:
    """Print `answered` as a `table`, `json`, `csv` or a `card`; return the exit code.

    `today`: say how old the figures are.
    """
    return _figures(answered, form, words, today) if isinstance(answered, UsageAnswer) else _view(answered, form, words)


def _figures(answer: UsageAnswer, form: str, words: LocaleWords, today: date | None) -> int:
    if form == "json":
        print(as_line(as_json(answer)))
    elif form == "csv":
        write_csv(as_csv(answer))
        if answer.report.rows or (answer.compared and answer.compared.gone):
            show_reservations(answer, words, today)
        else:
            show_view(view_of(answer, ROWS_AT_FIRST), words=words, stderr=True)
    elif form == "card":
        print(as_line(draw(view_of(answer, ROWS_AT_FIRST, today=today), words)))
    elif answer.report.rows or (answer.compared and answer.compared.gone):
        show_answer(answer, words, today)
    else:
        show_view(view_of(answer, ROWS_AT_FIRST), words=words)
    return ANSWERED


def _view(view: View, form: str, words: LocaleWords) -> int:
    code = _code(view)
    if form == "json":
        print(as_line(view_as_json(view, words)))
    elif form == "card":
        print(as_line(draw(view, words)))
    if form == "csv" and isinstance(view, TrendView):
        write_csv(trend_as_csv(view))
        show_lines(explained(view, words), stderr=True)
    elif form == "csv" and isinstance(view, RenewalsView | CallsView):
        write_csv(csv_text(table_of(view)))
        show_sold(view, words, stderr=True)
    elif form == "csv" and isinstance(view, SoldUseView):
        write_csv(csv_text(sold_use_table(view)))
        show_sold(view, words, stderr=True)
    elif form == "table" and isinstance(view, RenewalsView | CallsView | SoldUseView):
        show_sold(view, words)
    elif form == "csv":
        show_view(view, words=words, stderr=True)
    elif form == "table" and isinstance(view, TrendView):
        show_lines(trend_as_text(view, words))
    elif form == "table" or code != ANSWERED:
        show_view(view, words=words, stderr=code != ANSWERED)
    return code


def _code(view: View) -> int:
    if isinstance(view, ErrorView):
        return FAILED
    return NOT_UNDERSTOOD if isinstance(view, NotUnderstoodView | PickerView | NoMatchView) else ANSWERED
