"""A digest service on either database, users of two tenants, and conversations."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import NewDigest
from bot.digests.content.digest_line import moment
from bot.digests.manage.conversation_events import ConversationEvents
from bot.digests.manage.digest_service import DigestService
from bot.digests.notices.owner_notices import OwnerNotices
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.domain.licensing import Dimension, Entry
from bot.errors import DeliveryError, ServiceDownError
from bot.handlers.dispatcher import Dispatcher
from bot.names.name_index import NameIndex
from bot.store import Digest, Store
from bot.usage.addressed_buttons import mark_of
from bot.usage.command_buttons import press_of
from bot.usage.memory.recent_reports import RecentReports
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import View
from cards.views.button_payload import Action
from cards.views.form_payload import DigestInputs, FormButton
from tests.integration.digests.stage import store_at
from tests.typed_sentences import parse

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# A Wednesday.
NOW = datetime(2026, 11, 18, 10, 0, tzinfo=AMSTERDAM).timestamp()

TENANT, OTHER_TENANT = "72F988BF-0000-4000-8000-000000000001", "72f988bf-0000-4000-8000-000000000002"
ADA = Caller(TENANT, "ADA-0001", "Ada Agent", "en-GB", "Europe/Amsterdam")
BOB = Caller(TENANT.lower(), "bob-0002", "Bob Seller", "en-US", "America/New_York")
EVE = Caller(OTHER_TENANT, "ada-0001", "Eve Elsewhere", "en-US", "UTC")

CHANNEL = Conversation("19:sales@thread.tacv2", ConversationKind.CHANNEL, "way to the channel", "19:team@thread.tacv2")
GROUP = Conversation("19:group@thread.v2", ConversationKind.GROUP, "way to the group")
PRIVATE = Conversation("a:ada", ConversationKind.PERSONAL, "way to ada")
BOBS = Conversation("a:bob", ConversationKind.PERSONAL, "way to bob")

NAMES = NameIndex.of(
    [
        Entry(Dimension.CUSTOMER, "0112a436-b14e-4888-967b-ca4bb2cf1234", "TEST COMPANY"),
        Entry(Dimension.CUSTOMER, "0112a436-b14e-4888-967b-ca4bb2cf0001", "Fabrikam"),
        Entry(Dimension.CUSTOMER, "0112a436-b14e-4888-967b-ca4bb2cf0002", "Twin Ltd"),
        Entry(Dimension.CUSTOMER, "0112a436-b14e-4888-967b-ca4bb2cf0003", "Twin Ltd"),
        Entry(Dimension.CUSTOMER, "0112a436-b14e-4888-967b-ca4bb2cf0004", "Focus on IT"),
        Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
        Entry(Dimension.WORKLOAD, "SPO", "SharePoint"),
        Entry(Dimension.CHANNEL, "Reseller", "Reseller"),
    ]
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


class Unreachable:
    """A Partner Center that does not answer."""

    async def tally(self, *_given: Any, **_options: Any) -> Any:
        raise ServiceDownError("not reached")


class Names:
    async def names(self, _caller: Caller) -> NameIndex:
        return NAMES


class Office:
    """The digest service and what it needs to answer a sentence."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.team_owners: set[str] = set()
        self.woken = 0
        self.told: list[tuple[int, View]] = []
        self.mute = False
        self.private = True
        self.desk = DigestService(
            store, is_team_owner=self._owns, wake=self._wake, clock=clock, notifier=self, private_chat=self._chat
        )
        services = UsageServices(Unreachable(), Names(), RecentReports(clock), now=lambda: moment(clock()))
        self._answers = Dispatcher(services, self.desk)
        self.notices = OwnerNotices(self, store.records, clock)
        self.places = ConversationEvents(
            store.digests,
            self.notices,
            wake=self._wake,
            clock=clock,
            account_of=lambda reference: f"29:{reference}",
        )

    async def say(self, sentence: str, caller: Caller = ADA, here: Conversation | None = CHANNEL) -> Any:
        command = parse(sentence, today=datetime.fromtimestamp(self.clock.now, AMSTERDAM).date())
        return await self._do(command, caller, here)

    async def press(self, button: Action, caller: Caller = ADA, here: Conversation | None = CHANNEL) -> Any:
        pressed = press_of(button)
        assert pressed is not None
        return await self._do(pressed.asked, caller, here, pressed.rows, pressed.start, sure=pressed.sure)

    async def chat(self, text: str, caller: Caller = ADA, here: Conversation | None = CHANNEL) -> Any:
        """Type a sentence, as in Teams."""
        return await self._answers.answer(text, caller, here=here)

    async def fill(
        self,
        button: FormButton,
        caller: Caller = ADA,
        here: Conversation | None = CHANNEL,
        made_for: Caller = ADA,
        **inputs: str,
    ) -> Any:
        """Press the button of a form that was made for Ada, with these inputs."""
        pressed = press_of(FormButton(button.command, DigestInputs(**inputs)))
        assert pressed is not None
        return await self._answers.press(replace(pressed, made_for=mark_of(made_for)), caller, here=here)

    async def _do(
        self,
        command: Any,
        caller: Caller,
        here: Conversation | None,
        shown: int | None = None,
        start: int = 0,
        *,
        sure: bool = False,
    ) -> Any:
        if isinstance(command, NewDigest):
            return await self.desk.set_up(command, caller, NAMES, here)
        return await self.desk.handle(command, caller, here, shown, start, sure=sure)

    async def made(self, sentence: str, caller: Caller = ADA, here: Conversation = CHANNEL) -> int:
        view = await self.say(sentence, caller, here)
        assert view.done == "created", view
        return int(view.line.number)

    async def digest(self, number: int) -> Digest:
        found = await self.store.digests.get(number)
        assert found is not None
        return found

    async def claim(self) -> list[int]:
        """Claim what is due and return the numbers.

        Each digest is afterwards done or due once more.
        """
        claim = await self.store.digests.claim(self.clock.now, 100, self._next_due, lambda *_: None)
        return [run.digest.number for run in claim.runs]

    async def tell(self, digest: Digest, view: View) -> None:
        if self.mute:
            raise DeliveryError(403, "no")
        self.told.append((digest.number, view))

    def _next_due(self, digest: Digest, after: float) -> float | None:
        from bot.digests.scheduler.due_poller import next_time

        return next_time(digest, after)

    async def _chat(self, caller: Caller, _here: Conversation) -> Conversation | None:
        return {ADA.key: PRIVATE, BOB.key: BOBS}[caller.key] if self.private else None

    async def _owns(self, here: Conversation) -> bool:
        return here.reference in self.team_owners

    def _wake(self) -> None:
        self.woken += 1


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    async with store_at(database_url, clock) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(store: Store, clock: Clock) -> Office:
    return Office(store, clock)


@pytest.fixture
def people() -> Any:
    """Provide Ada and Bob of one tenant, and Eve of another one with Ada's object id."""
    return SimpleNamespace(ada=ADA, bob=BOB, eve=EVE)


@pytest.fixture
def rooms() -> Any:
    """Provide a channel of a team, a group chat, and two 1:1 chats."""
    return SimpleNamespace(channel=CHANNEL, group=GROUP, private=PRIVATE, bobs=BOBS)


@pytest.fixture
def words_of() -> Any:
    return lambda view: re.sub(r"\s+", " ", repr(view))
