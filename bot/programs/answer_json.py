"""An answer as JSON, for programs.

Its keys are stable; QUESTIONS.md describes them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot.domain.licensing import ServiceDate
from bot.export.answer_rows import figures_as_json, gone_as_json, rows_as_json
from bot.programs.request_json import as_request, spellings
from bot.query.reports.report_gaps import Gaps
from bot.query.sums.day_rank import day_rank
from bot.usage.compared.compared_figures import is_same_day
from bot.usage.usage_answer import UsageAnswer


def as_json(answer: UsageAnswer) -> dict[str, object]:
    """Return an answer as a JSON object.

    `{"kind", "query", "corrected", "assumed", "asOf", "asOfByService", "remarks", "gaps", "total", "rows"}`. A `share`
    is a fraction, at most 1, null if no license is qualified. `asOf` is the oldest day among the services (ISO, null
    without rows): no figure is older. `asOfByService` has the newest day of each service, or the best for the day that
    was asked for. If two days are compared, `compared` has the earlier one, and each row `change` and `before`. The
    kind of an answer about sold licenses is `seats`. `ignored` is there if something is left out of every answer.
    """
    report, seats = answer.report, answer.command.seats is not None
    return {
        "kind": "seats" if seats else "usage",
        "query": as_request(answer.plan),
        **spellings(answer.plan),
        "asOf": min((as_of.day.isoformat() for as_of in report.as_of), default=None),
        "asOfByService": _days(report.as_of, answer.command.day),
        "remarks": sorted({*(remark.value for remark in report.remarks), *_named(report.gaps)}),
        "gaps": _gaps(report.gaps),
        "total": figures_as_json(report.total, seats=seats),
        "rows": list(rows_as_json(answer)),
        **_ignored(answer),
        **_compared(answer),
    }


def _ignored(answer: UsageAnswer) -> dict[str, object]:
    left_out = answer.plan.left_out
    if left_out is None or not (left_out.customers or left_out.unnamed or left_out.rows):
        return {}
    names, unnamed = [each.label for each in left_out.customers], len(left_out.unnamed)
    return {"ignored": {"customers": names, "unnamed": unnamed, "trials": left_out.rows}}


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
            "total": figures_as_json(before.total, seats=answer.command.seats is not None),
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
