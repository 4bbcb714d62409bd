"""Who is in a conversation, as Teams reports it to a bot.

Teams answers 404 with a code of its own for a person who is not there; 400 with the same code has been seen as well.
Any other answer says nothing about the person.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context
"""

import time
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

import msgspec
import structlog
from cachetools import TTLCache

from bot.concurrency.single_flight import SingleFlight
from bot.domain.conversation import ConversationKind
from bot.errors import DeliveryError, PlaceRefusedError
from bot.store.digests.digest_record import Digest
from bot.teams.activity.conversation_of import root_id
from bot.teams.auth.reference_check import check_reference
from bot.teams.auth.teams_settings import TeamsSettings
from bot.teams.connector.connector_client import ConnectorClient, ConnectorClients

log = structlog.get_logger(__name__)

NOT_A_MEMBER = "membernotfoundinconversation"
# Seconds. Few: a digest that is due within them after its owner left is posted if Teams did not report that.
MEMBER_SECONDS = 60.0
# Seconds for which it is known whether there are people of other tenants.
OUTSIDER_SECONDS = 3_600.0
REMEMBERED = 10_000
# Pages of the roster that are read, each with up to 500 members.
PAGES = 20
GUEST = "guest"
# Part of the name with which Entra lists a guest; the role has been seen as "user" for guests, too.
GUEST_NAME = "#ext#"


Answer = TypeVar("Answer")


class _Member(msgspec.Struct, rename="camel"):
    id: str | None = None
    tenant_id: str | None = None
    user_role: str | None = None
    user_principal_name: str | None = None

    def is_of(self, tenant_id: str) -> bool:
        """Return True unless Teams says that the member is a guest, or of another tenant."""
        is_guest = (self.user_role or "").lower() == GUEST or GUEST_NAME in (self.user_principal_name or "").lower()
        return not is_guest and (self.tenant_id or tenant_id).lower() == tenant_id.lower()


class _Page(msgspec.Struct, rename="camel"):
    members: list[_Member] = []
    continuation_token: str | None = None


class ConversationRoster:
    """The `Roster` of bot.digests.

    Only what Teams confirmed is cached: that a person is a member, for a minute. `clock` is monotonic.
    """

    def __init__(
        self, connectors: ConnectorClients, settings: TeamsSettings, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connectors = connectors
        self._settings = settings
        self._members: TTLCache[tuple[str, str], bool, float] = TTLCache(REMEMBERED, MEMBER_SECONDS, timer=clock)
        self._outsiders: TTLCache[tuple[str, str], bool, float] = TTLCache(REMEMBERED, OUTSIDER_SECONDS, timer=clock)
        self._asking: SingleFlight[bool] = SingleFlight()

    async def is_member(self, digest: Digest, *, fresh: bool = False) -> bool:
        """Return True if the digest's owner is in its conversation.

        `fresh`: what is cached does not count. Raises DeliveryError if Teams does not say it.
        """
        if digest.kind is ConversationKind.PERSONAL:
            return True
        connector, person_id = self._at(digest)
        key = root_id(digest.conversation_id), person_id
        if fresh:
            self._members.pop(key, None)
            return await self._ask(connector, key)
        return self._members.get(key) or await self._asking.join(key, lambda: self._ask(connector, key))

    async def has_outsiders(self, digest: Digest) -> bool:
        """Return True if guests or people of another tenant are there.

        Another one than the owner's. Raises DeliveryError if Teams does not say it.
        """
        if digest.kind is ConversationKind.PERSONAL:
            return False
        key = root_id(digest.conversation_id), digest.tenant_id
        known = self._outsiders.get(key)
        if known is None:
            connector, _ = self._at(digest)
            known = self._outsiders[key] = await self._any_outsider(connector, *key)
        return known

    def _at(self, digest: Digest) -> tuple[ConnectorClient, str]:
        place = check_reference(digest.reference, self._settings, (digest.tenant_id.lower(), digest.owner_id.lower()))
        if not place.person_id:
            raise PlaceRefusedError(None, "the reference names no person")
        return self._connectors.at(place.asked.service_url or ""), place.person_id

    async def _ask(self, connector: ConnectorClient, key: tuple[str, str]) -> bool:
        try:
            found = _read(await connector.member(*key), _Member)
        except DeliveryError as error:
            if error.code.lower() != NOT_A_MEMBER:
                raise
            self._members.pop(key, None)
            return False
        if not found.id:  # 200 of something between the bot and Teams
            raise DeliveryError(None, "the roster names no member")
        self._members[key] = True
        return True

    async def _any_outsider(self, connector: ConnectorClient, conversation_id: str, tenant_id: str) -> bool:
        async for page in _pages(connector, conversation_id):
            if not all(each.is_of(tenant_id) for each in page):
                return True
        return False


async def outsiders_in(connector: ConnectorClient, conversation_id: str, tenant_id: str) -> frozenset[str]:
    """Return the ids of the guests, and of the people of another tenant.

    Raises DeliveryError if Teams does not say it.
    """
    found: set[str] = set()
    pages = 0
    async for page in _pages(connector, conversation_id):
        found |= {each.id or "" for each in page if not each.is_of(tenant_id)}
        pages += 1
    if pages == PAGES:
        raise DeliveryError(None, "the roster is too long")
    return frozenset(found)


async def _pages(connector: ConnectorClient, conversation_id: str) -> AsyncIterator[list[_Member]]:
    token = ""
    for _ in range(PAGES):
        page = _read(await connector.members(conversation_id, token), _Page)
        yield page.members
        token = page.continuation_token or ""
        if not token:
            return
    log.info("roster_not_read_to_the_end", pages=PAGES)


def _read(answer: bytes, type_: type[Answer]) -> Answer:
    """Return the answer of the roster. Raises DeliveryError if it is of another shape."""
    try:
        return msgspec.json.decode(answer, type=type_)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DeliveryError(None, f"the roster cannot be read: {type(error).__name__}") from None
