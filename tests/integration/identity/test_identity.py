"""From a question to its answer.

Not signed in, the offer, the exchange or the page, Partner Center's figures.
"""

import base64
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.domain.conversation import Caller
from bot.errors import MfaRequiredError, NotSignedInError, SettingsError
from bot.identity.entra.app_credentials import Credentials
from bot.identity.entra.sign_in_outcome import ClaimsNeeded, Tokens
from bot.identity.identity import Identity, IdentitySettings
from bot.identity.sign_in.pending_questions import PendingQuestion
from bot.partner_center.usage_client import PartnerCenter, ReportEndpoint
from bot.query.usage_query import UsageQuery
from bot.simulator.entra import SimulatedEntra, User
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, Faults, make_world, partner_center_app
from bot.store import open_records

KEY = base64.b64encode(b"k" * 32).decode()
SECRET = "a simulated secret"
QUESTION = PendingQuestion("usage for TEST COMPANY", "a:1", "{}")


@pytest.fixture
def database(database_url: str) -> str:
    """Run these tests on both kinds of database."""
    return database_url


class Chat:
    """A bot without Teams.

    It queries Partner Center as its caller and answers pending questions.
    """

    def __init__(self, identity: Identity, partner_center: PartnerCenter, faults: Faults) -> None:
        self.identity = identity
        self.faults = faults
        self.partner_center = partner_center
        self.answered: list[tuple[str, int]] = []
        self.ended: list[Any] = []

    async def ask(self, caller: Caller) -> int:
        """Return how many rows of Partner Center this person sees."""
        return len(await self.partner_center.rows(caller, UsageQuery()))

    async def resume(self, caller: Caller) -> None:
        for question in await self.identity.waiting.take(caller):
            self.answered.append((question.text, await self.ask(caller)))


@pytest.fixture
async def chat(entra: SimulatedEntra, database: str, app_id: str, clock: Any, library: Any) -> AsyncIterator[Chat]:
    chats: list[Chat] = []

    async def listener(caller: Caller, outcome: Any) -> None:
        chats[0].ended.append(outcome)
        if isinstance(outcome, Tokens):
            await chats[0].resume(caller)

    partner_center = partner_center_app(make_world(), verify=entra.authority.verify)
    simulator = await listen(partner_center)
    site = web.Application()
    async with aiohttp.ClientSession() as session, open_records(database, clock) as records:
        transport = LoopbackAuthority(entra.url)
        settings = IdentitySettings(
            Credentials(app_id, SECRET, library.tenant), "http://127.0.0.1:1", (KEY,), (library.tenant,), entra.url
        )
        identity = Identity(settings, records, session, listener, transport=transport, clock=clock)
        site.add_routes(identity.routes())
        pages = await listen(site)
        identity._sign_ins.public_url = pages.url
        entra.register(app_id, SECRET, f"{pages.url}/auth/callback")
        chats.append(
            Chat(
                identity, PartnerCenter(session, ReportEndpoint(simulator.url), identity.tokens), partner_center[FAULTS]
            )
        )
        yield chats[0]
        await identity.close()
        await pages.close()
        transport.close()
    await simulator.close()


async def test_a_silent_exchange_answers_the_pending_question_once(
    chat: Chat, entra: SimulatedEntra, ada: User, caller: Any, app_id: str
) -> None:
    with pytest.raises(NotSignedInError) as not_signed_in:
        await chat.ask(caller(ada))
    offer = await chat.identity.ask(caller(ada), not_signed_in.value, QUESTION)
    value = {"id": offer.exchange_id, "token": entra.sso_token(ada, app_id)}
    exchanged = await chat.identity.exchange(caller(ada), value)
    assert (exchanged.status, exchanged.first) == (200, True)
    await chat.resume(caller(ada))
    assert (await chat.identity.exchange(caller(ada), value)).first is False
    await chat.resume(caller(ada))
    ((text, rows),) = chat.answered
    assert (text, rows > 0) == (QUESTION.text, True)


