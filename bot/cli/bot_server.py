"""The demo's bot on loopback: no registration, no tokens, only this machine."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import bot_app
from bot.cli.stage import Stage
from bot.simulator.listen import Listening, listen
from bot.teams.settings import Limits, TeamsSettings

MESSAGES = "/api/messages"


@asynccontextmanager
async def bot_server(
    stage: Stage, *, service_hosts: tuple[str, ...], port: int = 0, limits: Limits | None = None
) -> AsyncIterator[Listening]:
    """The bot at `{url}/api/messages`, talking back to `service_hosts` ("127.0.0.1:56150") only.

    Raises AddressInUseError where `port` is taken.
    """
    teams = TeamsSettings(
        anonymous=True, service_hosts=service_hosts, locale=stage.caller.locale, limits=limits or Limits()
    )
    listening = await listen(bot_app(stage.settings, stage.tokens, teams), port=port)
    try:
        yield listening
    finally:
        await listening.close()
