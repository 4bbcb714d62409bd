"""Tests of how findings are printed.

Nothing in them controls a terminal, and a program reads one line.
"""

import json

from bot.cli.commands.doctor import as_json, as_table
from bot.doctor.finding import failed, ok, skipped, warning

FINDINGS = [
    ok("settings", "fine"),
    warning("clock", "a bit late " * 20, "Set it."),
    failed("Entra", "evil \x1b[2J\r\n text \u202e", "Mend \x07 it."),
    skipped("role", "Entra"),
]


def test_finding_cannot_control_the_terminal():
    told = as_table(FINDINGS)
    assert not set(told) & set("\x1b\r\x07\u202e")
    assert len(told.splitlines()) < 14


def test_lines_are_wrapped_and_indented_to_their_beginning():
    lines = as_table(FINDINGS).splitlines()
    assert max(map(len, lines)) <= 100
    begin = lines[1].index("a bit late")
    assert lines[2].startswith(" " * begin + "bit late")


def test_last_line_counts_the_failures():
    assert as_table(FINDINGS).endswith("1 failed, 1 warning, 1 skipped, 1 ok.")
    assert as_table(FINDINGS[:1]).endswith("Nothing failed: 1 ok.")


def test_json_is_one_line_of_ascii():
    line = as_json(FINDINGS)
    assert line.isascii()
    assert "\n" not in line
    told = json.loads(line)
    assert (told["failed"], told["warnings"], len(told["findings"])) == (1, 1, 4)
    assert told["findings"][3]["because"] == "Entra"
