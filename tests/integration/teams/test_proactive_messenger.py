"""Digests are posted over HTTP: at a limited rate and at most once.

They are not posted where the bot may not post any more.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import aiohttp
import msgspec
import pytest

from bot.digests.runs.delivery_failure import FailureEffect, verdict
from bot.digests.runs.messenger import Messenger
from bot.domain.conversation import Conversation
from bot.errors import DeliveryError, NotSentError, PlaceRefusedError
from bot.identity.entra.app_credentials import ClientCredentials, Credentials
from bot.simulator.connector import (
    ADA,
    BEN,
    Blockage,
    OrderedFailure,
    Person,
    SendLimits,
    SimulatedConnector,
    SimulatedConversation,
    channel,
    group,
    personal,
)
from bot.simulator.connector.rate_limits import SEND_LIMITS
from bot.simulator.loopback_authority import LoopbackAuthority
from bot.store.digests.digest_record import Digest, DigestState
from bot.teams.activity.service_hosts import PUBLIC_SERVICE_HOSTS
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.connector.team_owners import TeamOwners
from bot.teams.proactive.proactive_messenger import ProactiveMessenger
from bot.teams.proactive.send_rate import SendRate
from cards.views.answer_views import ErrorView, Example, HelpView, SignInView
from tests.integration.digests.stored import here_in, stored_digest
from tests.integration.teams.patience import FOREVER

SALES = channel("sales", ADA, BEN, owners=(BEN,))
HELP = HelpView(None, (Example("usage", "help.example.basic"),))
# It repeats soon, and waits long for an answer.
QUICK = Retries(attempts=3, first_wait=0.01, longest_wait=2.0, all_seconds=FOREVER, seconds=FOREVER)
NOT_ALLOWED = "https://evil.example/amer/"
REFERENCE = {"reference", "tenant_id", "owner_id"}  # the columns of a digest that must fit together


async def ready() -> None:
    """Do nothing: there is no ledger."""


@dataclass
class Scene:
    """A connector that enforces Teams' limits, and the messenger that posts to it."""

    connector: SimulatedConnector
    connectors: ConnectorClients
    settings: TeamsSettings
    proactive: Messenger
    pace: SendRate
    requests: list[str]
    session: aiohttp.ClientSession
    tokens: ClientCredentials

    def here(self, where: SimulatedConversation, person: Person = ADA, service_url: str | None = None) -> Conversation:
        return here_in(self.connector, where, person, service_url)

    def digest(self, where: SimulatedConversation, person: Person = ADA, service_url: str | None = None) -> Digest:
        here = self.here(where, person, service_url)
        self.connector.state.join(where)
        return stored_digest(here, person)

    async def post(self, digest: Digest) -> str | None:
        return await self.proactive.post(digest, self.proactive.draw(digest, HELP), ready)

    async def refused(self, digest: Digest) -> DeliveryError:
        with pytest.raises(DeliveryError) as error:
            await self.post(digest)
        return error.value

    @property
    def messages(self) -> list[Any]:
        return self.connector.transcript.messages


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    requests: list[str] = []
    trace = aiohttp.TraceConfig()

    async def requested(_: Any, __: Any, params: aiohttp.TraceRequestStartParams) -> None:
        requests.append(f"{params.method} {params.url.path}")

    trace.on_request_start.append(requested)
    async with (
        SimulatedConnector(limits=SendLimits()) as connector,
        aiohttp.ClientSession(trace_configs=[trace]) as session,
    ):
        authority = LoopbackAuthority(connector.url)
        tokens = ClientCredentials(
            Credentials(connector.app_id, connector.password, ADA.tenant_id), http_client=authority
        )
        settings = TeamsSettings(
            app_id=connector.app_id,
            service_hosts=(connector.url.removeprefix("http://"),),
            tenants=(ADA.tenant_id,),
        )
        pace = SendRate(50)
        connectors = ConnectorClients(session, tokens, QUICK)
        proactive = ProactiveMessenger(connectors, settings, pace)
        yield Scene(connector, connectors, settings, proactive, pace, requests, session, tokens)
        await tokens.close()


@pytest.mark.parametrize("where", [personal(ADA), group(ADA, BEN), SALES])
async def test_digest_is_posted_as_a_message_with_its_plain_text_fallback(
    scene: Scene, where: SimulatedConversation, valid_card: Any
) -> None:
    posted = await scene.post(scene.digest(where))
    (message,) = scene.messages
    assert (message.id, message.conversation_id, message.reply_to) == (posted, where.id, None)
    assert message.activity["summary"].startswith("Type sentences")
    valid_card(message.card)


