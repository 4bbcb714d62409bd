"""Suspend or restore digests when the bot is removed or added, or owners leave.

bot.teams calls this with installation events and messages. If the bot is removed, the digests of the conversation are
suspended; if it is added again, they resume at their next time. Their owners are notified in private, with at most
`MOST_NOTICES` notices each. Depends on the store.
"""

from collections import Counter
from collections.abc import Callable, Iterable

import structlog

from bot.commands.command import DigestAction, HandleDigest
from bot.digests.content.digest_line import DigestLines
from bot.digests.manage.owner_notices import Notifier
from bot.digests.runs.membership import MOST_NOTICES
from bot.digests.runs.owner_answer import owner_of
from bot.digests.runs.refused_conversation import resumes_at
from bot.domain.conversation import Caller, Conversation, ConversationKind
from bot.errors import DeliveryError
from bot.store.digests.digest_record import LEFT, Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository
from bot.usage.command_buttons import ask_button
from cards.views.digest_views import DigestNoticeView

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
        teller: Notifier,
        *,
        wake: Callable[[], None],
        clock: Callable[[], float],
        account_of: Callable[[str], str],
    ) -> None:
        self._digests = digests
        self._account_of = account_of
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
        told: Counter[tuple[str, str]] = Counter()
        for digest in digests:
            owner = owner_of(digest)
            if digest.kind is ConversationKind.PERSONAL or told[owner.key] >= MOST_NOTICES:
                continue
            told[owner.key] += 1
            try:
                again = ask_button(HandleDigest(DigestAction.RESUME, digest.number)) if notice == LEFT else None
                line = DigestLines(owner).line(digest)
                await self._teller.tell(digest, DigestNoticeView(notice, line, again=again))
            except DeliveryError as error:
                log.warning("digest_owner_not_notified", digest=digest.number, notice=notice, problem=str(error))
