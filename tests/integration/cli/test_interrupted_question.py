"""Ctrl-C in the middle of an answer ends `ask`, and in a chat only the answer."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.integration.cli.test_chat import Terminal

QUESTION = "usage for TEST COMPANY on Exchange"
# Each customer is asked for on its own, and each time the service says that it is one request too many.
ENDLESS = ("--customers", "300", "--faults", "subscriptions_missing", "subscriptions_throttled")


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """Return a server that accepts, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_question_that_is_interrupted_ends_with_the_exit_code_of_that(silent: socket.socket) -> None:
    environment = {
        **os.environ,
        "USAGEBOT_ACCESS_TOKEN": "not-a-token",
        "USAGEBOT_PARTNER_CENTER_URL": f"http://127.0.0.1:{silent.getsockname()[1]}",
    }
    command = [sys.executable, "-m", "bot", "ask", QUESTION]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as asked:
        connection, _ = silent.accept()  # it waits for Partner Center
        with connection:
            asked.send_signal(signal.SIGINT)
            out, err = asked.communicate()
    assert asked.returncode == 130
    assert (out, err.splitlines()[-1]) == ("", "usagebot: interrupted.")
    assert "Traceback" not in err


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    chat = Terminal(*ENDLESS)
    yield chat
    chat.close()


def test_ctrl_c_cancels_the_answer_and_the_chat_goes_on(terminal: Terminal) -> None:
    terminal.until("> ")
    terminal.type("what renews in the next 60 days\r")
    terminal.until("Working on it")
    terminal.type("\x03")
    assert "│ Cancelled " in terminal.until("> ")
    terminal.type("workloads\r")
    assert "Exchange" in terminal.until("> ")
    assert terminal.end_with("quit\r") == 0