async def test_digest_starts_a_new_thread_when_it_was_created_in_a_thread(scene: Scene) -> None:
    scene.connector.state.join(SALES)
    await scene.post(scene.digest(SALES.thread("17")))
    assert scene.messages[0].conversation_id == SALES.id


async def test_card_is_drawn_in_the_language_of_the_digest(scene: Scene) -> None:
    digest = replace(scene.digest(personal(ADA)), locale="qps-ploc")
    assert scene.proactive.draw(digest, HELP) != scene.proactive.draw(scene.digest(personal(ADA)), HELP)
    assert msgspec.json.decode(scene.proactive.draw(replace(digest, reference="nonsense"), HELP))["type"] == "message"


async def test_ready_is_awaited_once_right_before_the_first_request(scene: Scene) -> None:
    digest, seen = scene.digest(personal(ADA)), []

    async def note() -> None:
        seen.append((scene.pace.waiting, list(scene.requests)))

    scene.connector.fail_next(OrderedFailure(503), OrderedFailure(429, retry_after=0))
    await scene.proactive.post(digest, scene.proactive.draw(digest, HELP), note)
    assert seen == [(0, [])]
    assert len(scene.requests) == 3
    assert len(scene.messages) == 1


async def test_nothing_is_sent_when_ready_raises(scene: Scene) -> None:
    class WithdrawnError(Exception):
        pass

    async def forbid() -> None:
        raise WithdrawnError

    digest = scene.digest(personal(ADA))
    with pytest.raises(WithdrawnError):
        await scene.proactive.post(digest, scene.proactive.draw(digest, HELP), forbid)
    assert scene.requests == []


@pytest.mark.parametrize(
    ("trouble", "fate", "code"),
    [
        (Blockage.BLOCKED, FailureEffect.REFUSED, "MessageWritesBlocked"),
        (Blockage.NOT_IN_ROSTER, FailureEffect.REFUSED, "BotNotInConversationRoster"),
        (Blockage.DISABLED, FailureEffect.REFUSED, "BotDisabledByAdmin"),
        (Blockage.DELETED, FailureEffect.REFUSED, "ConversationNotFound"),
    ],
)
async def test_post_is_not_repeated_when_the_conversation_refuses_it(
    scene: Scene, trouble: Blockage, fate: FailureEffect, code: str
) -> None:
    digest = scene.digest(personal(ADA))
    scene.connector.state.trouble(personal(ADA), trouble)
    error = await scene.refused(digest)
    assert (verdict(error).fate, error.code) == (fate, code)
    assert len(scene.requests) == 1


async def test_digest_is_refused_when_the_app_was_removed(scene: Scene) -> None:
    digest = scene.digest(group(ADA, BEN))
    scene.connector.state.leave(group(ADA, BEN))
    assert verdict(await scene.refused(digest)).fate is FailureEffect.REFUSED


async def test_post_waits_for_retry_after_when_it_is_throttled(scene: Scene, pauses: list[float]) -> None:
    digest = scene.digest(personal(ADA))
    scene.connector.fail_next(OrderedFailure(429, retry_after=1))
    await scene.post(digest)
    assert pauses == [1.0]
    assert len(scene.requests) == 2
    assert len(scene.messages) == 1


async def test_post_is_left_to_a_later_retry_when_retry_after_is_minutes(scene: Scene) -> None:
    digest = scene.digest(personal(ADA))
    scene.connector.state.trouble(personal(ADA), Blockage.THROTTLED, 300)
    found = verdict(await scene.refused(digest))
    assert (found.fate, found.retry_after) == (FailureEffect.RETRY_LATER, 300)
    assert len(scene.requests) == 1


async def test_outcome_is_unknown_and_message_there_once_when_response_is_lost(scene: Scene) -> None:
    digest = scene.digest(personal(ADA))
    scene.connector.state.trouble(personal(ADA), Blockage.LOST_ANSWER)
    assert verdict(await scene.refused(digest)).fate is FailureEffect.UNKNOWN
    assert (len(scene.messages), len(scene.requests)) == (1, 1)


async def test_outcome_is_unknown_when_the_response_takes_too_long(scene: Scene) -> None:
    await scene.post(scene.digest(personal(BEN)))  # the connection is open
    impatient = ConnectorClients(scene.session, scene.tokens, replace(QUICK, seconds=0.5))
    proactive = ProactiveMessenger(impatient, scene.settings, scene.pace)
    digest = scene.digest(personal(ADA))
    scene.connector.state.trouble(personal(ADA), Blockage.SLOW, 2.0)
    with pytest.raises(DeliveryError) as error:
        await proactive.post(digest, proactive.draw(digest, HELP), ready)
    assert verdict(error.value).fate is FailureEffect.UNKNOWN
    while len(scene.messages) < 2:  # noqa: ASYNC110  # the connector is still processing the request
        await asyncio.sleep(0.01)
    assert len(scene.requests) == 2


