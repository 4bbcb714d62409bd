"""`usagebot explain`, run as a process."""

import subprocess
import sys
from pathlib import Path

import pytest

QUESTION = "usage for TEST COMPANY on Exchange"
# What makes a start slow, and what an offline command has no use for.
HEAVY = ("aiohttp", "botbuilder", "msal", "rich", "babel", "adaptivecards")


def test_the_request_is_printed(usagebot):
    ran = usagebot("explain", "--format", "json", QUESTION)
    assert (ran.code, ran.err) == (0, "")
    assert ran.document == {
        "method": "GET",
        "path": "/partner/v1/analytics/commercial/usage/license",
        "params": {"filter": "customerName eq 'TEST COMPANY' and workloadCode eq 'EXO'"},
    }


def test_it_starts_without_anything_heavy():
    code = (
        "import sys\nfrom bot.cli.main import run\n"
        f"assert run(['explain', {QUESTION!r}]) == 0\n"
        f"print([name for name in sys.modules if name.split('.')[0] in {HEAVY!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "question",
    [QUESTION, "top 5 by customer on Exchange", "usage for Focus on IT except Skype", "usage as of 2018-10-07"],
)
def test_the_demo_explains_what_ask_sends(usagebot, question):
    explained = usagebot("explain", "--demo", "--format", "json", question)
    asked = usagebot("ask", "--demo", "--format", "json", question)
    assert explained.document == asked.document["query"]


def test_what_is_done_with_the_rows_is_told_too(usagebot):
    assert "top 5 below 50%" in usagebot("explain", "top 5 by customer below 50%").out


def test_a_sentence_that_needs_no_request_is_null(usagebot):
    ran = usagebot("explain", "--format", "json", "help")
    assert (ran.code, ran.document) == (0, None)


@pytest.mark.parametrize("demo", [(), ("--demo",)])
def test_what_is_not_understood_is_told_in_json_and_in_words(usagebot, demo):
    ran = usagebot("explain", "--format", "json", *demo, "usage by moon")
    assert (ran.code, ran.document["kind"], ran.document["found"]) == (2, "not_understood", "moon")
    assert "moon" in ran.err


def test_a_name_of_several_is_asked_back(usagebot):
    ran = usagebot("explain", "--format", "json", "--demo", "usage for Contoso")
    assert (ran.code, ran.document["kind"]) == (2, "which")


def test_bytes_that_are_no_text_are_no_traceback(usagebot):
    ran = usagebot("explain", "usage for caf\udce9 on Exchange", PYTHONIOENCODING="ascii")
    assert ran.code == 0


@pytest.mark.parametrize("arguments", [(), ("moon",), ("explain",), ("explain", "--moon", "x"), ("\x1b[31m",)])
def test_a_wrong_command_line_is_2_with_the_usage_on_stderr_or_stdout(usagebot, arguments):
    ran = usagebot(*arguments)
    assert ran.code == 2
    assert "usage: usagebot" in ran.out + ran.err
    assert "\x1b" not in ran.out + ran.err


def test_a_full_disk_is_one_line():
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
def test_a_reader_who_leaves_is_no_traceback(command):
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 1
