"""Microsoft's 365 Agents Playground as a child process, started through npx.

It becomes ready or fails with a reason, and never keeps running after the demo. This module depends on processes and
the Playground's readiness address, not on the bot behind it.
"""

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path

import aiohttp

from bot.demo.guarded_process import GuardedProcess, start_guarded
from bot.demo.node_runtime import NodeRuntime
from bot.demo.npm_failure import reason
from bot.demo.playground_people import FILE_NAME, configuration
from bot.domain.conversation import Caller
from bot.errors import UsageBotError
from bot.outgoing.http_session import open_session

PACKAGE = "@microsoft/m365agentsplayground@0.2.28"
READY_LIMIT = 240.0
"""Seconds; the first start downloads 15 MB through npm."""
HINT_AFTER = 4.0
HERE = Path(__file__).parent


class PlaygroundError(UsageBotError):
    """The Playground could not be started; the message is one line with the reason."""


class Playground:
    """A running Playground at `url`."""

    def __init__(self, port: int, process: GuardedProcess) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.process = process

    async def ready(self, hint: Callable[[], None], limit: float = READY_LIMIT) -> None:
        """Return once the Playground answers.

        `hint` is called if that takes longer than HINT_AFTER seconds. Raises PlaygroundError if it ends or does not
        answer within `limit` seconds.
        """
        loop = asyncio.get_running_loop()
        started, hinted = loop.time(), False
        async with open_session(seconds=2) as session:
            while not await self._answers(session):
                waited = loop.time() - started
                if self.process.exit_code is not None:
                    await self.process.wait()
                    raise PlaygroundError(reason([*self.process.lines, *self._logged()]))
                if waited > limit:
                    raise PlaygroundError(f"it was not ready within {limit:.0f} seconds")
                if waited > HINT_AFTER and not hinted:
                    hinted = True
                    hint()
                await asyncio.sleep(0.15)

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        if self.process.exit_code is not None:
            return False
        try:
            async with session.get(f"{self.url}/_debug/ping") as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    def _logged(self) -> list[str]:
        """Return the errors that the Playground wrote to its log file."""
        log = self.process.folder / "devTools" / "m365agentsplayground.log"
        try:
            lines = log.read_text("utf-8", "replace").splitlines()
        except OSError:
            return []
        return [line.removeprefix("error ") for line in lines if line.startswith("error Reason:")]

    async def stop(self) -> None:
        """Stop the Playground and everything it started, and return when it is gone.

        May be called more than once.
        """
        await self.process.stop()


async def start_playground(
    node: NodeRuntime, *, endpoint: str, port: int, caller: Caller, environ: Mapping[str, str]
) -> Playground:
    """Start the Playground for the bot at `endpoint`, on a port that is free.

    The caller has to await `ready()` next. Raises PlaygroundError if it cannot be started.
    """
    command = [*node.npx, "--yes", PACKAGE, "start", "--app-endpoint", endpoint, "--channel-id", "msteams"]
    command += ["--port", str(port), "--service-url", f"http://127.0.0.1:{port}/_connector", "--disable-telemetry"]
    files = {FILE_NAME: configuration(caller)}
    try:
        process = await start_guarded(command, _environment(node, environ), files=files)
    except OSError as problem:
        raise PlaygroundError(str(problem.strerror)) from problem
    return Playground(port, process)


def _environment(node: NodeRuntime, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the caller's environment, with one quick try at the registry and no browser opened."""
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
