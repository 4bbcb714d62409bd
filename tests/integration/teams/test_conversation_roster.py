"""The roster is asked for the owner of a digest, and for people of other tenants."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.errors import DeliveryError, PlaceRefusedError
from bot.simulator.connector import ADA, BEN, OrderedFailure, SimulatedConnector, channel, group, personal
from bot.simulator.connector.teams_people import Person, SimulatedConversation, guid
from bot.store.digests.digest_record import Digest
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector import conversation_roster
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.connector.conversation_roster import ConversationRoster
from tests.integration.digests.stored import here_in, stored_digest
from tests.integration.teams.patience import FOREVER

QUICK = Retries(attempts=2, first_wait=0.01, longest_wait=2.0, all_seconds=FOREVER, seconds=FOREVER)
SALES = channel("sales", ADA, BEN)
GUEST = Person("Gail Guest", guid("gail"), role="guest")
OTHER = Person("Otto Other", guid("otto"), guid("another company"))
# Teams reports some guests as users; Entra's name shows it. The role alone must be enough, too.
HIDDEN = {"id": "29:x", "userRole": "user", "userPrincipalName": "otto_other.example#EXT#@partner.example"}
BY_ROLE = {"id": "29:x", "userRole": "guest", "userPrincipalName": "otto@partner.example"}


class Scene:
    """A roster with a clock of its own."""

    def __init__(self, connector: SimulatedConnector, session: aiohttp.ClientSession) -> None:
        self.connector = connector
        self.now = 0.0
        settings = TeamsSettings(service_hosts=(connector.url.removeprefix("http://"),), anonymous=True)
        self.roster = ConversationRoster(ConnectorClients(session, None, QUICK), settings, lambda: self.now)

    def digest(self, where: SimulatedConversation, person: Person = ADA) -> Digest:
        self.connector.state.join(where)
        return stored_digest(here_in(self.connector, where, person, None), person)

    @property
    def requests(self) -> int:
        return self.connector.state.requests


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with SimulatedConnector(anonymous=True) as connector, aiohttp.ClientSession() as session:
        yield Scene(connector, session)


@pytest.mark.parametrize("where", [SALES, group(ADA, BEN)])
async def test_member_is_asked_once_a_minute_and_forgotten_after_leaving(
    scene: Scene, where: SimulatedConversation
) -> None:
    digest = scene.digest(where)
    assert [await scene.roster.is_member(digest) for _ in range(3)] == [True] * 3
    assert scene.requests == 1
    scene.connector.state.remove_member(ADA, where.id)
    scene.now = conversation_roster.MEMBER_SECONDS
    assert not await scene.roster.is_member(digest)
    scene.connector.state.join(where)
    assert await scene.roster.is_member(digest)  # that a person is missing is never cached


async def test_fresh_answer_replaces_what_is_cached(scene: Scene) -> None:
    digest = scene.digest(SALES)
    assert await scene.roster.is_member(digest)
    scene.connector.state.remove_member(ADA, SALES.team_id or "")
    assert not await scene.roster.is_member(digest, fresh=True)
    assert not await scene.roster.is_member(digest)


async def test_nobody_is_asked_about_a_chat_of_one_person(scene: Scene) -> None:
    digest = scene.digest(personal(ADA))
    assert await scene.roster.is_member(digest)
    assert not await scene.roster.has_outsiders(digest)
    assert scene.requests == 0


@pytest.mark.parametrize(
    "fault",
    [
        OrderedFailure(500),
        OrderedFailure(503),
        OrderedFailure(429, retry_after=600),
        OrderedFailure(403, "BotNotInConversationRoster"),
        OrderedFailure(404, "ConversationNotFound"),
        OrderedFailure(404, ""),
        OrderedFailure(0),
    ],
)
async def test_failing_roster_says_neither_yes_nor_no(scene: Scene, fault: OrderedFailure) -> None:
    digest = scene.digest(SALES)
    for ask in (scene.roster.is_member, scene.roster.has_outsiders):
        scene.connector.fail_roster(*[fault] * 9)
        with pytest.raises(DeliveryError):
            await ask(digest)
    scene.connector.state.roster_faults.clear()
    assert await scene.roster.is_member(digest)


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"id": 7}', b"\xff"])
async def test_answer_of_another_shape_is_no_yes(scene: Scene, monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    async def odd(*_: Any) -> bytes:
        return body

    monkeypatch.setattr("bot.teams.connector.connector_client.ConnectorClient.member", odd)
    with pytest.raises(DeliveryError):
        await scene.roster.is_member(scene.digest(SALES))


async def test_roster_is_not_asked_with_the_reference_of_somebody_else(scene: Scene) -> None:
    for digest in (replace(scene.digest(SALES), owner_id="somebody"), replace(scene.digest(SALES), reference="x")):
        with pytest.raises(PlaceRefusedError):
            await scene.roster.is_member(digest)
    assert scene.requests == 0


@pytest.mark.parametrize(("who", "found"), [(BEN, False), (GUEST, True), (OTHER, True)])
async def test_outsiders_are_guests_and_people_of_other_tenants(scene: Scene, who: Person, *, found: bool) -> None:
    digest = scene.digest(group(ADA, who))
    assert [await scene.roster.has_outsiders(digest) for _ in range(2)] == [found] * 2
    assert scene.requests == 1


@pytest.mark.parametrize("member", [HIDDEN, BY_ROLE])
async def test_guest_is_known_by_name_or_by_role(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, member: dict[str, str]
) -> None:
    async def page(*_: Any) -> bytes:
        return msgspec.json.encode({"members": [member]})

    monkeypatch.setattr("bot.teams.connector.connector_client.ConnectorClient.members", page)
    assert await scene.roster.has_outsiders(scene.digest(SALES))


async def test_guest_is_found_on_a_later_page_of_a_large_roster(scene: Scene) -> None:
    crowd = tuple(Person(f"P{n}", guid(f"p{n}")) for n in range(1_200))
    assert await scene.roster.has_outsiders(scene.digest(group(ADA, *crowd, GUEST)))
    assert scene.requests == 3
