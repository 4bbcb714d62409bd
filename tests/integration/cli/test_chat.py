"""Tests of the chat as a process: with a pipe, and with a terminal of its own."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.forked_processes import Finished, run_forked

CHAT = [sys.executable, "-m", "bot", "chat", "--demo"]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def piped(text: str, *arguments: str) -> Finished:
    return run_forked(("chat", "--demo", *arguments), os.environ, text.encode())


class Terminal:
    """A chat at a pseudo-terminal."""

    def __init__(self, *arguments: str) -> None:
        self._here, there = pty.openpty()
        environ = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
        self.process = subprocess.Popen(
            [*CHAT, *arguments],
            env=environ,
            pass_fds=[there],
            # The controlling terminal too; otherwise Ctrl-C would be an ordinary character.
            preexec_fn=lambda: os.login_tty(there),  # noqa: PLW1509
        )
        os.close(there)
        self.shown = ""

    def until(self, text: str) -> str:
        """Return the output once it contains `text`."""
        while text not in self.shown:
            if not self._read():
                pytest.fail(f"{text!r} was not shown:\n{self.shown}")
        return self.shown

    def _read(self) -> bool:
        """Read what the chat prints next; return False if it has ended."""
        try:
            data = os.read(self._here, 65_536)
        except OSError:  # the other end is closed
            return False
        self.shown += ESCAPES.sub("", data.decode("utf-8", "replace"))
        return bool(data)

    def type(self, text: str) -> None:
        self.shown = ""
        os.write(self._here, text.encode())

    def end_with(self, key: str) -> int:
        """Press `key` once, and return the exit code of the process that ends."""
        self.type(key)
        while self._read():
            pass
        return self.process.wait()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._here)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    chat = Terminal()
    yield chat
    chat.close()


def test_piped_sentence_is_answered_and_end_of_input_says_goodbye() -> None:
    done = piped("usage for TEST COMPANY on Exchange\n")
    assert done.code == 0
    assert "0 active of 1 qualified" in done.out
    assert done.out.splitlines()[-1] == "Goodbye."
    assert done.err == ""


def test_a_number_presses_the_button_of_the_last_card() -> None:
    first = re.search(r"(\d+) of 40 shown.* (\d+)  Next ", piped("usage by customer\nquit\n").out, re.DOTALL)
    assert first is not None
    done = piped(f"usage by customer\n{first[2]}\nquit\n")
    assert f"{int(first[1]) + 1} to " in done.out


@pytest.mark.parametrize("wish", ["export usage on Exchange by customer", "usage on Exchange\nin excel please"])
def test_file_is_told_of_in_words_because_a_terminal_has_no_onedrive(wish: str) -> None:
    shown = " ".join(piped(f"{wish}\nquit\n").out.split())
    assert re.search(r"Teams would ask here whether to save usage-Exchange[^ ]+\.(csv|xlsx) in your OneDrive", shown)
    assert "`usagebot ask --demo --format csv`" in shown


def test_wrong_numbers_and_hostile_bytes_are_answered_in_a_line() -> None:
    lines = [
        "0",
        "99",
        "999",
        "12345",
        "",
        "   ",
        "\x00\x1b[2J",
        "<script>",
        "usage " + "x" * 20_000,
        "😀" * 50,
        "quit",
    ]
    done = piped("\n".join(lines) + "\n")
    assert done.code == 0
    assert re.search(r"There is no button 99 on the last card \(1 to \d+\)\.", done.out)
    assert "\x1b" not in done.out
    assert "\x00" not in done.out
    assert "Traceback" not in done.out + done.err


def test_quit_ends_before_what_follows() -> None:
    assert "TEST COMPANY," not in piped("QUIT\nusage for TEST COMPANY on Exchange\n").out


def test_error_names_the_remedy_when_demo_is_missing() -> None:
    done = run_forked(("chat",), os.environ)
    assert done.code == 1
    assert "--demo" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_sentence_typed_at_a_terminal_is_answered(terminal: Terminal) -> None:
    terminal.until("> ")
    terminal.type("usage for TEST COMPANY on Exchange\r")
    shown = terminal.until("active of 1 qualified")
    assert "0 active of 1 qualified" in shown


@pytest.mark.parametrize("key", ["\x03", "\x04", "quit\r"])
def test_ctrl_c_ctrl_d_and_quit_end_in_one_line(terminal: Terminal, key: str) -> None:
    terminal.until("> ")
    assert terminal.end_with(key) == 0
    assert terminal.shown.split()[-1] == "Goodbye."
    assert terminal.shown.count("Goodbye.") == 1
    assert "Traceback" not in terminal.shown


@pytest.mark.parametrize(
    ("faults", "shown"),
    [
        (("factor_elsewhere",), "does not reach Partner Center"),
        (("no_factor",), "My token for you has no second factor"),
        (("no_factor", "mfa_ignored"), "0 active of 1 qualified"),
    ],
)
def test_person_without_a_factor_is_told_what_to_do(faults: tuple[str, ...], shown: str) -> None:
    done = piped("usage for TEST COMPANY on Exchange\n", "--faults", *faults)
    assert shown in " ".join(done.out.split())
    assert ("0 active of 1 qualified" in done.out) == ("mfa_ignored" in faults)


@pytest.mark.parametrize("fault", ["factor_elsewhere", "no_factor"])
def test_person_who_cannot_sign_in_gets_a_text_to_forward(fault: str) -> None:
    shown = card_text(piped("usage for TEST COMPANY on Exchange\n", "--faults", fault))
    assert "To forward:" in shown
    assert "Entra administrator" in shown
    assert "(amr without mfa, 401 900421)" in shown
    assert "You can't sign in here" in shown
    for untrue in ("Sign in with it", "type “sign in”", "signed in with one"):
        assert untrue not in shown


def card_text(done: Finished) -> str:
    return " ".join(done.out.replace("│", " ").split())
