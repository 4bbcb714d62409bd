"""The demo's bot on loopback: no registration, no tokens of the channel, only this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import SigningIn, bot_app
from bot.demo.demo_services import DemoServices
from bot.demo.free_ports import HOST
from bot.partner_center.token_source import TokenSource
from bot.simulator.loopback_listener import Listening, listen
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import TeamsSettings

MESSAGES = "/api/messages"


@asynccontextmanager
async def bot_server(
    stage: DemoServices, *, service_hosts: tuple[str, ...], port: int = 0, limits: TurnLimits | None = None
) -> AsyncIterator[Listening]:
    """The bot at `{url}/api/messages`, talking back to `service_hosts` ("127.0.0.1:56150") only.

    Everybody is signed in already. Raises AddressInUseError where `port` is taken.
    """
    async with _serving(stage, stage.tokens, service_hosts, port, limits) as listening:
        yield listening


@asynccontextmanager
async def signing_bot_server(
    stage: DemoServices, *, service_hosts: tuple[str, ...], port: int
) -> AsyncIterator[Listening]:
    """The same where everybody has to sign in first; its pages are at `{url}/auth/`, so `port` has to be known."""
    # MSAL and the database load slowly, and the commands that sign nobody in need neither.
    from bot.demo.demo_sign_in import demo_sign_in

    async with (
        demo_sign_in(stage, f"http://{HOST}:{port}") as signing,
        _serving(stage, signing, service_hosts, port, None) as listening,
    ):
        yield listening


@asynccontextmanager
async def _serving(
    stage: DemoServices,
    users: TokenSource | SigningIn,
    service_hosts: tuple[str, ...],
    port: int,
    limits: TurnLimits | None,
) -> AsyncIterator[Listening]:
    teams = TeamsSettings(
        anonymous=True, service_hosts=service_hosts, locale=stage.caller.locale, limits=limits or TurnLimits()
    )
    listening = await listen(bot_app(stage.settings, users, teams), port=port)
    try:
        yield listening
    finally:
        await listening.close()
