"""What becomes of digests where the bot is added, removed or spoken to. Hears it from bot.teams; knows the store.

Where the bot is removed the digests rest; where it is added again they go on at their next time. Their owners are told
in private, as long as there are few to tell.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

import structlog

from bot.digests.content.digest_line import DigestLines
from bot.digests.manage.inactive_digests import next_due_after_pause
from bot.digests.runs.owner_answer import owner_of
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import DeliveryError, ZoneError
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository
from cards.views.answer_views import View
from cards.views.digest_views import DigestNoticeView

log = structlog.get_logger(__name__)

UNINSTALLED = "uninstalled"
# Notices a person gets of one event; the list of digests tells of the others.
MOST_NOTICES = 3


class Notifier(Protocol):
    """Tells owners in private; a `Messenger` does."""

    async def tell(self, digest: Digest, view: View) -> None:
        """Show `view` to the owner in their 1:1 chat. Raises DeliveryError."""
        ...


class ConversationEvents:
    """Listens to bot.teams; `wake` tells the engine that something may be due sooner. Everything raises StoreError."""

    def __init__(
        self,
        digests: DigestRepository,
        teller: Notifier,
        *,
        wake: Callable[[], None],
        clock: Callable[[], float],
    ) -> None:
        self._digests = digests
        self._teller = teller
        self._wake = wake
        self._clock = clock

    async def gone(self, tenant_id: str, conversation_id: str) -> None:
        """Nothing can be posted there, or in any channel of that team, until the bot is added again."""
        suspended = await self._digests.suspend_conversation(tenant_id, conversation_id, UNINSTALLED)
        if suspended:
            log.info("digests_suspended", count=len(suspended))
            await self._tell("suspended", suspended)

    async def back(self, tenant_id: str, conversation_id: str) -> None:
        """What rested there goes on at its next time, whatever it rested for."""
        restored = await self._digests.restore_conversation(tenant_id, conversation_id, self._clock(), _next_time)
        if restored:
            log.info("digests_restored", count=len(restored))
            self._wake()
            await self._tell("restored", [each for each in restored if each.state is DigestState.ACTIVE])

    async def seen(self, caller: Caller, here: Conversation) -> None:
        """The newest way to the conversation, for the digests of who speaks there."""
        await self._digests.refresh_reference(caller.tenant_id, here.conversation_id, caller.object_id, here.reference)

    async def _tell(self, notice: str, digests: Iterable[Digest]) -> None:
        """Those whose digests post elsewhere than in their 1:1 chat, which is what was removed or added otherwise."""
        told: Counter[tuple[str, str]] = Counter()
        for digest in digests:
            owner = owner_of(digest)
            if digest.kind is ConversationKind.PERSONAL or told[owner.key] >= MOST_NOTICES:
                continue
            told[owner.key] += 1
            try:
                await self._teller.tell(digest, DigestNoticeView(notice, DigestLines(owner).line(digest)))
            except DeliveryError as error:
                log.warning("digest_owner_not_told", digest=digest.number, notice=notice, problem=str(error))


def _next_time(digest: Digest, after: float) -> float | None:
    """A digest whose zone is not known any more is over: of such a zone there is no time."""
    try:
        return next_due_after_pause(digest, after)
    except ZoneError:
        log.warning("digest_zone_unknown", digest=digest.number)
        return None
