"""An answer as CSV, for spreadsheets.

The format is that of https://www.rfc-editor.org/rfc/rfc4180. The columns are the keys of a row in JSON, which
QUESTIONS.md describes; those of `worst` begin with "worst", those of an earlier day with "before".
"""

import csv
import io
from collections.abc import Iterator, Mapping

from bot.cli.output.answer_json import NO_WORST, change_as_json, gone_as_json, row_as_json, rows_as_json
from bot.cli.output.spreadsheet_cell import harmless
from bot.domain.figures import LicenseFigures
from bot.query.reports.report_comparison import ChangeKind, RowChange
from bot.query.reports.usage_report import ReportRow
from bot.usage.usage_answer import UsageAnswer

FIGURES = frozenset({"asOf", "unknownRows", "active", "qualified", "unused", "beyond", "share", "withheld", "worst"})


def as_csv(answer: UsageAnswer) -> str:
    """Return a line of column names, then a line for each row.

    Lines end with CR LF; an empty cell is null.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    names = _flat(row_as_json(ReportRow({}, LicenseFigures())))
    if answer.compared is not None:
        names |= _flat_change(change_as_json(RowChange(ChangeKind.SAME, LicenseFigures())))
    writer.writerow(names)
    for row in (*map(_line, rows_as_json(answer)), *map(_gone_line, gone_as_json(answer))):
        writer.writerow(harmless(row.get(name)) for name in names)
    return written.getvalue()


def _line(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row of the answer as cells, also those of the earlier day."""
    plain = {key: value for key, value in row.items() if key not in ("change", "before")}
    return _flat(plain) | (_flat_change(row) if "change" in row else {})


def _gone_line(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row that the earlier day alone has: only its names and its figures before."""
    figures = {key: value for key, value in row.items() if key in FIGURES}
    names = {key: value for key, value in row.items() if key not in FIGURES}
    return names | _flat_change({"change": ChangeKind.GONE.value, "before": figures})


def _flat_change(row: Mapping[str, object]) -> dict[str, object]:
    before = row.get("before")
    figures = _flat(before) if isinstance(before, dict) else {}
    return {"change": row["change"], **{f"before{name[0].upper()}{name[1:]}": cell for name, cell in figures.items()}}


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    return dict(_cells(row))


def _cells(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if key != "worst":
            yield key, value
            continue
        worst = value if isinstance(value, dict) else NO_WORST
        yield from ((f"worst{name[0].upper()}{name[1:]}", cell) for name, cell in worst.items())
