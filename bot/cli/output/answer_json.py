"""An answer as JSON, for programs.

Its keys are stable; QUESTIONS.md describes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot.cli.output.request_output import as_request, spellings
from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension, ServiceDate
from bot.query.reports.report_comparison import RowChange
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.usage_report import ReportRow
from bot.query.sums.day_rank import day_rank
from bot.usage.compared.compared_figures import is_same_day
from bot.usage.usage_answer import UsageAnswer

# Why there are no numbers of licenses: a license counts once in each workload, so they are not added.
WITHHELD = "several_workloads"
NUMBERS = ("active", "qualified", "unused", "beyond")
NO_WORST: Mapping[str, None] = dict.fromkeys(("workload", "workloadId", *NUMBERS, "share"))


def as_json(answer: UsageAnswer) -> dict[str, object]:
    """Return an answer as a JSON object.

    `{"kind", "query", "corrected", "assumed", "asOf", "asOfByService", "remarks", "gaps", "total", "rows"}`. A `share`
    is a fraction, at most 1, null if no license is qualified. `asOf` is the oldest day among the services (ISO, null
    without rows): no figure is older. `asOfByService` has the newest day of each service, or the best for the day that
    was asked for. If two days are compared, `compared` has the earlier one, and each row `change` and `before`.
    """
    report = answer.report
    return {
        "kind": "usage",
        "query": as_request(answer.plan),
        **spellings(answer.plan),
        "asOf": min((as_of.day.isoformat() for as_of in report.as_of), default=None),
        "asOfByService": _days(report.as_of, answer.command.day),
        "remarks": sorted({*(remark.value for remark in report.remarks), *_named(report.gaps)}),
        "gaps": _gaps(report.gaps),
        "total": _figures(report.total),
        "rows": list(rows_as_json(answer)),
        **_compared(answer),
    }


def rows_as_json(answer: UsageAnswer) -> Iterator[dict[str, object]]:
    """Yield the rows.

    If two days are compared, each has its `change` and the figures `before`.
    """
    changes = None if answer.compared is None else answer.compared.changes
    for at, row in enumerate(answer.report.rows):
        yield row_as_json(row) | ({} if not changes else change_as_json(changes[at]))


def change_as_json(change: RowChange) -> dict[str, object]:
    """Return what is known of a row on the earlier day."""
    before = change.before
    figures = None
    if before is not None:
        as_of = change.days[0].isoformat() if change.days else None
        # A row of which figures are unknown on either day has no figures before.
        figures = {"asOf": as_of, "unknownRows": 0, **_figures(before)}
    return {"change": change.kind.value, "before": figures}


def gone_as_json(answer: UsageAnswer) -> Iterator[dict[str, object]]:
    """Yield the rows that the earlier day alone has, with its figures."""
    for row in () if answer.compared is None else answer.compared.gone:
        yield row_as_json(row)


def _compared(answer: UsageAnswer) -> dict[str, object]:
    compared = answer.compared
    if compared is None:
        return {}
    before = compared.before
    earlier = replace(answer.plan, query=replace(answer.plan.query, processed=compared.day))
    return {
        "compared": {
            "day": compared.day.isoformat(),
            "query": as_request(earlier),
            "asOf": min((each.day.isoformat() for each in before.as_of), default=None),
            "asOfByService": _days(before.as_of, compared.day),
            "sameDays": is_same_day(answer.report, compared),
            "totalKnown": compared.total_known,
            "total": _figures(before.total),
            "remarks": sorted(_named(before.gaps)),
            "gaps": _gaps(before.gaps),
            "gone": list(gone_as_json(answer)),
        }
    }


def _days(as_of: Sequence[ServiceDate], wanted: date | None) -> dict[str, str]:
    ordered = sorted(as_of, key=lambda each: day_rank(each.day, wanted))
    best = {each.service: each.day.isoformat() for each in ordered}  # the best day is the last of a service
    return dict(sorted(best.items()))


def _named(gaps: Gaps) -> Iterator[str]:
    """Return the names of the gaps.

    Rows with an unreadable day are unknown too, and an answer with an error beside its rows may be incomplete.
    """
    yield from dict(gaps.counted)
    if gaps.unknown:
        yield "unknown_rows"
    if gaps.incomplete and not gaps.missing:
        yield "may_be_incomplete"


def _gaps(gaps: Gaps) -> dict[str, object]:
    """Return what is not in the figures, or only with a reservation. Numbers count rows."""
    return {
        "unknownRows": gaps.unknown,
        "unreadableDays": gaps.unreadable_days,
        "unusableRows": gaps.unusable,
        "repeatedRows": gaps.repeated,
        "missingRows": gaps.missing,
        "perhapsMissingRows": gaps.perhaps_missing,
        "undatedRows": gaps.undated,
        "rowsWithoutCustomerId": gaps.unidentified,
        "mayBeIncomplete": gaps.may_be_incomplete,
        "older": [{"day": each.day.isoformat(), "customers": each.customers} for each in gaps.older],
    }


def row_as_json(row: ReportRow) -> dict[str, object]:
    """Return a row with its names, ids and figures.

    A dimension that the row sums over is null.
    """
    shown: dict[str, object] = {}
    for dimension in Dimension:
        entry = row.entries.get(dimension)
        shown[dimension.value] = entry.name if entry else None
        if dimension is not Dimension.CHANNEL:
            shown[f"{dimension.value}Id"] = entry.id if entry and entry.has_id else None
    as_of = row.days[0].isoformat() if row.days else None
    return {**shown, "asOf": as_of, "unknownRows": row.unknown, **_figures(row.figures)}


def _figures(figures: LicenseFigures) -> dict[str, object]:
    """Return the figures. Numbers of licenses are null if they are of several workloads.

    `worst` then has the workload with most unused, and its numbers.
    """
    worst = figures.worst
    named = None
    if worst is not None:
        named = {
            "workload": worst.workload.name,
            "workloadId": worst.workload.id if worst.workload.has_id else None,
            **_numbers(worst.licenses),
            "share": worst.licenses.share,
        }
    return {
        **_numbers(None if figures.withheld else figures.sums),
        "share": figures.share,
        "withheld": WITHHELD if figures.withheld else None,
        "worst": named,
    }


def _numbers(licenses: Licenses | None) -> dict[str, int | None]:
    if licenses is None:
        return dict.fromkeys(NUMBERS)
    return {
        "active": licenses.active,
        "qualified": licenses.qualified,
        "unused": licenses.unused,
        "beyond": licenses.beyond,
    }