async def test_the_question_is_answered_after_consent_on_the_page(
    chat: Chat, entra: SimulatedEntra, ada: User, caller: Any, app_id: str, browser: Any
) -> None:
    entra.standing(ada).consented = False
    offer = await chat.identity.ask(caller(ada), NotSignedInError(), QUESTION)
    value = {"id": offer.exchange_id, "token": entra.sso_token(ada, app_id)}
    assert (await chat.identity.exchange(caller(ada), value)).status == 412
    await browser.open(offer.url)
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Accept")
    await browser.follow()
    await chat.identity.pages.close()
    assert [text for text, _ in chat.answered] == [QUESTION.text]


async def test_the_sent_button_leads_to_the_required_second_factor(
    chat: Chat, entra: SimulatedEntra, ada: User, caller: Any, app_id: str, browser: Any
) -> None:
    entra.standing(ada).claims = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'
    entra.standing(ada).mfa_done = False
    offer = await chat.identity.ask(caller(ada), NotSignedInError(), QUESTION)
    value = {"id": offer.exchange_id, "token": entra.sso_token(ada, app_id)}
    exchanged = await chat.identity.exchange(caller(ada), value)
    assert isinstance(exchanged.outcome, ClaimsNeeded)
    await browser.open(offer.url)
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200
    await chat.identity.pages.close()
    assert [text for text, _ in chat.answered] == [QUESTION.text]


async def test_a_missing_second_factor_is_added_on_the_page(
    chat: Chat, entra: SimulatedEntra, ada: User, caller: Any, app_id: str, browser: Any
) -> None:
    entra.standing(ada).mfa_done = False
    first = await chat.identity.ask(caller(ada), NotSignedInError())
    value = {"id": first.exchange_id, "token": entra.sso_token(ada, app_id)}
    assert (await chat.identity.exchange(caller(ada), value)).first
    with pytest.raises(MfaRequiredError) as weak:
        await chat.ask(caller(ada))
    offer = await chat.identity.ask(caller(ada), weak.value, QUESTION)
    again = await chat.identity.exchange(caller(ada), value | {"id": offer.exchange_id})
    assert (again.status, again.first) == (412, False)
    await browser.open(offer.url)
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    await browser.follow()
    await chat.identity.pages.close()
    assert [text for text, _ in chat.answered] == [QUESTION.text]


async def test_signing_out_deletes_tokens_and_questions(
    chat: Chat, entra: SimulatedEntra, ada: User, caller: Any, app_id: str
) -> None:
    offer = await chat.identity.ask(caller(ada), NotSignedInError(), QUESTION)
    value = {"id": offer.exchange_id, "token": entra.sso_token(ada, app_id)}
    assert (await chat.identity.exchange(caller(ada), value)).first
    assert await chat.identity.sign_out(caller(ada))
    await chat.resume(caller(ada))
    assert chat.answered == []
    with pytest.raises(NotSignedInError):
        await chat.ask(caller(ada))


@pytest.mark.parametrize("value", [None, 7, "text", [], {}, {"id": {}, "token": {}}, {"id": "x", "token": "y"}])
async def test_any_value_of_an_exchange_is_answered(chat: Chat, ada: User, caller: Any, value: object) -> None:
    assert (await chat.identity.exchange(caller(ada), value)).status in {400, 403}


async def test_identity_raises_when_address_or_key_is_missing(database: str) -> None:
    async with aiohttp.ClientSession() as session, open_records(database) as records:

        async def not_signed_in(*_: Any) -> None:
            """Ignore the outcome."""

        credentials = Credentials("app", "secret", "tenant")
        for settings in (IdentitySettings(credentials, "", (KEY,)), IdentitySettings(credentials, "https://b", ())):
            with pytest.raises(SettingsError):
                Identity(settings, records, session, not_signed_in)
