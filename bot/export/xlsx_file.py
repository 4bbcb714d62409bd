"""A table as an Excel workbook: one sheet with the figures, one with what is said about them.

XlsxWriter only writes, and writes a text as a text: none of our cells is a formula, a link or an array. The workbook is
made in memory, so no figure is in a temporary file.
"""

import io
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.export.export_table import DAY, SHARE, Column, ExportTable
from bot.export.spreadsheet_cell import harmless

# https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
LONGEST_TEXT = 32_767  # characters of a cell
FORMATS = {DAY: "yyyy-mm-dd", SHARE: "0.0%"}
WIDTHS = {DAY: 12, SHARE: 10, "": 14}
WIDEST = 60  # characters of a column


def xlsx_bytes(table: ExportTable) -> bytes:
    """Return the file. It blocks: half a million cells take some seconds."""
    file = io.BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    formats = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
    figures = book.add_worksheet(table.title)
    _headings(figures, table.columns, bold)
    for at, row in enumerate(table.rows, start=1):
        for index, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            _write(figures, at, index, cell, formats.get(column.kind))
    if table.rows:
        figures.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    _notes(book.add_worksheet(table.notes), table, bold)
    book.close()
    return file.getvalue()


def _headings(sheet: Worksheet, columns: tuple[Column, ...], bold: Format) -> None:
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.write_string(0, index, column.heading, bold)
        sheet.set_column(index, index, max(WIDTHS[column.kind], min(len(column.heading) + 4, WIDEST)))


def _notes(sheet: Worksheet, table: ExportTable, bold: Format) -> None:
    sheet.set_column(0, 0, max(len(label) for label, _ in table.facts) + 2)
    sheet.set_column(1, 1, WIDEST)
    for at, (label, text) in enumerate(table.facts):
        sheet.write_string(at, 0, label, bold)
        _write(sheet, at, 1, text, None)


def _write(sheet: Worksheet, row: int, column: int, cell: object, form: Format | None) -> None:
    """Write a cell by its type: what looks like a formula or a link stays a text."""
    match cell:
        case None:
            return
        case date():
            sheet.write_datetime(row, column, cell, form)
        case int() | float():
            sheet.write_number(row, column, cell, form)
        case _:
            sheet.write_string(row, column, str(harmless(str(cell)))[:LONGEST_TEXT], form)
