"""Why an answer has no rows, and where it leads. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.command import Usage
from bot.query.filters.row_selection import EVERYTHING
from bot.query.reports.usage_report import Remark
from bot.usage.compared.compared_figures import is_same_day
from bot.usage.memory.recent_reports import RecentReport
from bot.usage.onward.ways_on import ways_wider
from bot.usage.question_scope import corrections, limits_of
from cards.views.answer_views import ErrorView


def no_figures(command: Usage, found: RecentReport, question: str) -> ErrorView:
    """Return why there are no rows.

    If rows may be missing, it is unknown whether one of them is what was asked for.
    """
    own = found.plan.own.seen if found.plan.own is not None else ()
    scope = ", ".join(entry.label for entry in (*own, *found.plan.scope))
    values = {"scope": scope, "question": question}
    gaps = found.report.gaps
    values["count"] = str(gaps.unknown + gaps.unusable)
    if command.day is not None:
        values["date"] = command.day.isoformat()
    if found.compared is not None and found.report.matched_before_limit:
        values["date"] = found.compared.day.isoformat()
    made, newest = _reason(command, found, values), max((each.day for each in found.report.as_of), default=None)
    ways = ways_wider(made.problem, command, newest)
    seats = command.seats is not None
    return replace(made, corrected=corrections(found.plan), ways=ways, limits=limits_of(command), seats=seats)


def _nothing_moved(command: Usage, found: RecentReport) -> str:
    """Return the direction that was asked for, if there are rows and none of them moved so."""
    versus = command.versus
    there = found.compared is not None and found.report.matched_before_limit > 0
    return versus.only or "" if versus is not None and there else ""


def _reason(command: Usage, found: RecentReport, values: Mapping[str, str]) -> ErrorView:
    gaps = found.report.gaps
    if gaps.may_be_incomplete:
        # The older report of sold licenses was seen to be empty although licenses are sold.
        seats = command.seats is not None and Remark.SUPERSEDED_API in found.report.remarks
        return ErrorView("sold_unknown", values) if seats else ErrorView("nothing_in_what_came", values)
    if found.compared is not None and is_same_day(found.report, found.compared):
        newest = max(each.day for each in found.report.as_of)
        return ErrorView("same_days", {**values, "date": newest.isoformat()})
    if only := _nothing_moved(command, found):
        return ErrorView(f"none_{only}", values)
    unknown = gaps.unknown or gaps.unusable
    if found.report.matched_before_limit and command.selection != EVERYTHING:
        return ErrorView("none_within_known" if unknown else "none_within", values)
    if unknown:
        return ErrorView("only_unknown_rows", values)
    return _no_rows(command, found, values)


def _no_rows(command: Usage, found: RecentReport, values: Mapping[str, str]) -> ErrorView:
    if Remark.FILTERED_HERE in found.report.remarks:
        return ErrorView("no_rows_fit", values)
    if command.seats is not None:
        return ErrorView("nothing_sold", values) if command.day is None else ErrorView("nothing_sold_on_day", values)
    if command.day is not None:
        return ErrorView("no_rows_on_day", values)
    asks_for_all = command.expression is None and not (command.mine or found.plan.scope or found.plan.excluded)
    return ErrorView("empty_book" if asks_for_all else "no_rows", values)
