"""The view of a usage report. Pure."""

from dataclasses import replace

from bot.commands.command import NewDigest, Usage
from bot.domain.licensing import Dimension, Share
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.query_plan import QueryPlan
from cards.views.answer_views import Figures, UsageItem, UsageView
from cards.views.button_payload import ROWS_LIMIT, AskButton
from cards.views.usage_views import ServiceDateView

MORE_ROWS = 12


def selected(command: Usage) -> bool:
    """Return True if the rows were selected by their percentage (`top`, `below` …).

    Their sum is then not the sum of everything in the scope of the question.
    """
    return command.limit is not None or command.order is not None


def usage_view(
    question: str, command: Usage, plan: QueryPlan, report: UsageReport, shown: int, *, digests: bool = False
) -> UsageView:
    """Return the first `shown` rows of the report, and a button for further ones.

    `question` is the sentence of `command`. `digests`: a button offers to post the answer to the question regularly.
    """
    rows = report.rows[:shown]
    items = tuple(_item(row, report.by) for row in rows)
    left = len(report.rows) - len(items)
    return UsageView(
        question=question,
        scope=tuple(dict.fromkeys(entry.label for entry in plan.scope)),
        by=tuple(dimension.value for dimension in report.by),
        items=items,
        matched=len(report.rows),
        total=_figures(report.total),
        as_of=tuple(ServiceDateView(as_of.service, as_of.day) for as_of in report.as_of),
        remarks=tuple(sorted(remark.value for remark in report.remarks)),
        selected=selected(command),
        more=more_button(command, min(len(items) + MORE_ROWS, ROWS_LIMIT)) if left else None,
        digest=as_digest(command) if digests else None,
    )


def as_digest(command: Usage) -> AskButton:
    """The question to be answered again and again: each time of the newest day."""
    return ask_button(NewDigest(replace(command, as_of=None)))


def _item(row: ReportRow, by: tuple[Dimension, ...]) -> UsageItem:
    parts = [row.entries[dimension].label for dimension in by if dimension in row.entries]
    if not parts:
        parts = [entry.label for entry in row.entries.values()][:1]
    return UsageItem(parts[0] if parts else "", " · ".join(parts[1:]) or None, _figures(row.share))


def _figures(share: Share) -> Figures:
    return Figures(share.active, share.qualified)
