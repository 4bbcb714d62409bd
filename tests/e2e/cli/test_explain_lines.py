"""Tests of `usagebot explain --lines`, run as a process."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LINES = ("--format", "jsonl", "--lines")
CLOCK = ("--now", "2027-02-01T09:00:00+00:00", "--zone", "Europe/Lisbon")
# Modules that a start without the simulator does not need.
SERVER = ("aiohttp", "sqlalchemy", "dbos", "botbuilder", "msal", "alembic")
GOOD = {"id": "1", "text": "usage on Exchange", "after": [], "language": "en"}

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a file of lines: objects, or raw bytes."""

    def write(*lines: dict[str, Any] | bytes) -> str:
        path = tmp_path / "sentences.jsonl"
        path.write_bytes(b"\n".join(each if isinstance(each, bytes) else json.dumps(each).encode() for each in lines))
        return str(path)

    return write


def printed(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_sentences_are_explained_in_order_with_the_demos_names(usagebot, write: Write) -> None:
    texts = ["exchange at keystone", "usage for Contoso", "usage for Fabrikan", "digest in an hour usage", "cheers"]
    ran = usagebot(
        "explain", "--demo", *CLOCK, *LINES, write(*({**GOOD, "id": n, "text": t} for n, t in enumerate(texts)))
    )
    assert (ran.code, ran.err) == (0, "")
    said = printed(ran.out)
    assert [each["id"] for each in said] == [0, 1, 2, 3, 4]
    assert [each["outcome"] for each in said] == ["answer", "ask", "answer", "answer", "help"]
    assert said[0]["meaning"]["filter"].endswith(" and workloadCode eq 'EXO'")
    assert said[1]["why"]["kind"] == "several"
    assert [choice["label"][:9] for choice in said[1]["choices"]] == ["Contoso (", "Contoso ("]
    assert said[2]["corrected"] == [{"typed": "Fabrikan", "taken": "Fabrikam"}]
    assert said[3]["meaning"]["schedule"] == {"kind": "once", "next": ["2027-02-01T10:00:00+00:00"]}


def test_choices_are_answered_when_they_are_asked(usagebot, write: Write) -> None:
    asked = usagebot("explain", "--demo", *LINES, write({**GOOD, "text": "usage for Contoso on Exchange"}))
    choices = printed(asked.out)[0]["choices"]
    again = usagebot("explain", "--demo", *LINES, write(*({**GOOD, "text": choice["text"]} for choice in choices)))
    assert [each["outcome"] for each in printed(again.out)] == ["answer"] * len(choices)


def test_lines_are_read_from_standard_input_when_the_file_is_a_dash() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "explain", *LINES, "-"],
        input=json.dumps(GOOD).encode(),
        capture_output=True,
        check=True,
    )
    assert printed(done.stdout.decode())[0]["meaning"]["filter"] == "workloadCode eq 'EXO'"


def test_lines_before_a_bad_one_stay(usagebot, write: Write) -> None:
    ran = usagebot("explain", *LINES, write(GOOD, {"id": "2", "text": 3}, GOOD))
    assert ran.code == 2
    assert [each["id"] for each in printed(ran.out)] == ["1"]
    assert ran.err == "usagebot: line 2: “after” is missing.\n"


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"nonsense",
        b"\x00\x1b[31m",
        b"\xff",
        b"[[[[" * 100_000,
        b'{"id": "\x1b]0;x\x07"}',
        b" " * 2_000_000,
    ],
)
def test_bad_line_is_one_line_on_stderr(usagebot, write: Write, line: bytes) -> None:
    ran = usagebot("explain", *LINES, write(line, GOOD))
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("usagebot: line 1: ")
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "text", ["\x00", "\ud800 usage", "\x1b[31musage", "usage " * 100_000, "𓀀" * 2_000, "(" * 1_999, "\u202eusage", ""]
)
def test_hostile_text_is_a_result(usagebot, write: Write, text: str) -> None:
    ran = usagebot("explain", *LINES, write({**GOOD, "text": text, "language": "../../x\x00"}, GOOD))
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.isascii()
    assert [each["outcome"] for each in printed(ran.out)][1] == "answer"


def test_empty_file_prints_nothing(usagebot, write: Write) -> None:
    ran = usagebot("explain", *LINES, write())
    assert (ran.code, ran.out, ran.err) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("--lines", "x.jsonl"), "--lines needs --format jsonl"),
        (("--lines", "x.jsonl", "--format", "json"), "--lines needs --format jsonl"),
        ((*LINES, "x.jsonl", "usage"), "no question beside it"),
        ((*LINES, "/nowhere/x.jsonl"), "No such file or directory"),
        ((*LINES, "/"), "Is a directory"),
        ((*LINES, ""), "--lines: '' cannot be read"),
        (("--format", "jsonl", "usage"), "goes with --lines"),
        ((), "a question is missing"),
        (("--zone", "Europe/Atlantis", "usage"), "not a time zone"),
        (("--zone", "../../etc/passwd", "usage"), "not a time zone"),
        (("--zone", "", "usage"), "not a time zone"),
        (("--now", "2027-02-01T09:00:00", "usage"), "has no offset"),
        (("--now", "tomorrow", "usage"), "not a date and time"),
        (("--now", "0001-01-01T00:00:00+14:00", "usage"), "not between the years"),
    ],
)
def test_wrong_command_line_is_2_with_the_usage(usagebot, arguments: tuple[str, ...], problem: str) -> None:
    ran = usagebot("explain", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert "usage: usagebot explain" in ran.err
    assert problem in " ".join(ran.err.split())


@pytest.mark.parametrize("demo", [(), ("--demo",)])
def test_single_question_is_asked_on_the_clock_given(usagebot, demo: tuple[str, ...]) -> None:
    clock = ("--now", "2027-02-01T23:30:00+00:00", "--zone", "Asia/Tokyo")
    ran = usagebot("explain", *demo, *clock, "--format", "json", "usage as of yesterday")
    assert ran.document["params"] == {"processedDateTime": "2027-02-01"}


def test_server_libraries_are_not_loaded_when_names_are_not_looked_up(write: Write) -> None:
    code = (
        "import sys\nfrom bot.cli.main import run\n"
        f"assert run(['explain', *{LINES!r}, {write(GOOD, {**GOOD, 'text': 'digest usage for'})!r}]) == 0\n"
        f"print([name for name in sys.modules if name.split('.')[0] in {SERVER!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
