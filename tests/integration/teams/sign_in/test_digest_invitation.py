"""The owner of a digest is asked in private to sign in.

The listener for sign-ins is called when they have.
"""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.app.web_app import BOT, IDENTITY
from bot.domain.conversation import Caller
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.simulator.connector import ADA, BEN, channel, personal
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.store.digests.digest_record import Digest
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.proactive.proactive_messenger import ProactiveMessenger
from bot.teams.proactive.send_rate import SendRate
from cards.views.answer_views import SignInView
from tests.integration.digests.stored import here_in, stored_digest

SALES = channel("sales", ADA, BEN)


@pytest.fixture
async def proactive(stage: Any) -> AsyncIterator[ProactiveMessenger]:
    """Return the messenger that posts digests, beside the served bot."""
    settings = stage.settings
    credentials = Credentials(settings.app_id, settings.app_password, settings.app_tenant_id)
    tokens = ClientCredentials(credentials, http_client=LoopbackAuthority(stage.connector.url))
    teams = TeamsSettings(app_id=settings.app_id, service_hosts=settings.service_hosts, tenants=(ADA.tenant_id,))
    async with aiohttp.ClientSession() as session:
        connectors = ConnectorClients(session, tokens, Retries(attempts=2, first_wait=0.01))
        yield ProactiveMessenger(connectors, teams, SendRate(), stage.bot.app[IDENTITY])
        await tokens.close()


@pytest.fixture
def heard(stage: Any) -> list[Caller]:
    """Return the callers with which the listener for sign-ins was called."""
    callers: list[Caller] = []

    async def listen(caller: Caller) -> None:
        callers.append(caller)

    stage.bot.app[BOT]._resuming._signed_in = listen
    return callers


def digest(stage: Any) -> Digest:
    """Return a digest of Ada in a channel."""
    stage.connector.state.join(SALES)
    here = here_in(stage.connector, SALES)
    return stored_digest(here, tenant_id=ADA.tenant_id.lower(), owner_id=ADA.object_id.lower())


async def test_listener_is_called_when_the_owner_signs_in_silently(
    stage: Any, proactive: ProactiveMessenger, heard: list[Caller], read: Any
) -> None:
    sign_in_card, _ = read
    await proactive.invite(digest(stage), SignInView("not_signed_in"))
    posted = await stage.heard()
    assert posted.conversation_id == personal(ADA).id
    assert (await stage.exchange(sign_in_card(posted))).status == 200
    assert await stage.quiet() == []  # nothing else is posted: the digest itself continues
    assert [each.key for each in heard] == [(ADA.tenant_id.lower(), ADA.object_id.lower())]


async def test_card_is_refused_when_another_person_uses_it(
    stage: Any, proactive: ProactiveMessenger, heard: list[Caller], read: Any
) -> None:
    sign_in_card, _ = read
    await proactive.invite(digest(stage), SignInView("not_signed_in"))
    card = sign_in_card(await stage.heard())
    assert (await stage.exchange(card, BEN)).status != 200
    await stage.quiet()
    assert heard == []


async def test_listener_is_called_when_the_owner_signs_in_on_the_page(
    stage: Any, proactive: ProactiveMessenger, heard: list[Caller], read: Any, browser: Any
) -> None:
    sign_in_card, _ = read
    stage.entra.standing(stage.users[ADA.name]).mfa_done = False
    await proactive.invite(digest(stage), SignInView("mfa_required"))
    card = sign_in_card(await stage.heard())
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200
    await stage.quiet()
    assert [each.key for each in heard] == [(ADA.tenant_id.lower(), ADA.object_id.lower())]
