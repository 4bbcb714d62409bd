"""A valid request to the bot, sent over a raw socket.

An attack may change everything about it.
"""

import asyncio
import json
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import web

from bot.app.web_app import IDENTITY
from bot.simulator.connector import ADA, personal
from bot.simulator.connector.teams_people import Person
from bot.simulator.loopback_listener import listen

QUESTION = "usage for TEST COMPANY on Exchange"
FORM = "application/x-www-form-urlencoded"
SECONDS = 240


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer: its head as received, and its body."""

    status: int
    head: str
    body: str


class Trap:
    """A server of the attacker. The bot must not call it: `visits` stays empty."""

    def __init__(self) -> None:
        self.visits: list[str] = []

    async def open(self) -> "Trap":
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._visited)
        self.listening = await listen(app)
        return self

    @property
    def url(self) -> str:
        return self.listening.url

    async def _visited(self, request: web.Request) -> web.Response:
        self.visits.append(request.path)
        return web.json_response({})


@dataclass
class Scene:
    """A request, and the bot to which it is sent.

    `token` is sent in an Authorization header, `activity` or `form` in the body unless `body` is set. `raw` replaces
    the whole request. `secrets` must not be in any log line or answer.
    """

    stage: Any
    browser: Any
    trap: Trap
    method: str = "POST"
    target: str = "/api/messages"
    headers: list[tuple[str, str]] = field(default_factory=lambda: [("Content-Type", "application/json")])
    token: str | None = None
    activity: dict[str, Any] | None = None
    form: dict[str, str] | None = None
    body: bytes | None = None
    raw: bytes | None = None
    card: dict[str, Any] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    expired: set[str] = field(default_factory=set)

    @property
    def connector(self) -> Any:
        return self.stage.connector

    @property
    def entra(self) -> Any:
        return self.stage.entra

    @property
    def value(self) -> dict[str, Any]:
        """Return the value of the invoke."""
        assert self.activity is not None
        found: dict[str, Any] = self.activity["value"]
        return found

    def header(self, name: str, value: str) -> None:
        """Set a header, replacing one of the same name."""
        self.headers = [pair for pair in self.headers if pair[0].lower() != name.lower()] + [(name, value)]

    @property
    def content(self) -> bytes:
        if self.body is not None:
            return self.body
        if self.form is not None:
            return urlencode(self.form).encode()
        return b"" if self.activity is None else json.dumps(self.activity).encode()

    def wire(self) -> bytes:
        """Return the request as bytes.

        It has a Content-Length unless a header defines the length.
        """
        if self.raw is not None:
            return self.raw
        headers = [("Host", "bot.example"), *self.headers]
        if self.token is not None:
            headers.append(("Authorization", f"Bearer {self.token}"))
        names = {name.lower() for name, _ in headers}
        if self.method == "POST" and not names & {"content-length", "transfer-encoding"}:
            headers.append(("Content-Length", str(len(self.content))))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers)
        return f"{self.method} {self.target} HTTP/1.1\r\n{head}\r\n".encode("utf-8", "surrogateescape") + self.content

    async def send(self) -> Answer:
        """Send the request and read one answer."""
        if self.token:
            self.secrets.add(self.token)
        return await answer_to(self.stage.bot.listening.port, self.wire())

    def stored(self) -> set[tuple[Any, ...]]:
        """Return every row of the database.

        Rows of `records` unchanged, of other tables with the table's name first. `replicas` and records of the kind
        `process` are omitted: each process regularly writes there that it is alive.
        """
        with sqlite3.connect(self.stage.folder / "bot.db") as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            rows = set(
                connection.execute("SELECT kind, key, version, value, expires FROM records WHERE kind <> 'process'")
            )
            for name in tables - {"records", "replicas"}:
                rows |= {(name, *row) for row in connection.execute(f'SELECT * FROM "{name}"')}
        connection.close()
        return rows

    async def expire(self, kind: str) -> None:
        """Let the records of a kind expire. The bot may remove them from now on.

        It runs in a thread, because the bot may be writing and must be able to continue while this waits for it.
        """
        await asyncio.to_thread(self._expire, kind)

    def _expire(self, kind: str) -> None:
        with sqlite3.connect(self.stage.folder / "bot.db") as connection:
            changed = connection.execute("UPDATE records SET expires = 1 WHERE kind = ?", (kind,)).rowcount
        connection.close()
        assert changed
        self.expired.add(kind)

    def issued(self) -> dict[str, int]:
        """Return how many tokens were issued, and for how many people the bot holds one."""
        held = self.stage.bot.app[IDENTITY].tokens.held
        return {**self.entra.issued, "the bot's own": self.connector.state.tokens_issued, "held": len(held)}

    def kept(self, *people: Person) -> bool:
        """Return True if the store has a sign-in of any of these people."""
        keys = {f"{person.tenant_id}|{person.object_id}" for person in people}
        return any(row[0] == "token" and row[1] in keys for row in self.stored())


async def answer_to(port: int, wire: bytes) -> Answer:
    """Send bytes, read one HTTP answer, close the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        async with asyncio.timeout(SECONDS):
            writer.write(wire)
            await writer.drain()
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = re.search(r"^content-length: (\d+)", head, re.MULTILINE | re.IGNORECASE)
            body = await reader.readexactly(int(length[1])) if length else b""
    finally:
        writer.transport.abort()
    return Answer(int(head.split(" ")[1]), head, body.decode())


