"""An answer as CSV, for spreadsheets.

The format is that of https://www.rfc-editor.org/rfc/rfc4180. The columns are the keys of a row in JSON, which
QUESTIONS.md describes; those of `worst` begin with "worst".
"""

import csv
import io
from collections.abc import Iterator, Mapping

from bot.cli.output.answer_json import NO_WORST, row_as_json
from bot.cli.output.spreadsheet_cell import harmless
from bot.domain.figures import LicenseFigures
from bot.query.reports.usage_report import ReportRow
from bot.usage.usage_answer import UsageAnswer


def as_csv(answer: UsageAnswer) -> str:
    """Return a line of column names, then a line for each row.

    Lines end with CR LF; an empty cell is null.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(_flat(row_as_json(ReportRow({}, LicenseFigures()))))
    for row in answer.report.rows:
        writer.writerow(harmless(value) for value in _flat(row_as_json(row)).values())
    return written.getvalue()


def _flat(row: Mapping[str, object]) -> dict[str, object]:
    return dict(_cells(row))


def _cells(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if key != "worst":
            yield key, value
            continue
        worst = value if isinstance(value, dict) else NO_WORST
        yield from ((f"worst{name[0].upper()}{name[1:]}", cell) for name, cell in worst.items())
