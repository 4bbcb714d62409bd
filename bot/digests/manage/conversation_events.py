"""Suspend or restore digests when the bot is removed or added, or owners leave.

bot.teams calls this with installation events and messages. If the bot is removed, the digests of the conversation are
suspended; if it is added again, they resume at their next time. Their owners are notified in private. Depends on the
store.
"""

from collections.abc import Callable, Iterable

import structlog

from bot.digests.notices.notice import Notice
from bot.digests.notices.owner_notices import OwnerNotices
from bot.digests.runs.refused_conversation import resumes_at
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.store.digests.digest_record import LEFT, Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository

log = structlog.get_logger(__name__)

UNINSTALLED = "uninstalled"


class ConversationEvents:
    """Handles the installation events of bot.teams.

    `wake` makes the scheduler look for due digests now; `clock` returns Unix seconds. `account_of` returns the id that
    Teams gives the person of a conversation reference, "" if unknown. Every method raises StoreError if the database
    fails.
    """

    def __init__(
        self,
        digests: DigestRepository,
        notices: OwnerNotices,
        *,
        wake: Callable[[], None],
        clock: Callable[[], float],
        account_of: Callable[[str], str],
    ) -> None:
        self._digests = digests
        self._account_of = account_of
        self._notices = notices
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
        """Restore the suspended digests of this conversation.

        They resume at their next time. Those whose owners left stay suspended.
        """
        restored = await self._digests.restore_conversation(tenant_id, conversation_id, self._clock(), resumes_at)
        if restored:
            log.info("digests_restored", count=len(restored))
            self._wake()
            await self._tell("restored", [each for each in restored if each.state is DigestState.ACTIVE])

    async def left(self, tenant_id: str, conversation_id: str, people: frozenset[str]) -> None:
        """Suspend the digests of these people in this conversation.

        The id of a team means all its channels. They would show figures to a conversation that the owner cannot see any
        more. Only the owner resumes them.
        """

        def theirs(digest: Digest) -> bool:
            if digest.kind is ConversationKind.PERSONAL:
                return False
            return digest.owner_id in people or self._account_of(digest.reference) in people

        suspended = await self._digests.leave(tenant_id, conversation_id, theirs)
        if suspended:
            log.info("digests_suspended", count=len(suspended))
            await self._tell(LEFT, suspended)

    async def seen(self, caller: Caller, here: Conversation) -> None:
        """Store the newest reference of this conversation for the caller's digests."""
        await self._digests.refresh_reference(caller.tenant_id, here.conversation_id, caller.object_id, here.reference)

    async def _tell(self, notice: str, digests: Iterable[Digest]) -> None:
        """Notify the owners of digests in channels and group chats.

        A digest in a 1:1 chat gets no notice: that chat itself was removed or added.
        """
        shared = [digest for digest in digests if digest.kind is not ConversationKind.PERSONAL]
        await self._notices.tell([Notice(notice, digest) for digest in shared])
