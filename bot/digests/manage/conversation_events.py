"""Suspend or restore digests when the bot is removed or added.

bot.teams calls this with installation events and messages. If the bot is removed, the digests of the conversation are
suspended; if it is added again, they resume at their next time. Their owners are notified in private, with at most
`MOST_NOTICES` notices each. Depends on the store.
"""

from collections import Counter
from collections.abc import Callable, Iterable

import structlog

from bot.digests.content.digest_line import DigestLines
from bot.digests.manage.owner_notices import Notifier
from bot.digests.runs.owner_answer import owner_of
from bot.digests.runs.refused_conversation import resumes_at
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import DeliveryError
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository
from cards.views.digest_views import DigestNoticeView

log = structlog.get_logger(__name__)

UNINSTALLED = "uninstalled"
# Notices that one owner gets for one event. The list of digests shows the others.
MOST_NOTICES = 3


class ConversationEvents:
    """Handles the installation events of bot.teams.

    `wake` makes the scheduler look for due digests now; `clock` returns Unix seconds. Every method raises StoreError if
    the database fails.
    """

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
        """Suspend the digests of this conversation, or of all channels of this team.

        Nothing can be posted to it until the bot is added again.
        """
        suspended = await self._digests.suspend_conversation(tenant_id, conversation_id, UNINSTALLED)
        if suspended:
            log.info("digests_suspended", count=len(suspended))
            await self._tell("suspended", suspended)

    async def back(self, tenant_id: str, conversation_id: str) -> None:
        """Restore all suspended digests of this conversation, whatever the reason was.

        They resume at their next time.
        """
        restored = await self._digests.restore_conversation(tenant_id, conversation_id, self._clock(), resumes_at)
        if restored:
            log.info("digests_restored", count=len(restored))
            self._wake()
            await self._tell("restored", [each for each in restored if each.state is DigestState.ACTIVE])

    async def seen(self, caller: Caller, here: Conversation) -> None:
        """Store the newest reference of this conversation for the caller's digests."""
        await self._digests.refresh_reference(caller.tenant_id, here.conversation_id, caller.object_id, here.reference)

    async def _tell(self, notice: str, digests: Iterable[Digest]) -> None:
        """Notify the owners of digests in channels and group chats.

        A digest in a 1:1 chat gets no notice: that chat itself was removed or added.
        """
        told: Counter[tuple[str, str]] = Counter()
        for digest in digests:
            owner = owner_of(digest)
            if digest.kind is ConversationKind.PERSONAL or told[owner.key] >= MOST_NOTICES:
                continue
            told[owner.key] += 1
            try:
                await self._teller.tell(digest, DigestNoticeView(notice, DigestLines(owner).line(digest)))
            except DeliveryError as error:
                log.warning("digest_owner_not_notified", digest=digest.number, notice=notice, problem=str(error))