Door = Callable[[Scene], Awaitable[None]]
Spoil = Callable[[Scene], Any]


async def message(scene: Scene) -> None:
    """The channel service delivers a message of Ada."""
    scene.activity = scene.stage.bot.client.new("message", personal(ADA), ADA) | {"text": "help"}
    scene.token = scene.connector.channel_token()


async def exchange(scene: Scene) -> None:
    """Ada's client sends her SSO token for the sign-in card that she got."""
    await scene.stage.say(QUESTION)
    scene.card = await scene.stage.offered()
    value = {"id": scene.card["tokenExchangeResource"]["id"], "token": scene.stage.token(ADA)}
    scene.activity = scene.stage.bot.client.new("invoke", personal(ADA), ADA)
    scene.activity |= {"name": "signin/tokenExchange", "value": value}
    scene.token = scene.connector.channel_token()
    scene.secrets.add(value["token"])


async def start(scene: Scene) -> None:
    """Ada presses the button on the sign-in card."""
    await scene.stage.say(QUESTION)
    scene.card = await scene.stage.offered()
    link = urlsplit(scene.card["buttons"][0]["value"])
    scene.method, scene.target, scene.headers = "GET", f"{link.path}?{link.query}", []
    scene.secrets |= set(parse_qs(link.query)["ticket"])


async def callback(scene: Scene) -> None:
    """Ada's browser comes back from Entra."""
    await start(scene)
    await scene.browser.open(scene.card["buttons"][0]["value"])
    cookie = scene.browser.headers["Set-Cookie"].partition(";")[0]
    await scene.browser.follow()
    await scene.browser.press("Continue as Ada Agent")
    scene.method, scene.target = "POST", "/auth/callback"
    scene.headers = [("Content-Type", FORM), ("Cookie", cookie)]
    scene.form = dict(scene.browser.answer)
    scene.secrets |= {scene.form["code"], scene.form["state"], cookie.partition("=")[2]}


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack.

    `spoil` changes the request of `door` so that it must be refused with `status`. The bot logs `reason` once. `told`
    is part of the message to the person in the chat, "" for no message. `spends` are kinds of records that may be gone
    afterwards. `redeems` are grants that Entra answered; the bot drops these tokens. `lasting`: the attack leaves Teams
    or Ada's sign-in in another state for later requests.
    """

    name: str
    door: Door
    status: int
    reason: str
    spoil: Spoil
    told: str = ""
    spends: Iterable[str] = ()
    redeems: Iterable[str] = ()
    lasting: bool = False

    async def prepare(self, scene: Scene) -> None:
        await self.door(scene)
        if (pending := self.spoil(scene)) is not None:
            await pending
