"""A file with an answer: its name, its kind, its bytes, and the bounds of all of them. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bot.commands.command import ExportForm
from bot.errors import ExportTooLargeError
from bot.export.csv_file import csv_bytes
from bot.export.export_table import ExportTable
from bot.export.xlsx_file import xlsx_bytes

MOST_ROWS = 50_000
MOST_BYTES = 20 * 1024 * 1024  # in one request of the upload; an upload session takes up to 60 MiB
LONGEST_NAME = 80  # characters before the ending
CONTENT_TYPES = {
    ExportForm.CSV: "text/csv; charset=utf-8",
    ExportForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WRITERS = {ExportForm.CSV: csv_bytes, ExportForm.XLSX: xlsx_bytes}
# What SharePoint and Windows do not take in a name, and what a header would have to quote.
# https://support.microsoft.com/en-us/office/restrictions-and-limitations-in-onedrive-and-sharepoint-64883a5d-228e-48f5-b3d2-eb39e07630fa
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class ExportFile:
    """A file. `rows` counts the rows with figures, `day` is the newest day of the figures, None if it is not known."""

    name: str
    form: ExportForm
    content: bytes
    rows: int
    scope: tuple[str, ...] = ()
    day: date | None = None

    @property
    def content_type(self) -> str:
        """The media type for the header."""
        return CONTENT_TYPES[self.form]


def write(table: ExportTable, form: ExportForm) -> bytes:
    """Return the bytes of the file. It blocks. Raises ExportTooLargeError."""
    check_rows(len(table.rows))
    content = _WRITERS[form](table)
    if len(content) > MOST_BYTES:
        raise ExportTooLargeError("the file is too large")
    return content


def check_rows(count: int) -> None:
    """Raise ExportTooLargeError if a file may not have so many rows."""
    if count > MOST_ROWS:
        raise ExportTooLargeError("the answer has too many rows")


def file_name(scope: tuple[str, ...], day: date | None, form: ExportForm, about: str = "usage") -> str:
    """Return `usage-TEST-COMPANY-Exchange-2018-10-28.xlsx`: ASCII letters, digits and hyphens alone.

    Such a name is safe in a header, on every disk and in SharePoint.
    """
    plain = unicodedata.normalize("NFKD", "-".join((about, *scope))).encode("ascii", "ignore").decode()
    stem = _UNSAFE.sub("-", plain)[:LONGEST_NAME].strip("-") or about
    return f"{stem}{'' if day is None else f'-{day.isoformat()}'}.{form.value}"
