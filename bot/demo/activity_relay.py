"""A relay between the chat client and a bot that restarts.

It holds the activities that arrive meanwhile, and can repeat the last question. It uses HTTP on loopback and reads of
an activity only its type: a `message` is what a person typed.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import msgspec
from aiohttp import web

from bot.demo.demo_bot import MESSAGES
from bot.outgoing.http_session import open_session
from bot.simulator.loopback_listener import listen

RESTART_LIMIT = 60.0
"""Seconds that a request waits until the bot has restarted; then it is answered 503."""


class _Kind(msgspec.Struct):
    """The only field that is read."""

    type: str = ""


class ActivityRelay:
    """Forwards `POST /api/messages` to the bot at `target`.

    `target` is None while the bot restarts.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._target: str | None = None
        self._there = asyncio.Event()
        self._question: bytes | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for `Application.add_routes`."""
        return [web.post(MESSAGES, self.handle)]

    def connect(self, url: str) -> None:
        """Forward to the bot at `url` ("http://127.0.0.1:40001") from now on.

        That includes the requests that wait.
        """
        self._target = url
        self._there.set()

    def disconnect(self) -> None:
        """Let requests wait for the next `connect`."""
        self._target = None
        self._there.clear()

    async def handle(self, request: web.Request) -> web.Response:
        """Forward one activity and return the bot's answer.

        503 if the bot does not start in time, 502 if it stops before it answers.
        """
        body = await request.read()
        if _is_message(body):
            self._question = body
        return await self._forward(body)

    async def ask_again(self) -> bool:
        """Send the last question to the bot once more; False if there was none yet.

        It is the same activity, so the bot answers in the same conversation. A new process has not seen its id.
        """
        if self._question is None:
            return False
        await self._forward(self._question)
        return True

    async def _forward(self, body: bytes) -> web.Response:
        try:
            async with asyncio.timeout(RESTART_LIMIT):
                await self._there.wait()
        except TimeoutError:
            return web.json_response({"error": {"message": "the bot has not started"}}, status=503)
        headers = {"Content-Type": "application/json"}
        try:
            async with self._session.post(f"{self._target}{MESSAGES}", data=body, headers=headers) as answer:
                return web.Response(body=await answer.read(), status=answer.status, content_type=answer.content_type)
        except aiohttp.ClientError:
            return web.json_response({"error": {"message": "the bot stopped"}}, status=502)


@asynccontextmanager
async def serve_relay(port: int) -> AsyncIterator[tuple[ActivityRelay, str]]:
    """Yield a relay on `port` of this machine, and its address without a path.

    `port` 0 takes any free one. Raises AddressInUseError if the port is taken.
    """
    async with open_session(seconds=None) as session:
        relay = ActivityRelay(session)
        app = web.Application()
        app.add_routes(relay.routes())
        listening = await listen(app, port=port)
        try:
            yield relay, listening.url
        finally:
            await listening.close()


def _is_message(body: bytes) -> bool:
    try:
        return msgspec.json.decode(body, type=_Kind).type == "message"
    except msgspec.MsgspecError:
        return False
