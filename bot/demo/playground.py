"""Microsoft's 365 Agents Playground as a child process: started through npx, ready or refused, never left behind.

Knows processes and its readiness address, nothing of the bot behind it.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import PIPE, STDOUT, Process
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

import aiohttp

from bot.demo.node_runtime import NodeRuntime
from bot.demo.npm_failure import reason
from bot.demo.playground_people import FILE_NAME, configuration
from bot.domain.conversation import Caller
from bot.errors import UsageBotError

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
READY_LIMIT = 240.0
"""Seconds; the first start downloads 15 MB through npm."""
HINT_AFTER = 4.0
STOP_LIMIT = 6.0
HERE = Path(__file__).parent


class PlaygroundError(UsageBotError):
    """The Playground could not be started; the message is one line that says why."""


class Playground:
    """A running Playground at `url`."""

    def __init__(self, port: int, process: Process, folder: str) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = process
        self._folder = folder
        self._said: deque[str] = deque(maxlen=40)
        self._reader = asyncio.create_task(self._read())

    async def ready(self, hint: Callable[[], None], limit: float = READY_LIMIT) -> None:
        """Return once it answers; `hint` is called when that takes long. Raises PlaygroundError."""
        loop = asyncio.get_running_loop()
        started, hinted = loop.time(), False
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as session:
            while not await self._answers(session):
                waited = loop.time() - started
                if self.process.returncode is not None:
                    await self._reader
                    raise PlaygroundError(reason([*self._said, *self._logged()]))
                if waited > limit:
                    raise PlaygroundError(f"it was not ready within {limit:.0f} seconds")
                if waited > HINT_AFTER and not hinted:
                    hinted = True
                    hint()
                await asyncio.sleep(0.15)

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        if self.process.returncode is not None:
            return False
        try:
            async with session.get(f"{self.url}/_debug/ping") as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def _read(self) -> None:
        """Keep the last lines: a full pipe would stop the process, and they say why it failed."""
        stream = self.process.stdout
        while stream is not None and (chunk := await stream.read(4096)):
            self._said.extend(chunk.decode("utf-8", "replace").splitlines())

    def _logged(self) -> list[str]:
        """The Playground tells its own errors in a file."""
        log = Path(self._folder) / "devTools" / "m365agentsplayground.log"
        try:
            lines = log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []
        return [line.removeprefix("error ") for line in lines if line.startswith("error Reason:")]

    async def stop(self) -> None:
        """End it and everything it started, and return when it is gone. May be called more than once."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            async with asyncio.timeout(STOP_LIMIT):
                await self.process.wait()
        except TimeoutError:
            _kill_group(self.process.pid)
            await self.process.wait()
        _kill_group(self.process.pid)
        await self._reader
        shutil.rmtree(self._folder, ignore_errors=True)


async def start_playground(
    node: NodeRuntime, *, endpoint: str, port: int, caller: Caller, environ: Mapping[str, str]
) -> Playground:
    """Start it for the bot at `endpoint` on a port that is known to be free; `ready()` comes next."""
    folder = tempfile.mkdtemp(prefix="usagebot-playground-")
    command = [*node.npx, "--yes", PACKAGE, "start", "--app-endpoint", endpoint, "--channel-id", "msteams"]
    command += ["--port", str(port), "--service-url", f"http://127.0.0.1:{port}/_connector", "--disable-telemetry"]
    try:
        (Path(folder) / FILE_NAME).write_text(configuration(caller), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(HERE / "child_process_guard.py"),
            folder,
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            env=_environment(node, environ),
            start_new_session=True,
        )
    except BaseException as problem:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(problem, OSError):
            raise PlaygroundError(str(problem.strerror)) from problem
        raise  # told to stop while it was starting
    return Playground(port, process, folder)


def _environment(node: NodeRuntime, environ: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment, with one quick try at the registry and no browser opened by itself."""
    preload = str(HERE / "loopback.cjs").replace("\\", "\\\\").replace('"', '\\"')
    return {
        **environ,
        "PATH": node.path(environ),
        "NODE_OPTIONS": f'--require "{preload}"',
        # npm would leave a folder of compiled modules in the system's temporary folder.
        "NODE_DISABLE_COMPILE_CACHE": "1",
        "TEAMSAPPTESTER_BROWSER": "none",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
        "npm_config_update_notifier": "false",
        "npm_config_prefer_offline": "true",
        "npm_config_fetch_retries": "1",
        "npm_config_fetch_retry_mintimeout": "1000",
        "npm_config_fetch_timeout": "60000",
    }


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
