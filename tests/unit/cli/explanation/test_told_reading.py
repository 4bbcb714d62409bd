"""What a person reads about a sentence: its parts, and what decided."""

import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cli.explanation.told_reading import UNKNOWN, ToldPart, decided, parts_of
from bot.cli.output.told_reading_output import in_brackets, show_reading
from bot.language.reading.sentence_reader import SentenceReader
from tests.demo_directory import demo_directory
from tests.language.near_sentences import names_of

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
TEXT = "usage for fabrikam below 50% frob"


def weighed(text, names=None):
    return SentenceReader((names or demo_directory()).spans, NOW).weighed(text)


def test_parts_are_the_whole_text_and_neighbors_of_a_kind_are_one():
    parts = parts_of(TEXT, weighed(TEXT).reading)
    assert "".join(part.text for part in parts) == TEXT
    assert [part for part in parts if part.taken_for] == [
        ToldPart("usage", "act"),
        ToldPart("fabrikam", "customer"),
        ToldPart("below 50%", "conditions"),
        ToldPart("frob", UNKNOWN),
    ]


def test_next_best_reading_is_told_with_what_decided():
    found = weighed("teams usage", names_of({"names": {"customer": ["Teams"]}}))
    read, other, why = decided(found)
    assert {read, other.split(" (")[0]} == {'read as: usage for "Teams"', "next best: usage on Teams"}
    assert "“teams” as customer" in why
    assert "“teams” as workload" in why


@pytest.mark.parametrize("text", ["", "frob", "x" * 3_000, "\x1b[31m usage"])
def test_any_text_is_told_and_controls_no_terminal(text, capsys):
    show_reading(text, weighed(text))
    assert "\x1b" not in capsys.readouterr().out


def test_output_has_brackets_where_there_is_no_terminal(capsys):
    show_reading(TEXT, weighed(TEXT))
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "[usage: act] for [fabrikam: customer] [below 50%: conditions] [frob: not understood]"
    assert first == in_brackets(parts_of(TEXT, weighed(TEXT).reading))


@pytest.mark.parametrize(("no_color", "colored"), [("", True), ("1", False)])
def test_terminal_gets_colors_unless_they_are_unwanted(no_color, colored, capsys, monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", no_color)
    show_reading(TEXT, weighed(TEXT))
    out = capsys.readouterr().out
    assert ("\x1b[" in out) is colored
    assert ("[usage: act]" in out) is not colored
    assert "customer" in out.splitlines()[1 if colored else 0]
