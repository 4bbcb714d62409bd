"""Two days in a terminal, as JSON and as CSV."""

import csv
import io
import json
from typing import Any

from rich.console import Console

from bot.cli.output.answer_csv import as_csv
from bot.cli.output.request_output import tell_request
from bot.cli.output.result_output import write_result
from bot.cli.output.tables.compared_table import compared_table
from bot.programs.answer_json import as_json
from bot.usage.usage_answer import UsageAnswer, figures_view
from cards.wording.locale_words import LocaleWords
from tests.compared_answers import LATER, compared_answer

WORDS = LocaleWords.load("en")
BEFORE = [("A", "Exchange", 62, 100), ("SAME", "Exchange", 5, 10), ("GONE", "Exchange", 2, 4)]
AFTER = [("A", "Exchange", 48, 104), ("SAME", "Exchange", 5, 10), ("NEW", "Exchange", 1, 4)]
ANSWER = compared_answer(BEFORE, AFTER)


def drawn(answer: UsageAnswer, *, width: int = 120, ascii_only: bool = False) -> str:
    assert answer.compared is not None
    view = figures_view(answer, 1, today=LATER)
    table = compared_table(answer, answer.compared, view, WORDS, width=width, ascii_only=ascii_only)
    console = Console(file=io.StringIO(), width=width)
    console.print(table)
    written: Any = console.file
    return " ".join(str(written.getvalue()).split())


def test_table_has_both_figures_where_they_differ() -> None:
    text = drawn(ANSWER)
    assert "│ A │ ▼ 14 active │ 62% → 46% │ 38 → 56 │ 62 → 48 │ 100 → 104 │" in text
    assert "│ SAME │ No change │ 50% │ 5 │ 5 │ 10 │" in text
    assert "– → 25% │ – → 3 │ – → 1 │ – → 4 │" in text
    assert "50% → – │ 2 → – │ 2 → – │ 4 → – │" in text


def test_table_has_no_signs_that_a_plain_terminal_lacks() -> None:
    assert drawn(ANSWER, ascii_only=True).isascii() is False  # the borders are Rich's own
    assert not set(drawn(ANSWER, ascii_only=True)) & set("▲▼→–")


def test_several_workloads_are_compared_by_their_percentage() -> None:
    before = [("A", "Exchange", 60, 100), ("A", "Teams", 90, 100), ("B", "Teams", 1, 2)]
    after = [("A", "Exchange", 50, 100), ("A", "Teams", 90, 100), ("B", "Teams", 1, 2)]
    text = drawn(compared_answer(before, after))
    assert "│ A │ ▼ 5 points │ 75% → 70% │ Exchange │ 40 → 50 │ 60 → 50 │ 100 │" in text


def test_json_has_what_is_known_of_each_row() -> None:
    told: Any = as_json(ANSWER)
    assert [(row["customer"], row["change"], row["before"] and row["before"]["active"]) for row in told["rows"]] == [
        ("A", "changed", 62),
        ("SAME", "same", 5),
        ("NEW", "new", None),
    ]
    compared = told["compared"]
    assert (compared["day"], compared["asOf"], compared["sameDays"]) == ("2018-09-14", "2018-09-14", False)
    assert (compared["total"]["active"], compared["totalKnown"]) == (69, True)
    assert [row["customer"] for row in compared["gone"]] == ["GONE"]


def test_csv_has_columns_of_the_earlier_day_and_gone_rows_last() -> None:
    lines = list(csv.DictReader(io.StringIO(as_csv(ANSWER), newline="")))
    assert [(line["customer"], line["change"]) for line in lines] == [
        ("A", "changed"),
        ("SAME", "same"),
        ("NEW", "new"),
        ("GONE", "gone"),
    ]
    assert (lines[0]["active"], lines[0]["beforeActive"], lines[0]["beforeAsOf"]) == ("48", "62", "2018-09-14")
    assert (lines[2]["active"], lines[2]["beforeActive"]) == ("1", "")
    assert (lines[3]["active"], lines[3]["beforeActive"], lines[3]["beforeUnused"]) == ("", "2", "2")


def test_columns_are_the_same_when_the_earlier_day_has_no_figures() -> None:
    head, other = (as_csv(compared_answer(rows, AFTER)).splitlines()[0] for rows in (BEFORE, []))
    assert head == other
    told: Any = as_json(compared_answer([], AFTER))
    assert told["compared"]["asOf"] is None
    assert told["compared"]["gone"] == []


def test_terminal_says_the_days_above_the_table(capsys) -> None:
    assert write_result(ANSWER, "table", WORDS, today=LATER) == 0
    out = capsys.readouterr().out
    assert "Figures of October 14, 2018, compared with September 14, 2018" in out
    assert "compared with September 14, 2018" in out.splitlines()[0]


def test_explain_shows_the_requests_of_both_days(capsys) -> None:
    assert tell_request(ANSWER.command, ANSWER.plan, "text", LATER) == 0
    assert "and the same with processedDateTime = 2018-09-14, to compare" in capsys.readouterr().out
    assert tell_request(ANSWER.command, ANSWER.plan, "json", LATER) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["compared"]["params"] == {"processedDateTime": "2018-09-14"}
    assert "processedDateTime" not in told["params"]


def test_json_has_the_request_of_the_earlier_day() -> None:
    told: Any = as_json(ANSWER)
    assert told["compared"]["query"]["params"] == {"processedDateTime": "2018-09-14"}