@pytest.mark.parametrize("fault", [OrderedFailure(500), OrderedFailure(500, after_taking=True)])
async def test_outcome_is_unknown_when_the_status_is_500(scene: Scene, fault: OrderedFailure) -> None:
    scene.connector.fail_next(fault)
    assert verdict(await scene.refused(scene.digest(personal(ADA)))).fate is FailureEffect.UNKNOWN
    assert len(scene.requests) == 1


async def test_message_was_certainly_not_sent_when_no_server_listens(scene: Scene) -> None:
    settings = replace(scene.settings, service_hosts=("127.0.0.1:9",))
    digest = scene.digest(personal(ADA), service_url="http://127.0.0.1:9/amer/")
    proactive = ProactiveMessenger(scene.connectors, settings, scene.pace)
    with pytest.raises(NotSentError) as error:
        await proactive.post(digest, b"{}", ready)
    assert verdict(error.value).fate is FailureEffect.RETRY_LATER


@pytest.mark.parametrize("how", ["post", "tell", "invite"])
@pytest.mark.parametrize(
    "broken",
    [
        {"url": NOT_ALLOWED},
        {"reference": "nonsense"},
        {"tenant_id": "another"},
        {"owner_id": "another"},
        {"served": "another"},
        {"anonymous": "yes"},
    ],
)
async def test_no_token_is_requested_when_the_reference_is_refused(
    scene: Scene, how: str, broken: dict[str, str]
) -> None:
    digest = scene.digest(group(ADA, BEN), service_url=broken.get("url"))
    digest = replace(digest, **{name: value for name, value in broken.items() if name in REFERENCE})
    settings = replace(scene.settings, tenants=(broken["served"],)) if "served" in broken else scene.settings
    if "anonymous" in broken:  # Teams is not on this machine
        digest = scene.digest(group(ADA, BEN), service_url="https://smba.trafficmanager.net/amer/")
        settings = replace(scene.settings, app_id="", anonymous=True, service_hosts=PUBLIC_SERVICE_HOSTS)
    identity: Any = object()  # must not be called either
    proactive = ProactiveMessenger(scene.connectors, settings, scene.pace, identity)
    calls = {
        "post": lambda: proactive.post(digest, b"{}", ready),
        "tell": lambda: proactive.tell(digest, HELP),
        "invite": lambda: proactive.invite(digest, SignInView("not_signed_in")),
    }
    with pytest.raises(PlaceRefusedError) as error:
        await calls[how]()
    assert verdict(error.value).fate is FailureEffect.FAILED
    assert scene.requests == []
    assert scene.connector.state.tokens_issued == 0


async def test_owner_is_notified_in_private_wherever_the_digest_posts(scene: Scene) -> None:
    for where in (SALES, group(ADA, BEN), personal(BEN)):
        await scene.proactive.tell(scene.digest(where, BEN), ErrorView("internal", {"reference": "x"}))
    assert [message.conversation_id for message in scene.messages] == [personal(BEN).id] * 3
    opened = [request for request in scene.requests if request.endswith("/v3/conversations")]
    assert len(opened) == 1  # the chat is cached


async def test_notice_goes_to_the_new_chat_when_the_cached_one_is_gone(scene: Scene) -> None:
    state, digest = scene.connector.state, scene.digest(group(ADA, BEN))
    await scene.proactive.tell(digest, HELP)
    state.trouble(personal(ADA), Blockage.DELETED)
    state.move_chat(ADA, "a:1new")
    await scene.proactive.tell(digest, HELP)
    assert [message.conversation_id for message in scene.messages] == [personal(ADA).id, "a:1new"]


@pytest.mark.parametrize("moved", [True, False])
async def test_notice_never_goes_to_the_chat_that_a_suspended_digest_posts_to(scene: Scene, moved: bool) -> None:
    digest = replace(scene.digest(personal(ADA)), state=DigestState.SUSPENDED)
    if moved:
        scene.connector.state.move_chat(ADA, "a:1new")
        await scene.proactive.tell(digest, HELP)
    else:
        with pytest.raises(NotSentError):
            await scene.proactive.tell(digest, HELP)
    assert [message.conversation_id for message in scene.messages] == ["a:1new"] * moved


async def test_notice_is_refused_when_the_reference_is_of_another_person(scene: Scene) -> None:
    digest = replace(scene.digest(group(ADA, BEN)), owner_id=BEN.object_id)
    with pytest.raises(PlaceRefusedError):
        await scene.proactive.tell(digest, HELP)
    assert scene.requests == []


