"""An answer as JSON, for programs.

Its keys are stable; QUESTIONS.md describes them.
"""

from bot.cli.output.request_output import as_request
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow
from bot.usage.usage_answer import UsageAnswer


def as_json(answer: UsageAnswer) -> dict[str, object]:
    """Return an answer as a JSON object.

    `{"kind", "query", "asOf", "asOfByService", "remarks", "total", "rows"}`. A `share` is a fraction, null if no
    license is qualified. `asOf` is the oldest day among the services (ISO, null without rows): no figure is older.
    """
    report = answer.report
    days = {as_of.service: as_of.day.isoformat() for as_of in report.as_of}
    return {
        "kind": "usage",
        "query": as_request(answer.plan),
        "asOf": min(days.values(), default=None),
        "asOfByService": days,
        "remarks": sorted(remark.value for remark in report.remarks),
        "total": {
            "active": report.total.active,
            "qualified": report.total.qualified,
            "share": report.total.fraction,
        },
        "rows": [_row(row) for row in report.rows],
    }


def _row(row: ReportRow) -> dict[str, object]:
    """Return a row with its names and ids; null for a dimension that the row sums over."""
    shown: dict[str, object] = {}
    for dimension in Dimension:
        entry = row.entries.get(dimension)
        shown[dimension.value] = entry.name if entry else None
        if dimension is not Dimension.CHANNEL:
            shown[f"{dimension.value}Id"] = entry.id if entry else None
    return {
        **shown,
        "active": row.share.active,
        "qualified": row.share.qualified,
        "share": row.share.fraction,
    }
