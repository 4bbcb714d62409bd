"""A bot with scripted answers and the simulated Bot Connector, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from stamina.instrumentation import set_on_retry_hooks

from bot.domain.conversation import Caller, Conversation
from bot.domain.licensing import Dimension, Entry
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.simulator.connector import ADA, SimulatedConnector, TeamsClient
from bot.simulator.connector.delivery.patience import Sleep, forever
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import Retries
from bot.teams.teams_bot import TeamsBot
from bot.teams.turn.answering_port import Progress
from bot.teams.turn.listeners import Listeners
from bot.usage.addressed_buttons import is_shared
from bot.usage.command_buttons import PressedButton
from bot.usage.memory.answer_locale import AnswerLocale, answer_locale
from bot.usage.memory.chosen_languages import RememberedLanguages
from cards.views.answer_views import ErrorView, Example, HelloView, HelpView, ListView, View
from cards.views.usage_views import Figures
from tests.integration.teams.buttons import text_of
from tests.integration.teams.patience import FOREVER, PATIENT

OPEN_SECONDS = 240


@dataclass
class Scripted:
    """Answers by the text and remembers who asked.

    Most texts are answered at once, "wait" when `gate` is opened, "break" with an exception, and "nonsense" with
    something that cannot be drawn.
    """

    asked: list[tuple[str, Caller]] = field(default_factory=list)
    pressed: list[tuple[PressedButton, Caller]] = field(default_factory=list)
    here: list[Conversation | None] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    progress: Progress | None = None
    languages: RememberedLanguages = field(default_factory=RememberedLanguages)
    greeted: list[tuple[str, str]] = field(default_factory=list)  # name and locale

    async def answer(
        self, text: str, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        self.asked.append((text, caller))
        self.here.append(here)
        self.progress = progress
        if text.startswith("wait"):
            await self._opened(text)
        if text == "break":
            raise ZeroDivisionError("secret-of-the-fault")
        if text in {"nonsense", "wait for nonsense"}:
            return "no view"  # type: ignore[return-value]
        if text.endswith("fail"):
            return ErrorView("service_down")
        if is_shared(here) and not text.startswith("help"):
            return ListView("customer", None, ((f"answer to {text}", "id-1"),), 1)  # which everybody may read
        return HelpView(None, (Example(f"answer to {text}", "help.example.basic"),))

    async def _opened(self, text: str) -> None:
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled.append(text)
            raise

    async def press(
        self, button: PressedButton, caller: Caller, progress: Progress | None = None, here: Conversation | None = None
    ) -> View:
        self.pressed.append((button, caller))
        return await self.answer(text_of(button), caller, progress, here)

    async def complete(self, dimension: Dimension, text: str, caller: Caller, most: int) -> Sequence[Entry] | ErrorView:
        self.asked.append((text, caller))
        if text.startswith("wait"):
            await self.gate.wait()
        if text == "break":
            raise ZeroDivisionError("secret-of-the-fault")
        if text == "fail":
            return ErrorView("service_down")
        ids = ["x" * 5_000 if text == "odd" and number == 1 else f"id-{number}" for number in range(40)]
        return [Entry(dimension, each, f"{text} {number}") for number, each in enumerate(ids)][:most]

    async def figures_of(self, entries: Sequence[Entry], caller: Caller) -> Mapping[str, Figures]:
        if entries[0].name.startswith("slow"):
            await self.gate.wait()
        return {entry.id: Figures(62, 62, 100, 38) for entry in entries[:2]}

    async def locale_of(self, caller: Caller, text: str = "", mark: str = "") -> AnswerLocale:
        return await answer_locale(self.languages, caller, text, mark)

    def welcome(self, caller: Caller) -> View:
        self.greeted.append((caller.name, caller.locale))
        return HelloView(caller.name, ())


@dataclass
class Stage:
    """Everything that a test uses.

    `connections` lists the TCP connections that the bot opened, `requests` what it sent.
    """

    connector: SimulatedConnector
    client: TeamsClient
    bot: TeamsBot
    answers: Scripted
    url: str
    authority: LoopbackAuthority
    http: aiohttp.ClientSession
    requests: list[str]
    connections: list[str]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let the bot run until `condition` is true."""
        async with asyncio.timeout(OPEN_SECONDS):
            while not condition():  # noqa: ASYNC110  # there is no event to wait for
                await asyncio.sleep(0.01)

    async def quiet(self) -> None:
        """Wait until no turn is running."""
        await self.until(lambda: self.bot.turns_under_way == 0)


