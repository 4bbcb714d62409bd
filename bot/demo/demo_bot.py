"""The demo's bot: on loopback, without a registration and without channel tokens."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from socket import socket

from bot.app.web_app import SigningIn, bot_app
from bot.demo.demo_services import DemoServices
from bot.demo.free_ports import HOST
from bot.partner_center.token_source import TokenSource
from bot.simulator.loopback_listener import Listening, listen
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.teams_bot import PATH

MESSAGES = PATH


@asynccontextmanager
async def bot_server(
    services: DemoServices,
    *,
    service_hosts: tuple[str, ...],
    port: int | socket = 0,
    limits: TurnLimits | None = None,
) -> AsyncIterator[Listening]:
    """Yield the bot at `{url}/api/messages`; everyone is signed in already.

    It sends to `service_hosts` ("127.0.0.1:56150") only. `port` may be a socket that listens already. Raises
    AddressInUseError if it is a number and taken.
    """
    async with serving(services, services.tokens, service_hosts, port, limits) as listening:
        yield listening


@asynccontextmanager
async def signing_bot_server(
    services: DemoServices,
    *,
    service_hosts: tuple[str, ...],
    port: int | socket,
    limits: TurnLimits | None = None,
) -> AsyncIterator[Listening]:
    """Yield the bot that everyone has to sign in to first.

    Its pages are at `{url}/auth/`, so `port` has to be given: a number, or a socket that listens already. Raises
    AddressInUseError if it is a number and taken.
    """
    number = port if isinstance(port, int) else int(port.getsockname()[1])
    # MSAL and the database load slowly, and commands without a sign-in need neither.
    from bot.demo.demo_sign_in import demo_sign_in

    async with (
        demo_sign_in(services, f"http://{HOST}:{number}") as people,
        serving(services, people.signing, service_hosts, port, limits) as listening,
    ):
        yield listening


@asynccontextmanager
async def serving(
    services: DemoServices,
    users: TokenSource | SigningIn,
    service_hosts: tuple[str, ...],
    port: int | socket,
    limits: TurnLimits | None = None,
) -> AsyncIterator[Listening]:
    """Yield the bot whose `users` have tokens, or sign in."""
    teams = TeamsSettings(
        anonymous=True, service_hosts=service_hosts, locale=services.caller.locale, limits=limits or TurnLimits()
    )
    app = bot_app(services.settings, users, teams)
    listening = await (listen(app, port=port) if isinstance(port, int) else listen(app, reserved=port))
    try:
        yield listening
    finally:
        await listening.close()
