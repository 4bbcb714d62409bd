"""Tests that the demo's bot signs people in on simulated pages, without a network."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.cli.commands.chat import as_person
from bot.cli.commands.demo import QUESTION
from bot.demo.demo_bot import MESSAGES, signing_bot_server
from bot.demo.demo_services import demo_services
from bot.demo.free_ports import reserve
from bot.simulator.connector import Person, Posted, SimulatedConnector, TeamsClient, group, personal
from bot.simulator.connector.conversations.targeted_sends import TargetedRefusal
from bot.simulator.connector.teams_people import SimulatedConversation
from tests.integration.teams.patience import PATIENT

OAUTH = "application/vnd.microsoft.card.oauth"


@dataclass
class Demo:
    """The demo's bot, its simulated chat, and the person in the chat."""

    url: str
    connector: SimulatedConnector
    client: TeamsClient
    person: Person

    async def say(self, text: str, where: SimulatedConversation | None = None) -> Posted:
        """Post `text` and return the bot's next message."""
        await self.client.say(text, from_=self.person, conversation=where)
        return await self.next_message()

    async def next_message(self) -> Posted:
        return await self.connector.next_message()


@asynccontextmanager
async def started(*faults: str) -> AsyncIterator[Demo]:
    async with demo_services(faults=faults) as services, SimulatedConnector(anonymous=True) as connector:
        host = connector.url.removeprefix("http://")
        async with (
            signing_bot_server(services, service_hosts=(host,), port=reserve(0), limits=PATIENT) as bot,
            TeamsClient(connector, bot.url + MESSAGES) as client,
        ):
            demo = Demo(bot.url, connector, client, as_person(services.caller))
            connector.state.join(personal(demo.person))
            yield demo


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    async with started() as running:
        yield running


def button(posted: Posted) -> str:
    """Return the address of the sign-in card's button."""
    (attachment,) = posted.activity["attachments"]
    assert attachment["contentType"] == OAUTH, posted.activity
    return str(attachment["content"]["buttons"][0]["value"])


def summary(posted: Posted) -> str:
    return str(posted.activity.get("summary", ""))


async def test_first_question_is_answered_when_its_asker_has_signed_in(demo: Demo, browser: Any) -> None:
    link = button(await demo.say(QUESTION))
    assert link.startswith(f"{demo.url}/auth/start?ticket=")
    await browser.open(link)
    cookie = browser.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" not in cookie, "a browser would not send it back over http"
    await browser.follow()
    await browser.press("Continue as Alex Wilber")
    assert (await browser.follow()).status == 200
    assert "src=" not in browser.page, "it loads nothing"
    assert "0 active of 1 qualified" in summary(await demo.next_message())
    assert "Alex Wilber" in summary(await demo.say("who am I"))
    assert "deleted your sign-in" in summary(await demo.say("sign out"))
    button(await demo.say(QUESTION))


async def signs_in(demo: Demo, browser: Any, posted: Posted, *steps: str) -> Posted:
    """Follow the button of a sign-in card, and return what the bot says then."""
    await browser.open(button(posted))
    await browser.follow()
    for step in ("Continue as Alex Wilber", *steps):
        await browser.press(step)
    assert (await browser.follow()).status == 200
    return await demo.next_message()


async def test_person_without_a_second_factor_sets_one_up_and_is_answered(browser: Any) -> None:
    async with started("no_factor") as demo:
        again = await signs_in(demo, browser, await demo.say(QUESTION))
        card = again.activity["attachments"][0]["content"]["text"]
        assert "Partner Center requires a second sign-in factor" in card
        assert "sets one up" in card
        assert "ask an Entra administrator" in card
        answer = await signs_in(demo, browser, again, "Set up a second factor")
        assert "0 active of 1 qualified" in summary(answer)


async def test_factor_that_does_not_reach_the_token_ends_in_a_card(browser: Any) -> None:
    async with started("factor_elsewhere") as demo:
        again = await signs_in(demo, browser, await demo.say(QUESTION))
        assert "second sign-in factor" in json.dumps(again.activity)
        end = json.dumps((await signs_in(demo, browser, again, "Approve the sign-in")).activity)
        assert "does not reach Partner Center" in end
        assert "To forward:" in end
        assert "does not help" in json.dumps((await demo.say(QUESTION)).activity)


async def test_no_second_factor_is_needed_when_it_is_ignored(browser: Any) -> None:
    async with started("no_factor", "mfa_ignored") as demo:
        assert "0 active of 1 qualified" in summary(await signs_in(demo, browser, await demo.say(QUESTION)))


async def test_link_to_the_chat_is_left_out_in_a_group_without_teams(demo: Demo) -> None:
    shared = group(demo.person)
    demo.connector.state.join(shared)
    demo.connector.state.take_no_targeted(shared, TargetedRefusal.NOT_ENABLED)
    await demo.client.say(QUESTION, from_=demo.person, conversation=shared)
    posted = [await demo.next_message() for _ in range(2)]
    said = [summary(each) for each in posted]
    assert any("you need to sign in once" in each for each in said), said
    assert "teams.microsoft.com" not in json.dumps([each.activity for each in posted])


@pytest.mark.parametrize(("label", "status", "told"), [("Continue as Megan Bowen", 403, "Megan"), ("Cancel", 200, "")])
async def test_other_account_is_not_signed_in_and_may_try_again(
    demo: Demo, browser: Any, label: str, status: int, told: str
) -> None:
    link = button(await demo.say(QUESTION))
    await browser.open(link)
    await browser.follow()
    await browser.press(label)
    assert (await browser.follow()).status == status
    assert told in browser.page
    await demo.next_message()
    assert "no sign-in of yours" in summary(await demo.say("who am I"))
    await browser.open(link)
    await browser.follow()
    await browser.press("Continue as Alex Wilber")
    await browser.follow()
    assert "0 active of 1 qualified" in summary(await demo.next_message())


async def test_link_of_an_earlier_demo_is_refused_as_too_old(demo: Demo, browser: Any) -> None:
    link = button(await demo.say(QUESTION))
    await browser.open(f"{link[:-6]}AAAAAA")
    assert browser.status == 400
    assert "no longer valid" in browser.page


async def test_sign_in_loads_the_demos_own_pages_only(demo: Demo, browser: Any) -> None:
    await browser.open(button(await demo.say("sign in")))
    assert browser.left_to.startswith("http://127.0.0.1:")


async def test_two_demos_sign_people_in_side_by_side(demo: Demo, browser: Any) -> None:
    async with started() as other:
        for each in (demo, other):
            await browser.open(button(await each.say("sign in")))
            await browser.follow()
            await browser.press("Continue as Alex Wilber")
            await browser.follow()
            assert "signed in as Alex Wilber" in summary(await each.next_message())


async def test_no_port_is_open_when_the_demo_has_ended() -> None:
    reserved = reserve(0)
    port = reserved.getsockname()[1]
    async with demo_services() as services, signing_bot_server(services, service_hosts=("127.0.0.1:9",), port=reserved):
        pass
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(f"http://127.0.0.1:{port}/healthz")
