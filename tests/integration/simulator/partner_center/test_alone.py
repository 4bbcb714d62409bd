"""Tests of `python -m bot.simulator.partner_center`, as a process."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp

from bot.simulator.partner_center.__main__ import _conduct as conduct_of
from bot.simulator.partner_center.__main__ import _parser as parser
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct

COMMAND = [sys.executable, "-m", "bot.simulator.partner_center"]


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen([*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


async def test_process_prints_its_address_and_a_valid_token() -> None:
    with running("--customers", "30", "--print-token") as process:
        assert process.stdout is not None
        url, token = process.stdout.readline().strip(), process.stdout.readline().strip()
        headers = {"Authorization": f"Bearer {token}"}
        report = f"{url}/v1/analytics/commercial/usage/license?groupby=channel"
        async with aiohttp.ClientSession(headers=headers) as session, session.get(report) as reply:
            assert reply.status == 200
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate()
        assert (process.returncode, rest, errors) == (0, "", "")


async def test_no_token_is_printed_by_default_and_reports_can_be_omitted() -> None:
    with running("--customers", "0", "--no-commercial", "--no-legacy") as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{url}/v1/analytics/commercial/usage/license") as reply,
        ):
            assert reply.status == 404
        process.send_signal(signal.SIGINT)
        assert process.communicate() == ("", "")


def test_error_is_one_line_when_the_port_is_taken() -> None:
    with running("--customers", "0") as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip().rpartition(":")[2]
        second = subprocess.run([*COMMAND, "--port", port], capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert second.stderr == f"Port {port} on 127.0.0.1 is taken by another program.\n"


def test_switches_of_the_command_set_the_conduct() -> None:
    assert conduct_of(parser().parse_args([])) == Conduct()
    asked = parser().parse_args(["--no-limit", "--no-mfa", "--links", "absolute"])
    unlimited = SellingConduct(calls_a_minute=None)
    assert conduct_of(asked) == Conduct(links="absolute", mfa_required=False, calls_a_minute=None, selling=unlimited)
