"""Files as other libraries read them: no formula, every number a number, within their bounds."""

import csv
import io

import openpyxl
import pytest

from bot.commands.command import ExportForm
from bot.errors import ExportTooLargeError
from bot.export import export_file
from bot.export.export_file import MOST_ROWS, check_rows, file_name, write
from bot.export.export_table import export_table
from tests.unit.export.made_answers import ANN, ASKED_AT, DAY, WORDS, answer, row

DANGEROUS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1"]


def table(*names: str):
    return export_table(answer(*(row(name) for name in names)), ANN, ASKED_AT, WORDS)


def lines(content: bytes) -> list[list[str]]:
    assert content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def sheets(content: bytes):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book["Usage"], book["About"]


def test_csv_begins_with_headings_and_ends_with_what_is_said_about_it() -> None:
    found = lines(write(table("Zoë, Ltd"), ExportForm.CSV))
    assert found[0][:2] == ["Customer", "Customer id"]
    assert found[1][:4] == ["Zoë, Ltd", "ID", "2018-10-28", "62"]
    assert set(found[2]) == {""}
    assert found[3][:2] == ["Question", "usage by customer"]
    assert len({len(line) for line in found}) == 1  # RFC 4180, 2.4


def test_csv_lines_end_as_rfc_4180_says() -> None:
    content = write(table("A", "B"), ExportForm.CSV)
    assert content.count(b"\r\n") == content.count(b"\n")


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_name_is_a_formula_in_a_csv(name: str) -> None:
    assert lines(write(table(name), ExportForm.CSV))[1][0].startswith("'")


@pytest.mark.parametrize("name", DANGEROUS)
def test_no_name_is_a_formula_in_a_workbook(name: str) -> None:
    figures, _ = sheets(write(table(name), ExportForm.XLSX))
    assert figures["A2"].data_type == "s"
    assert figures["A2"].value.startswith("'")


def test_name_that_looks_like_a_link_is_a_text() -> None:
    figures, _ = sheets(write(table("https://example.com", "mailto:a@b.c"), ExportForm.XLSX))
    assert [figures[cell].hyperlink for cell in ("A2", "A3")] == [None, None]


def test_workbook_has_numbers_days_and_percentages() -> None:
    figures, about = sheets(write(table("Contoso"), ExportForm.XLSX))
    headings = [cell.value for cell in figures[1]]
    cells = dict(zip(headings, figures[2], strict=True))
    assert (cells["Active"].value, cells["Active"].data_type) == (62, "n")
    assert cells["As of"].value.date() == DAY
    assert (cells["In use"].value, cells["In use"].number_format) == (0.62, "0.0%")
    assert (about["A1"].value, about["B1"].value) == ("Question", "usage by customer")
    assert figures.freeze_panes == "A2"


@pytest.mark.parametrize("name", ["\ufffe", "a\uffffb", "\ud800", "_x000D_", "\x00"])
def test_workbook_with_what_xml_has_no_letter_for_can_be_read(name: str) -> None:
    figures, _ = sheets(write(table(name), ExportForm.XLSX))
    assert figures["B2"].value == "ID"


def test_workbook_keeps_a_name_that_is_longer_than_a_cell() -> None:
    figures, _ = sheets(write(table("x" * 40_000), ExportForm.XLSX))
    assert len(figures["A2"].value) == 32_767


def test_more_rows_than_a_file_may_have_are_refused() -> None:
    check_rows(MOST_ROWS)
    with pytest.raises(ExportTooLargeError):
        check_rows(MOST_ROWS + 1)


def test_more_bytes_than_a_file_may_have_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_file, "MOST_BYTES", 100)
    with pytest.raises(ExportTooLargeError):
        write(table("Contoso"), ExportForm.CSV)


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        (("TEST COMPANY", "Exchange"), "usage-TEST-COMPANY-Exchange-2018-10-28.csv"),
        ((), "usage-2018-10-28.csv"),
        (("../../etc/passwd",), "usage-etc-passwd-2018-10-28.csv"),
        (('a"; filename="x.exe',), "usage-a-filename-x-exe-2018-10-28.csv"),
        (("Café Zoë\r\nX-Evil: 1",), "usage-Cafe-Zoe-X-Evil-1-2018-10-28.csv"),
        (("株式会社",), "usage-2018-10-28.csv"),
    ],
)
def test_file_name_is_safe_on_disk_and_in_a_header(scope: tuple[str, ...], name: str) -> None:
    assert file_name(scope, DAY, ExportForm.CSV) == name


def test_long_file_name_is_cut_and_keeps_its_ending() -> None:
    name = file_name(("x" * 500,), None, ExportForm.XLSX)
    assert len(name) < 100
    assert name.endswith(".xlsx")
