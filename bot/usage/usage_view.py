"""The view of a usage report. Pure."""

from collections.abc import Set
from dataclasses import replace
from datetime import date

from bot.commands.command import NewDigest, Usage
from bot.domain.figure_age import figure_age
from bot.query.filters.row_selection import EVERYTHING
from bot.query.reports.day_rank import best_day
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.query_plan import QueryPlan
from bot.usage.question_scope import corrections, narrowed, scope_names
from bot.usage.shown_figures import row_figures, shown_figures
from cards.views.answer_views import UsageItem, UsageView
from cards.views.button_payload import AskButton, MoreButton
from cards.views.page_window import window
from cards.views.usage_views import ROWS_MORE, ROWS_ON_CARD, AgeView, Figures, ServiceDateView


def selected(command: Usage) -> bool:
    """Return True if the rows were selected by their figures.

    The question says `top`, `below`, `more than 10 unused` … Their sum is then not the sum of everything in the scope
    of the question.
    """
    return command.selection != EVERYTHING or command.order is not None


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
    items = tuple(_item(row, report, figures) for row, figures in zip(rows, row_figures(rows, report), strict=True))
    days = _days(report)
    return UsageView(
        question=question,
        scope=scope_names(plan),
        narrowed=narrowed(command, plan),
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
        newest=best_day(days, command.as_of),
        older=tuple((each.day, each.customers) for each in report.gaps.older),
        age=_age(days, today),
        digest=as_digest(command) if digests else None,
    )


def _more(command: Usage, end: int, total: int) -> MoreButton | None:
    """Return the button for the rows after `end`, or back to the start. The card sets where its rows end."""
    if total < 2:
        return None
    return more_button(command, end + ROWS_MORE, end) if end < total else more_button(command, ROWS_MORE)


def _days(report: UsageReport) -> frozenset[date]:
    """Return the days of the figures."""
    return frozenset([*(as_of.day for as_of in report.as_of), *(day for row in report.rows for day in row.days)])


def _age(days: Set[date], today: date | None) -> AgeView | None:
    """Return how old the figures are if they are old; `some` if those beside them have another age."""
    if not days or today is None or (age := figure_age(min(days), today)) is None:
        return None
    return AgeView(age.unit, age.count, some=figure_age(max(days), today) != age)


def as_digest(command: Usage) -> AskButton:
    """The question to be answered again and again: each time of the newest day."""
    return ask_button(NewDigest(replace(command, as_of=None)))


def _item(row: ReportRow, report: UsageReport, figures: Figures) -> UsageItem:
    parts = [row.entries[dimension].label for dimension in report.by if dimension in row.entries]
    if not parts:
        parts = [entry.label for entry in row.entries.values()][:1]
    return UsageItem(parts[0] if parts else "", " · ".join(parts[1:]) or None, figures, row.days)
