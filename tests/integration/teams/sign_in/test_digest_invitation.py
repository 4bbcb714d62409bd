"""A digest's owner is asked to sign in, in private, and whoever keeps digests hears that they have."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.app import BOT, IDENTITY
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
    """What posts digests, beside the served bot."""
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
    """Who has signed in, as a listener hears it."""
    callers: list[Caller] = []

    async def listen(caller: Caller) -> None:
        callers.append(caller)

    stage.bot.app[BOT]._resuming._signed_in = listen
    return callers


def digest(stage: Any) -> Digest:
    """Ada's, in a channel."""
    stage.connector.state.join(SALES)
    here = here_in(stage.connector, SALES)
    return stored_digest(here, tenant_id=ADA.tenant_id.lower(), owner_id=ADA.object_id.lower())


async def test_the_owner_signs_in_silently_with_the_card_and_who_keeps_digests_hears_of_it(
    stage: Any, proactive: ProactiveMessenger, heard: list[Caller], read: Any
) -> None:
    sign_in_card, _ = read
    await proactive.invite(digest(stage), SignInView("not_signed_in"))
    posted = await stage.heard()
    assert posted.conversation_id == personal(ADA).id
    assert (await stage.exchange(sign_in_card(posted))).status == 200
    assert await stage.quiet() == []  # nothing else is said: the digest itself goes on
    assert [each.key for each in heard] == [(ADA.tenant_id.lower(), ADA.object_id.lower())]


async def test_the_card_is_of_use_to_nobody_else(
    stage: Any, proactive: ProactiveMessenger, heard: list[Caller], read: Any
) -> None:
    sign_in_card, _ = read
    await proactive.invite(digest(stage), SignInView("not_signed_in"))
    card = sign_in_card(await stage.heard())
    assert (await stage.exchange(card, BEN)).status != 200
    await stage.quiet()
    assert heard == []


async def test_a_sign_in_on_the_page_is_heard_as_well(
    stage: Any, proactive: ProactiveMessenger, heard: list[Caller], read: Any, browser: Any
) -> None:
    sign_in_card, _ = read
    await proactive.invite(digest(stage), SignInView("mfa_required"))
    card = sign_in_card(await stage.heard())
    await browser.open(card["buttons"][0]["value"])
    await browser.follow()
    await browser.press("Continue as Ada Agent")
    await browser.press("Approve the sign-in")
    assert (await browser.follow()).status == 200
    await stage.quiet()
    assert [each.key for each in heard] == [(ADA.tenant_id.lower(), ADA.object_id.lower())]
