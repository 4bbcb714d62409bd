"""The demo's bot as a child process that is replaced when a source file changes."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Mapping

from bot.demo.activity_relay import ActivityRelay
from bot.demo.free_ports import BOT_PORT, HOST, free_port
from bot.demo.guarded_process import GuardedProcess, start_guarded

LISTENS = "The bot listens at"
"""The beginning of the line that `usagebot demo --no-client` prints when it is ready."""


class RestartingBot:
    """Starts the bot for a client, and connects the relay to it.

    The client listens on `client_port`. `arguments` are passed to `usagebot demo`; `say` is called with each line for
    the terminal.
    """

    def __init__(
        self,
        relay: ActivityRelay,
        client_port: int,
        environ: Mapping[str, str],
        arguments: list[str],
        say: Callable[[str], None],
    ) -> None:
        self._relay = relay
        self._client_port = client_port
        self._environ = environ
        self._arguments = arguments
        self._say = say
        self._process: GuardedProcess | None = None

    async def run(self, changes: AsyncIterator[object]) -> None:
        """Start the bot, and restart it at each of `changes`.

        Returns when there are no more changes.
        """
        await self._start()
        async for _ in changes:
            self._say("A file changed. The bot restarts.")
            await self.stop()
            await self._start()

    async def stop(self) -> None:
        """Stop the child, if one is running."""
        self._relay.disconnect()
        if self._process is not None:
            await self._process.stop()
            self._process = None

    async def _start(self) -> None:
        """Return when the bot is ready and has answered the last question, or when it could not be started."""
        port = free_port(BOT_PORT + 1)
        ready = asyncio.Event()

        def printed(line: str) -> None:
            self._say(line)
            if line.startswith(LISTENS):
                ready.set()

        command = [sys.executable, "-m", "bot", "demo", "--no-client", "--signed-in", "--port", str(port)]
        command += ["--client-port", str(self._client_port), *self._arguments]
        self._process = await start_guarded(command, self._environ, printed=printed)
        ended = asyncio.create_task(self._process.wait())
        waits = asyncio.create_task(ready.wait())
        await asyncio.wait({ended, waits}, return_when=asyncio.FIRST_COMPLETED)
        ended.cancel()
        waits.cancel()
        if not ready.is_set():
            self._say("The bot did not start. Fix the error above; saving the file starts it again.")
            return
        self._relay.connect(f"http://{HOST}:{port}")
        if await self._relay.ask_again():
            self._say("The last question was asked again.")
