"""Rows as CSV. Pure.

The format is that of https://www.rfc-editor.org/rfc/rfc4180: each line has as many cells as the first.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.export.export_table import ExportTable
from bot.export.spreadsheet_cell import harmless

# Excel reads a CSV without it in the code page of the machine: "Zoë" would be "ZoÃ«".
BYTE_ORDER_MARK = "\ufeff"


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as lines that end with CR LF. No cell is read as a formula; None is an empty cell."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue()


def csv_bytes(table: ExportTable) -> bytes:
    """Return the file: a line of headings, the rows, a line of empty cells, and what is said about the figures."""
    width = max(len(table.columns), 2)
    lines = [
        [column.heading for column in table.columns],
        *table.rows,
        [],
        *table.facts,
    ]
    return (BYTE_ORDER_MARK + csv_text([*line, *[None] * (width - len(line))] for line in lines)).encode()
