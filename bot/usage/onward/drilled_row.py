"""One row of an answer, and the question about it alone. Pure.

A button names a row by a mark, a digest of the ids of its row: it is short, and says nothing that the card does not.
"""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2s

from bot.commands.command import Name, Usage
from bot.domain.compared_days import Comparison
from bot.domain.licensing import Dimension, Entry
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.usage.command_buttons import ask_button, row_button
from bot.usage.onward.shape_view import reshape_button
from bot.usage.query_plan import QueryPlan
from cards.views.button_payload import RowButton
from cards.views.usage_views import UsageView

_FIELDS = {
    Dimension.CUSTOMER: "customers",
    Dimension.WORKLOAD: "subjects",
    Dimension.SERVICE: "subjects",
    Dimension.PRODUCT: "products",
    Dimension.CHANNEL: "channels",
}


def mark_of_row(row: ReportRow, by: Sequence[Dimension]) -> str:
    """Return the mark of a row.

    "" if one of its members has no id, because then no question asks about it alone.
    """
    if not row.key or not all(each in row.entries and row.entries[each].id for each in by):
        return ""
    digest = blake2s("\x1f".join(row.key).encode("utf-8", "replace"), digest_size=6).digest()
    return urlsafe_b64encode(digest).decode("ascii")


def position_of(mark: str, report: UsageReport) -> int | None:
    """Return the position of the row with this mark, None if there is none."""
    return next((at for at, row in enumerate(report.rows) if mark_of_row(row, report.by) == mark), None)


def with_row_buttons(view: UsageView, command: Usage, report: UsageReport) -> UsageView:
    """Return the view of `report` with a button for each row.

    Another one offers other shapes of the list.
    """
    presses = row_buttons(command, report, view.start, view.start + len(view.items), view.fresh)
    items = tuple(replace(item, open=press) for item, press in zip(view.items, presses, strict=True))
    reshape = reshape_button(command, view.start + len(items), view.fresh) if view.matched > 1 else None
    return replace(view, items=items, reshape=reshape)


def with_row_questions(view: UsageView, command: Usage, plan: QueryPlan, report: UsageReport) -> UsageView:
    """Return the view with a button for each row that asks about it.

    The answer has a card of its own.
    """
    if len(report.rows) < 2:
        return view
    rows = report.rows[view.start : view.start + len(view.items)]
    items = tuple(
        replace(item, open=ask_button(about_row(command, plan, row, report.by)))
        if mark_of_row(row, report.by)
        else item
        for item, row in zip(view.items, rows, strict=True)
    )
    return replace(view, items=items)


def row_buttons(command: Usage, report: UsageReport, first: int, end: int, page: int) -> tuple[RowButton | None, ...]:
    """Return the button of each row from `first` to `end`.

    Back from a row, the list shows the rows up to `end`, of which those from `page` are new.
    """
    if len(report.rows) < 2:
        return (None,) * (end - first)
    marks = [mark_of_row(row, report.by) for row in report.rows[first:end]]
    return tuple(row_button(command, mark, end, page) if mark else None for mark in marks)


def next_row(opened: RowButton, report: UsageReport, step: int) -> RowButton | None:
    """Return the button for the row after the one that `opened` shows.

    None for the last one. Past the end of the page, the way back leads to the next page, of `step` rows.
    """
    at = position_of(opened.row, report)
    if at is None or at + 1 >= len(report.rows):
        return None
    mark = mark_of_row(report.rows[at + 1], report.by)
    end, page = (opened.rows, opened.start) if at + 1 < opened.rows else (opened.rows + step, opened.rows)
    return replace(opened, row=mark, rows=end, start=page) if mark else None


def about_row(command: Usage, plan: QueryPlan, row: ReportRow, by: Sequence[Dimension]) -> Usage:
    """Return the question about one row of the answer to `command`.

    What selected the row is left out: the row is known. Days, filters and what is left out stay.
    """
    named = {each: row.entries[each] for each in by if each in row.entries}
    entries: list[Entry] = [entry for entry in plan.scope if entry.dimension not in named]
    entries += named.values()
    names: dict[str, tuple[Name, ...]] = dict.fromkeys(_FIELDS.values(), ())
    for entry in entries:
        field = _FIELDS[entry.dimension]
        names[field] = (*names[field], Name(entry.name, id=entry.id))
    versus = command.versus
    return replace(
        command,
        customers=names["customers"],
        mine=command.mine and Dimension.CUSTOMER not in named,
        subjects=names["subjects"],
        products=names["products"],
        channels=names["channels"],
        by=(),
        limit=None,
        amounts=(),
        order=None,
        versus=versus and Comparison(versus.day, versus.days),
    )