OpenStage = Callable[..., AbstractAsyncContextManager[Stage]]

# It repeats soon, and waits long for an answer.
RETRIES = Retries(attempts=3, first_wait=0.01, longest_wait=2.0, all_seconds=FOREVER, seconds=FOREVER)


def counting(requests: list[str], connections: list[str]) -> aiohttp.TraceConfig:
    """Return a trace that records each request and TCP connection of a session."""
    trace = aiohttp.TraceConfig()

    async def requested(_: Any, __: Any, params: aiohttp.TraceRequestStartParams) -> None:
        requests.append(f"{params.method} {params.url.path}")

    async def connected(_: Any, __: Any, params: aiohttp.TraceConnectionCreateEndParams) -> None:
        connections.append("tcp")

    trace.on_request_start.append(requested)
    trace.on_connection_create_end.append(connected)
    return trace


@asynccontextmanager
async def _open(
    *,
    anonymous: bool = False,
    limits: TurnLimits = PATIENT,
    tenants: tuple[str, ...] = (ADA.tenant_id,),
    retries: Retries = RETRIES,
    rate_limited: bool = False,
    listeners: Listeners | None = None,
    sleep: Sleep = forever,
) -> AsyncIterator[Stage]:
    requests: list[str] = []
    connections: list[str] = []
    trace = counting(requests, connections)
    async with (
        SimulatedConnector(anonymous=anonymous, rate_limited=rate_limited) as connector,
        aiohttp.ClientSession(trace_configs=[trace], cookie_jar=aiohttp.DummyCookieJar()) as session,
        aiohttp.ClientSession() as http,
    ):
        authority = LoopbackAuthority(connector.url)
        credentials = Credentials(connector.app_id, connector.password, ADA.tenant_id)
        tokens = ClientCredentials(credentials, http_client=authority)
        settings = TeamsSettings(
            app_id="" if anonymous else connector.app_id,
            service_hosts=("smba.trafficmanager.net", connector.url.removeprefix("http://")),
            tenants=tenants,
            anonymous=anonymous,
            openid_url=connector.openid_configuration_url,
            limits=limits,
        )
        answers = Scripted()
        bot = TeamsBot(answers, session, settings, None if anonymous else tokens, retries=retries, listeners=listeners)
        app = web.Application()
        app.add_routes(bot.routes())
        listening = await listen(app)
        url = f"{listening.url}/api/messages"
        try:
            async with TeamsClient(connector, url, sleep=sleep) as client:
                yield Stage(connector, client, bot, answers, url, authority, http, requests, connections)
        finally:
            answers.gate.set()
            await bot.close(2)
            await tokens.close()
            await listening.close()


@pytest.fixture
def open_stage() -> OpenStage:
    """Return a function for `async with open_stage(limits=…, anonymous=…) as stage`.

    Its Teams is as patient as its bot, unless `sleep` says otherwise.
    """
    return _open


@pytest.fixture
def limits() -> TurnLimits:
    """Return the limits of the stage's bot, see patience.py."""
    return PATIENT


@pytest.fixture
async def stage(limits: TurnLimits) -> AsyncIterator[Stage]:
    """Return a stage with token checks."""
    async with _open(limits=limits) as opened:
        yield opened


@pytest.fixture
def pauses() -> Iterator[list[float]]:
    """Return how long the bot waits before each repetition of a request.

    In seconds, as it has decided.
    """
    waits: list[float] = []
    set_on_retry_hooks([lambda details: waits.append(details.wait_for)])
    yield waits
    set_on_retry_hooks(None)
