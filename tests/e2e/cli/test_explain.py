"""Tests of `usagebot explain`, run as a process."""

import subprocess
import sys
from pathlib import Path

import pytest

QUESTION = "usage for TEST COMPANY on Exchange"
# Modules that load slowly and that an offline command does not need.
HEAVY = ("aiohttp", "botbuilder", "msal", "rich", "babel", "adaptivecards")


def test_the_request_is_printed(usagebot):
    ran = usagebot("explain", "--format", "json", QUESTION)
    assert (ran.code, ran.err) == (0, "")
    assert ran.document == {
        "method": "GET",
        "path": "/partner/v1/analytics/commercial/usage/license",
        "params": {"filter": "customerName eq 'TEST COMPANY' and workloadCode eq 'EXO'"},
    }


def test_command_starts_without_slow_modules():
    code = (
        "import sys\nfrom bot.cli.main import run\n"
        f"assert run(['explain', {QUESTION!r}]) == 0\n"
        f"print([name for name in sys.modules if name.split('.')[0] in {HEAVY!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "question",
    [QUESTION, "top 5 by customer on Exchange", "usage for Focus on IT except Skype", "usage as of 2018-10-07"],
)
def test_the_demo_explains_what_ask_sends(usagebot, question):
    explained = usagebot("explain", "--demo", "--format", "json", question)
    asked = usagebot("ask", "--demo", "--format", "json", question)
    assert explained.document == asked.document["query"]


def test_selection_of_rows_is_printed_too(usagebot):
    assert "top 5 below 50%" in usagebot("explain", "top 5 by customer below 50%").out


def test_a_sentence_that_needs_no_request_is_null(usagebot):
    ran = usagebot("explain", "--format", "json", "help")
    assert (ran.code, ran.document) == (0, None)


@pytest.mark.parametrize("typed", [("usage by moon",), ("--demo", "usage on Exchange moon")])
def test_problem_is_reported_in_json_and_in_words(usagebot, typed):
    ran = usagebot("explain", "--format", "json", *typed)
    assert (ran.code, ran.document["kind"], ran.document["found"]) == (2, "not_understood", "moon")
    assert "moon" in ran.err


def test_choices_are_offered_when_a_name_has_several_owners(usagebot):
    ran = usagebot("explain", "--format", "json", "--demo", "usage for Contoso")
    assert (ran.code, ran.document["kind"]) == (2, "which")


def test_no_traceback_is_printed_when_bytes_are_not_text(usagebot):
    ran = usagebot("explain", "usage for caf\udce9 on Exchange", PYTHONIOENCODING="ascii")
    assert ran.code == 0


@pytest.mark.parametrize("arguments", [(), ("moon",), ("explain",), ("explain", "--moon", "x"), ("\x1b[31m",)])
def test_exit_code_is_2_when_the_command_line_is_wrong(usagebot, arguments):
    ran = usagebot(*arguments)
    assert ran.code == 2
    assert "usage: usagebot" in ran.out + ran.err
    assert "\x1b" not in ran.out + ran.err


def test_error_is_one_line_when_the_disk_is_full():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "explain", QUESTION],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("usagebot: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [("explain", QUESTION), ("ask", "--demo", "usage by customer")])
def test_no_traceback_is_printed_when_the_reader_exits(command):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1


def test_name_that_is_not_looked_up_is_not_shown_as_what_is_sent(usagebot):
    assert "TEST COMPANY is looked up when you ask, and its id is sent" in usagebot("explain", QUESTION).out
    assert "looked up" not in usagebot("explain", "--demo", QUESTION).out


@pytest.mark.parametrize("around", ["{} as csv", "every monday at 9 {}"])
def test_file_and_digest_have_the_request_of_their_question(usagebot, around):
    asked = usagebot("explain", "--format", "json", QUESTION).document
    assert usagebot("explain", "--format", "json", around.format(QUESTION)).document == asked
