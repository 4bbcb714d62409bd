"""The view of a usage report. Pure."""

import json
from dataclasses import replace
from datetime import date

from bot.commands.command import Export, ExportForm, NewDigest, Usage
from bot.commands.list_shape import EVERY_ROW
from bot.domain.compared_days import Comparison
from bot.domain.licensing import Dimension
from bot.query.filters.row_selection import EVERYTHING
from bot.query.reports.usage_report import UsageReport
from bot.query.sums.day_rank import best_day
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.onward.next_questions import (
    compared_with_before,
    customers_of,
    in_the_other_report,
    renewals_of,
    trend_of,
    whole_of,
)
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.personal.own_view import own_view
from bot.usage.query_plan import QueryPlan
from bot.usage.question_scope import corrections, narrowed, scope_names
from bot.usage.shown_figures import age_of, items_of, shown_figures
from cards.views.answer_views import UsageView
from cards.views.button_payload import AskButton, MoreButton
from cards.views.page_window import window
from cards.views.usage_views import ROWS_ON_CARD, ServiceDateView

LONGEST_EXPORT = 800  # characters of the command as JSON


def selected(command: Usage) -> bool:
    """Return True if the rows were selected by their figures.

    The question says `top`, `below`, `more than 10 unused`, `dropped` … Their sum is then not the sum of everything in
    the scope of the question.
    """
    moved = command.versus is not None and command.versus.only is not None
    counted = command.order is not None and command.order.count < EVERY_ROW
    return command.selection != EVERYTHING or counted or moved


def usage_view(
    question: str,
    command: Usage,
    plan: QueryPlan,
    report: UsageReport,
    shown: int,
    start: int = 0,
    *,
    digests: bool = False,
    today: date | None = None,
) -> UsageView:
    """Return the rows of the report up to `shown`, and a button for further ones.

    Those from `start` are new. `question` is the sentence of `command`. `digests`: a button offers to post the answer
    to the question regularly. `today`: say how old the figures are.
    """
    page = window(len(report.rows), min(shown, start + ROWS_ON_CARD), start, ROWS_ON_CARD)
    rows = report.rows[page.base : page.end]
    items = items_of(rows, report)
    days = _days(report)
    return UsageView(
        question=question,
        scope=scope_names(plan),
        narrowed=narrowed(command, plan, today),
        corrected=corrections(plan),
        by=tuple(dimension.value for dimension in report.by),
        items=items,
        matched=len(report.rows),
        total=shown_figures(report.total),
        as_of=tuple(ServiceDateView(as_of.service, as_of.day) for as_of in report.as_of),
        remarks=tuple(sorted(remark.value for remark in report.remarks)),
        counted=report.gaps.counted,
        selected=selected(command),
        start=page.base,
        fresh=page.fresh,
        more=_more(command, page.end, len(report.rows)),
        newest=best_day(days, command.day),
        older=tuple((each.day, each.customers) for each in report.gaps.older),
        age=age_of(days, today),
        digest=as_digest(command, today) if digests else None,
        of_customer=not command.mine and [each.dimension for each in plan.scope].count(Dimension.CUSTOMER) == 1,
        whole=whole_of(command),
        renewals=renewals_of(command),
        customers=customers_of(command, report.by),
        versus=compared_with_before(command, max(days, default=None), today),
        trend=trend_of(command),
        export=as_export(command),
        again=ask_button(command, replace=True),
        seats=command.seats is not None,
        beside=in_the_other_report(command),
        own=own_view(plan, report, complete=not selected(command)),
        ignored=shown_again(plan),
    )


def _more(command: Usage, end: int, total: int) -> MoreButton | None:
    """Return the button for the rows after `end`, or back to the start. The card sets where its rows end."""
    if total < 2:
        return None
    return more_button(command, end + ROWS_ON_CARD, end) if end < total else more_button(command, ROWS_ON_CARD)


def _days(report: UsageReport) -> frozenset[date]:
    """Return the days of the figures."""
    return frozenset([*(as_of.day for as_of in report.as_of), *(day for row in report.rows for day in row.days)])


def as_export(command: Usage) -> AskButton | None:
    """The question to be answered with a file.

    None if it is so long that a card with this button would have less room for rows.
    """
    button = ask_button(Export(command, ExportForm.XLSX))
    return button if len(json.dumps(button.command)) <= LONGEST_EXPORT else None


def as_digest(command: Usage, today: date | None = None) -> AskButton:
    """The question to be answered again and again: each time of the newest day.

    What it compares with is as many days before that day as it is now.
    """
    day = None if today is None else command.compared_day(today)
    versus = command.versus
    if today is not None and day is not None:
        days = ((command.day or today) - day).days
        versus = Comparison(days=max(days, 1), only=None if versus is None else versus.only)
    return ask_button(NewDigest(replace(command, as_of=None, period=None, versus=versus)))
