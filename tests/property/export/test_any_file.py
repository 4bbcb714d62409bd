"""Any names give files that Python's csv module and openpyxl read as the same cells, none of them a formula."""

import csv
import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.commands.command import ExportForm
from bot.export.export_file import write
from bot.export.export_table import export_table
from bot.export.spreadsheet_cell import FORMULAS, harmless
from tests.unit.export.made_answers import ANN, ASKED_AT, WORDS, answer, row

NAMES = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=5)


@given(NAMES)
def test_csv_has_every_name_in_its_cell(names: list[str]) -> None:
    content = write(export_table(answer(*map(row, names)), ANN, ASKED_AT, WORDS), ExportForm.CSV)
    found = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert [line[0] for line in found[1 : len(names) + 1]] == [harmless(name) for name in names]
    assert len({len(line) for line in found}) == 1
    assert not any(cell.startswith(FORMULAS) for line in found for cell in line)


@given(NAMES)
def test_workbook_has_every_name_as_text(names: list[str]) -> None:
    content = write(export_table(answer(*map(row, names)), ANN, ASKED_AT, WORDS), ExportForm.XLSX)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Usage"]
    cells = [sheet.cell(at, 1) for at in range(2, len(names) + 2)]
    assert [cell.data_type for cell in cells if cell.value is not None] == ["s"] * sum(
        cell.value is not None for cell in cells
    )
    assert [_lines(unescape(cell.value or "")) for cell in cells] == [_lines(str(harmless(name))) for name in names]


def _lines(text: str) -> str:
    """XML has one kind of line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
