"""The scheduler of digests with a simulated Partner Center and Teams, over HTTP."""

import asyncio
import re
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from time import time as now
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.app.answering import compose
from bot.commands.command import Usage
from bot.commands.command_document import write
from bot.digests.manage.digest_signatures import DigestSignatures
from bot.digests.runs.owner_answer import OwnerAnswers
from bot.digests.runs.step_context import StepContext
from bot.digests.scheduler.dbos_runtime import WorkerSettings
from bot.digests.scheduler.replica_failover import Heartbeat
from bot.digests.scheduler.scheduler import DigestScheduler, SchedulerSettings
from bot.domain.conversation import Caller, ConversationKind
from bot.domain.recurrence import EVERY_DAY, Schedule, Weekly
from bot.errors import NotSignedInError
from bot.identity.tokens.encryption import Encryptor
from bot.settings import Settings
from bot.simulator.connector import ADA, SimulatedConnector
from bot.simulator.connector.teams_people import Person, SimulatedConversation, guid
from bot.simulator.connector.transcript import Posted
from bot.store.digests.digest_record import Digest, NewDigestRecord
from bot.store.store import Store, open_store
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import Account, ChannelData, ConversationAccount, IncomingActivity, Tenant
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClients, Retries
from bot.teams.connector.conversation_roster import ConversationRoster
from bot.teams.proactive.proactive_messenger import ProactiveMessenger
from bot.teams.proactive.send_rate import SendRate
from cards.views.answer_views import SignInView, View
from tests.typed_sentences import parse

KEY = b"k" * 32
TOKEN_KEYS = (b64encode(KEY).decode(),)
OWNER = Caller(ADA.tenant_id, ADA.object_id, ADA.name)
QUESTION = "usage on Exchange by customer"
NUMBER = re.compile(r"'act': 'open', 'number': (\d+)")


def store_at(
    url: str, clock: Callable[[], float] = now, signatures: DigestSignatures | None = None
) -> AbstractAsyncContextManager[Store]:
    """Open the store with the keys of the bot."""
    return open_store(url, clock, signatures or DigestSignatures(TOKEN_KEYS))


@dataclass
class SignIns:
    """Every owner is signed in, except those in `out`.

    `since` is when each of them signed in.
    """

    out: dict[str, NotSignedInError] = field(default_factory=dict)
    since: float = 0.0

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        await self.admit(caller)
        return "a token"

    async def newer(self, caller: Caller, refused: str) -> str | None:
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        return False

    async def admit(self, caller: Caller) -> None:
        if (error := self.out.get(caller.object_id)) is not None:
            raise error

    async def demanded(self, caller: Caller) -> None:
        """No user has to sign in once more."""

    async def signed_in(self, caller: Caller) -> SimpleNamespace | None:
        error = self.out.get(caller.object_id)
        return None if type(error) is NotSignedInError else SimpleNamespace(name="", since=self.since)

    async def sign_out(self, caller: Caller) -> bool:
        return False


class Messages(ProactiveMessenger):
    """Keeps sign-in cards and notices for owners instead of sending them."""

    def __init__(self, session: aiohttp.ClientSession, service_url: str, rate: int = 50) -> None:
        connectors = ConnectorClients(
            session, None, Retries(attempts=2, first_wait=0.05, longest_wait=2.0, all_seconds=480.0, seconds=240.0)
        )
        self.pace = SendRate(rate)
        settings = TeamsSettings(service_hosts=(urlsplit(service_url).netloc,), anonymous=True)
        self.roster = ConversationRoster(connectors, settings)
        super().__init__(connectors, settings, self.pace)
        self.told: list[tuple[int, View]] = []
        self.invited: list[tuple[int, SignInView]] = []

    async def tell(self, digest: Digest, view: View) -> None:
        self.told.append((digest.number, view))
        await super().tell(digest, view)

    async def invite(self, digest: Digest, view: SignInView) -> None:
        self.invited.append((digest.number, view))


def reference(connector: SimulatedConnector, conversation: SimulatedConversation, person: Person = ADA) -> str:
    """Return the reference of a digest that `person` sets up in this conversation."""
    here = IncomingActivity(
        type="message",
        channel_id="msteams",
        service_url=connector.service_url,
        sender=Account(id=person.id, name=person.name, aad_object_id=person.object_id),
        recipient=Account(id=connector.bot_id),
        conversation=ConversationAccount(conversation.id, conversation.scope, conversation.tenant_id),
        channel_data=ChannelData(Tenant(conversation.tenant_id)),
        locale="en-US",
    )
    return ConversationReference(here).pack()


def group_chats(count: int) -> list[SimulatedConversation]:
    """Return `count` group chats, all of Ada."""
    return [
        SimulatedConversation(f"19:{guid(str(n)).replace('-', '')}@thread.v2", "groupChat", (ADA,))
        for n in range(count)
    ]


def draft(
    next_due: float | None, conversation: SimulatedConversation, connector: SimulatedConnector, **changed: Any
) -> NewDigestRecord:
    """Return the draft of a daily digest of Ada's."""
    command = parse(changed.get("question", QUESTION))
    assert isinstance(command, Usage)
    owner: Caller = changed.pop("owner", OWNER)
    fields: dict[str, Any] = {
        "tenant_id": owner.tenant_id,
        "owner_id": owner.object_id,
        "owner_name": owner.name,
        "locale": "en-US",
        "time_zone": "UTC",
        "question": QUESTION,
        "command": write(command),
        "schedule": Schedule(Weekly(EVERY_DAY), _wall_clock(next_due), "UTC"),
        "conversation_id": conversation.id,
        "kind": ConversationKind.GROUP,
        "team_id": "",
        "reference": reference(connector, conversation),
        "next_due": next_due,
    }
    return NewDigestRecord(**(fields | changed))


def _wall_clock(moment: float | None) -> time:
    return datetime.fromtimestamp(moment or 0, UTC).time().replace(second=0, microsecond=0)


def posted(messages: list[Posted]) -> Counter[int]:
    """Return how many messages each digest has posted."""
    return Counter(int(found[1]) for each in messages if (found := NUMBER.search(repr(each.activity))))


@asynccontextmanager
async def engine_at(
    store: Store,
    partner_center_url: str,
    messenger: Callable[[aiohttp.ClientSession], Messages],
    clock: Callable[[], float],
    executor: str = "one",
    **given: Any,
) -> AsyncIterator[DigestScheduler]:
    """Start a scheduler and stop it at the end."""
    sign_ins = given.pop("sign_ins", None) or SignIns()
    settings = given.pop("settings", None) or SchedulerSettings(
        slots=WorkerSettings(poll=0.05), heartbeat=Heartbeat(every=0.2, within=1.0)
    )
    async with aiohttp.ClientSession() as session:
        here = Settings(partner_center_url=partner_center_url, answer_seconds=240)
        services = compose(here, sign_ins, session, sign_ins).services
        posting = messenger(session)
        parts = StepContext(store, posting, posting.roster, Encryptor([KEY]), executor, clock, **given)
        engine = DigestScheduler(parts, OwnerAnswers(services, clock), settings, posting.pace.share)
        await engine.start()
        try:
            yield engine
        finally:
            await engine.stop(5)


async def until(done: Callable[[], Awaitable[bool]], seconds: float = 240, every: float = 0.02) -> None:
    """Poll until `done` returns True, for conditions without an event."""
    async with asyncio.timeout(seconds):
        while not await done():  # noqa: ASYNC110
            await asyncio.sleep(every)
