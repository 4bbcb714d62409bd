"""Tests of how a demo ends: one clear line, the exit code, no process left."""

import contextlib
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.timeout(300)]


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.browser
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_demo_and_its_client_in_one_line(
    start: Any, client_port: int, descendants: Any, survivors: Any, number: int
) -> None:
    demo = start("--client-port", str(client_port))
    demo.url()
    family = descendants(demo.process.pid)
    assert len(family) >= 3, "npx, its shell and the Playground"
    assert demo.stop(number) == 0
    assert demo.lines[-1] == "Demo stopped."
    assert survivors(family) == set()


@pytest.mark.browser
def test_no_process_is_left_when_a_demo_is_killed(
    start: Any, client_port: int, descendants: Any, survivors: Any, tmp_path: Path
) -> None:
    demo = start("--client-port", str(client_port), environ={"TMPDIR": str(tmp_path)})
    demo.url()
    family = descendants(demo.process.pid)
    demo.process.send_signal(signal.SIGKILL)
    assert demo.end() == -signal.SIGKILL
    assert survivors(family) == set()
    assert list(tmp_path.glob("usagebot-*")) == []


@pytest.mark.browser
@pytest.mark.parametrize("processes", [0, 1, 3], ids=["not begun", "begun", "all run"])
def test_signal_ends_the_demo_while_its_client_is_starting(
    start: Any, client_port: int, descendants: Any, survivors: Any, tmp_path: Path, processes: int
) -> None:
    demo = start("--client-port", str(client_port), environ={"TMPDIR": str(tmp_path)})
    demo.until("as of October 14, 2018")
    while len(family := descendants(demo.process.pid)) < processes:
        time.sleep(0.01)
    assert demo.stop() == 0
    assert demo.lines[-1] == "Demo stopped."
    assert survivors(family) == set()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.browser
def test_demo_ends_with_a_message_when_its_client_dies(
    start: Any, client_port: int, descendants: Any, survivors: Any
) -> None:
    demo = start("--client-port", str(client_port))
    demo.url()
    family = descendants(demo.process.pid)
    (leash,) = [pid for pid in family if b"child_process_guard.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    subprocess.run(["kill", "-KILL", "--", f"-{leash}"], check=True)
    assert demo.end() == 1
    assert demo.lines[-1] == "The chat client ended by itself."
    assert survivors(family) == set()


@pytest.mark.browser
def test_client_and_bot_are_reachable_from_this_machine_only(fork: Any, client_port: int) -> None:
    demo = fork("--client-port", str(client_port))
    demo.url()
    listening = {}
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        local, state = line.split()[1], line.split()[3]
        if state == "0A":
            address, port = local.split(":")
            listening[int(port, 16)] = address
    assert listening[client_port] == "0100007F"
    every = Path("/proc/net/tcp6")
    assert not every.exists() or f":{client_port:04X} " not in every.read_text(encoding="ascii")
    assert demo.stop() == 0


def test_error_is_one_line_when_the_requested_port_is_taken(fork: Any, taken: int) -> None:
    demo = fork("--port", str(taken))
    assert demo.end() == 1
    assert demo.lines == [f"usagebot: Port {taken} on 127.0.0.1 is taken by another program."]


def test_error_is_one_line_when_the_client_port_is_taken(fork: Any, taken: int) -> None:
    demo = fork("--client-port", str(taken))
    assert demo.end() == 1
    assert demo.lines == [f"usagebot: Port {taken} on 127.0.0.1 is taken by another program."]


def test_one_port_for_both_is_refused_in_one_line(fork: Any, client_port: int) -> None:
    demo = fork("--port", str(client_port), "--client-port", str(client_port))
    assert demo.end() == 1
    assert demo.lines == [f"usagebot: --client-port: {client_port} is the port of the bot too. Choose another."]


@pytest.mark.browser
def test_a_bot_on_the_clients_usual_port_makes_the_client_move(fork: Any) -> None:
    demo = fork("--port", "56150")
    moved = demo.until("usual port 56150 is taken|56150 on 127.0.0.1 is taken")
    if "usual" in moved[0]:  # otherwise another demo is running on this machine
        assert demo.url() != "http://127.0.0.1:56150"
        assert demo.stop() == 0


def test_another_port_is_used_when_the_usual_one_is_taken(fork: Any) -> None:
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # another program has the port then, which works as well
            server.bind(("127.0.0.1", 3978))
            server.listen()
        demo = fork("--no-client")
        used = demo.until(r"usual port 3978 is taken; using (\d+)\.")[1]
        assert demo.until(r"listens at http://127\.0\.0\.1:(\d+)/api/messages")[1] == used
        assert demo.stop() == 0


def test_demo_without_a_client_serves_until_it_is_stopped(start: Any) -> None:
    demo = start("--no-client")
    demo.until("Stop with Ctrl-C")
    assert demo.process.poll() is None
    assert demo.stop(signal.SIGTERM) == 0
    assert demo.lines[-1] == "Demo stopped."


def test_example_question_is_shown_as_a_table(fork: Any) -> None:
    demo = fork("--no-client")
    demo.until("Stop with Ctrl-C")
    row = next(line for line in demo.lines if "EXCHANGE ONLINE" in line)
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert (cells[0], *cells[2:6]) == ("Exchange", "1", "0%", "0", "1"), "unused, share, active, qualified"
    demo.stop()


def test_demo_continues_in_the_terminal_without_a_network(start: Any, tmp_path: Path, taken: int) -> None:
    empty = {"npm_config_registry": "http://127.0.0.1:9", "npm_config_cache": str(tmp_path), "HOME": str(tmp_path)}
    demo = start(environ=empty, stdin="usage for TEST COMPANY on Exchange\nquit\n")
    assert demo.end(120) == 0
    (told,) = [line for line in demo.lines if line.startswith("No chat client")]
    assert told == (
        "No chat client in the browser: no network: the npm registry refused the connection. "
        "Continuing in the terminal."
    )
    assert any("0 active of 1 qualified" in line for line in demo.lines)
    assert demo.lines[-1] == "Goodbye."
