"""The view of what figures are compared with. Pure."""

from dataclasses import replace
from datetime import date, timedelta

from bot.commands.command import Usage
from bot.domain.compared_days import Comparison, months_before
from bot.query.reports.report_comparison import ChangeKind, RowChange
from bot.query.reports.usage_report import UsageReport
from bot.usage.command_buttons import ask_button
from bot.usage.compared.compared_figures import ComparedFigures, is_same_day
from bot.usage.shown_figures import items_of, shown_figures
from cards.views.button_payload import AskButton
from cards.views.usage_views import ComparedView, ServiceDateView, UsageItem, UsageView

GONE_SHOWN = 5


def with_comparison(
    view: UsageView, command: Usage, report: UsageReport, compared: ComparedFigures | None, today: date | None = None
) -> UsageView:
    """Return the view of `report` with the figures of the earlier day."""
    if compared is None:
        return view
    changes = compared.changes[view.start : view.start + len(view.items)]
    items = tuple(map(_changed, view.items, changes)) if changes else view.items
    return replace(view, items=items, compared=_compared(command, report, compared, today))


def compared_items(report: UsageReport, compared: ComparedFigures) -> tuple[UsageItem, ...]:
    """Return all rows of the answer, each with its earlier figures.

    Those of the earlier day alone are last.
    """
    items = items_of(report.rows, report)
    changed = tuple(map(_changed, items, compared.changes)) if compared.changes else items
    return (*changed, *_gone(compared, len(compared.gone)))


def _gone(compared: ComparedFigures, count: int) -> tuple[UsageItem, ...]:
    items = items_of(compared.gone[:count], compared.before)
    return tuple(replace(item, change=ChangeKind.GONE.value) for item in items)


def _changed(item: UsageItem, change: RowChange) -> UsageItem:
    """Return the row with its earlier figures."""
    before = None if change.before is None else shown_figures(change.before, item.figures.workload)
    return replace(item, change=change.kind.value, before=before)


def _compared(
    command: Usage, report: UsageReport, compared: ComparedFigures, today: date | None = None
) -> ComparedView:
    """Return what a card says about the earlier day."""
    before = compared.before
    same = is_same_day(report, compared)
    earlier = _earlier(command, report, compared, today) if same else None
    later = None if same or compared.nothing else _later(command, report, today)
    return ComparedView(
        day=compared.day,
        as_of=tuple(ServiceDateView(each.service, each.day) for each in before.as_of),
        total=shown_figures(before.total) if compared.total_known else None,
        gone=_gone(compared, GONE_SHOWN),
        gone_total=len(compared.gone),
        counted=before.gaps.counted,
        nothing=compared.nothing,
        same_days=same,
        earlier=None if earlier is None else _asking(command, earlier),
        earlier_day=earlier,
        month=None if later is None else _asking(command, months_before(compared.day, 1)),
        year=None if later is None else _year_before(command, later, compared.day),
        outside=command.period is not None and _newest(report) < command.period.first,
    )


def _year_before(command: Usage, later: date, day: date) -> AskButton | None:
    """Return the button that compares with a year before `later`; None if that is the `day` which is compared."""
    before = months_before(later, 12)
    return None if before == day else _asking(command, before)


def _later(command: Usage, report: UsageReport, today: date | None) -> date | None:
    """Return the day from which a year is counted back; None if there are no figures."""
    return command.day or (min(today or date.max, _newest(report)) if report.as_of else None)


def _newest(report: UsageReport) -> date:
    return max((each.day for each in report.as_of), default=date.max)


def _earlier(command: Usage, report: UsageReport, compared: ComparedFigures, today: date | None) -> date | None:
    """Return a day with other figures: as long before those that there are as the one that was asked for."""
    later = command.day or today
    if later is None or later <= compared.day:
        return None
    newest = max(each.day for each in report.as_of)
    return min(newest - (later - compared.day), newest - timedelta(days=1))


def _asking(command: Usage, day: date) -> AskButton:
    only = None if command.versus is None else command.versus.only
    return ask_button(replace(command, period=None, as_of=command.day, versus=Comparison(day, only=only)))
