"""A client exchanges the token or shows the button, as Teams does."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.simulator.connector import ADA, BEN, Posted, SimulatedConnector, TeamsClient, channel, group, personal
from bot.simulator.connector.sign_in.silent_sign_in import OAUTH, Shown, SilentSignIn
from bot.simulator.loopback_listener import listen

OFFER = {"connectionName": "", "buttons": [], "tokenExchangeResource": {"id": "card"}}
WITHOUT = {"connectionName": "", "buttons": []}


def posted(card: dict[str, Any], reader: str | None = None, kind: str = OAUTH) -> Posted:
    activity = {"type": "message", "attachments": [{"contentType": kind, "content": card}]}
    return Posted("sent", "somewhere", "1", activity, None, reader)


class Bot:
    """A bot that keeps invokes and answers them with `status`."""

    def __init__(self) -> None:
        self.status = 200
        self.got: list[dict[str, Any]] = []

    async def messages(self, request: web.Request) -> web.Response:
        self.got.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
def bot() -> Bot:
    return Bot()


@pytest.fixture
async def teams(bot: Bot) -> AsyncIterator[SilentSignIn]:
    app = web.Application()
    app.add_routes([web.post("/api/messages", bot.messages)])
    listening = await listen(app)
    async with SimulatedConnector() as connector, TeamsClient(connector, f"{listening.url}/api/messages") as client:
        yield SilentSignIn(client, lambda person: f"token of {person.name}")
    await listening.close()


@pytest.mark.parametrize("where", [personal(ADA), group(ADA, BEN)])
async def test_token_of_the_person_is_sent_for_the_card(teams: SilentSignIn, bot: Bot, where: Any) -> None:
    assert await teams.see(posted(OFFER), where, ADA) is Shown.SIGNED_IN
    (invoke,) = bot.got
    assert invoke["value"] == {"id": "card", "connectionName": "", "token": "token of Ada Agent"}
    assert (invoke["from"]["id"], invoke["conversation"]["id"]) == (ADA.id, where.id)


@pytest.mark.parametrize(("status", "shown"), [(412, Shown.BUTTON), (400, Shown.NOTHING), (500, Shown.NOTHING)])
async def test_button_is_shown_only_when_the_bot_says_so(
    teams: SilentSignIn, bot: Bot, status: int, shown: Shown
) -> None:
    bot.status = status
    assert await teams.see(posted(OFFER), personal(ADA), ADA) is shown


async def test_card_without_an_exchange_shows_its_button(teams: SilentSignIn, bot: Bot) -> None:
    assert await teams.see(posted(WITHOUT), channel("sales", ADA), ADA) is Shown.BUTTON
    assert bot.got == []


async def test_client_reports_an_exchange_that_a_channel_does_not_have(teams: SilentSignIn, bot: Bot) -> None:
    assert await teams.see(posted(OFFER), channel("sales", ADA), ADA) is Shown.NOTHING
    (invoke,) = bot.got
    assert (invoke["name"], invoke["value"]["code"]) == ("signin/failure", "resourcematchfailed")


async def test_card_for_another_person_does_nothing(teams: SilentSignIn, bot: Bot) -> None:
    assert await teams.see(posted(OFFER, reader=BEN.id), group(ADA, BEN), ADA) is Shown.NOTHING
    assert await teams.see(posted(OFFER, kind="image/png"), group(ADA, BEN), ADA) is Shown.NOTHING
    assert bot.got == []