async def test_notice_is_refused_when_the_owners_chat_cannot_be_opened(scene: Scene) -> None:
    digest = scene.digest(group(ADA, BEN))
    for where in (group(ADA, BEN), personal(ADA), channel("Licenses", ADA, BEN)):
        scene.connector.state.leave(where)
    with pytest.raises(DeliveryError) as error:
        await scene.proactive.tell(digest, HELP)
    assert verdict(error.value).fate is FailureEffect.REFUSED


async def test_plain_text_is_posted_when_the_card_is_refused(scene: Scene) -> None:
    digest = scene.digest(personal(ADA))
    big = msgspec.json.decode(scene.proactive.draw(digest, HELP))
    big["attachments"][0]["content"]["body"].append({"type": "TextBlock", "text": "x" * 60_000})
    await scene.proactive.post(digest, msgspec.json.encode(big), ready)
    (message,) = scene.messages
    assert (message.card, message.text) == (None, big["summary"])


async def test_many_messages_in_one_burst_exceed_no_limit(scene: Scene) -> None:
    """Seven messages in each of nine conversations, as fast as the tenant may send."""
    places = [personal(Person(f"P{number}", f"p{number}")) for number in range(9)]
    digests = [scene.digest(place, place.members[0]) for place in places]
    await asyncio.gather(*(scene.post(digests[number % 9]) for number in range(63)))
    assert len(scene.messages) == 63
    limits = scene.connector.state.limits
    assert limits is not None
    assert not limits.violations


async def test_answers_count_in_the_rate_limit_of_their_conversation(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest, other = scene.digest(personal(ADA)), scene.digest(personal(BEN))
    count, seconds = SEND_LIMITS[-1]  # so many in an hour, and the test takes less
    for _ in range(count):
        scene.pace.note(digest.conversation_id)
    posting = asyncio.create_task(scene.post(digest))
    while not scene.pace.waiting:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0.01)
    await scene.post(other)
    assert [message.conversation_id for message in scene.messages] == [personal(BEN).id]
    assert (scene.pace.waiting, len(scene.requests)) == (1, 1)
    loop = asyncio.get_running_loop()
    now = loop.time
    monkeypatch.setattr(loop, "time", lambda: now() + seconds)
    await posting
    assert (len(scene.messages), len(scene.requests)) == (2, 2)


async def test_person_owns_the_team_when_teams_reports_the_role_owner(scene: Scene) -> None:
    scene.connector.state.join(SALES)
    roster = TeamOwners(scene.connectors, scene.settings)
    assert await roster.is_team_owner(scene.here(SALES, BEN))
    assert await roster.is_team_owner(scene.here(SALES.thread("1"), BEN))
    assert not await roster.is_team_owner(scene.here(SALES, ADA))
    assert len(scene.requests) == 2  # one for each person
    assert not await roster.is_team_owner(scene.here(group(BEN, ADA), BEN))
    assert len(scene.requests) == 2


async def test_role_is_requested_again_when_a_minute_is_over(scene: Scene) -> None:
    scene.connector.state.join(SALES)
    now = 0.0
    roster = TeamOwners(scene.connectors, scene.settings, lambda: now)
    assert await roster.is_team_owner(scene.here(SALES, BEN))
    now = 59.0
    assert await roster.is_team_owner(scene.here(SALES, BEN))
    assert len(scene.requests) == 1
    now = 60.0
    assert await roster.is_team_owner(scene.here(SALES, BEN))
    assert len(scene.requests) == 2


@pytest.mark.parametrize("fault", [OrderedFailure(500), OrderedFailure(403), OrderedFailure(0)])
async def test_person_is_no_owner_and_not_cached_when_the_request_fails(scene: Scene, fault: OrderedFailure) -> None:
    scene.connector.state.join(SALES)
    scene.connector.fail_roster(*[fault] * 9)
    roster = TeamOwners(scene.connectors, scene.settings)
    assert not await roster.is_team_owner(scene.here(SALES, BEN))
    scene.connector.state.roster_faults.clear()
    assert await roster.is_team_owner(scene.here(SALES, BEN))


async def test_role_is_not_requested_when_the_reference_is_refused(scene: Scene) -> None:
    roster = TeamOwners(scene.connectors, scene.settings)
    assert not await roster.is_team_owner(scene.here(SALES, BEN, NOT_ALLOWED))
    assert not await roster.is_team_owner(replace(scene.here(SALES, BEN), reference="nonsense"))
    assert scene.requests == []
