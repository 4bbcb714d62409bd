"""Telling owners in private what became of their digests."""

import structlog

from bot.commands.command import DigestAction, HandleDigest
from bot.digests.content.digest_line import DigestLines
from bot.digests.runs import step_result as words
from bot.digests.runs.owner_answer import owner_of
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.errors import DeliveryError, ZoneError
from bot.store.digests.digest_record import Digest
from bot.usage.command_buttons import ask_button
from cards.views.digest_views import DigestNoticeView

log = structlog.get_logger(__name__)

# What the owner can do about it, by notice.
MENDS = {"paused_misses": DigestAction.RESUME, "failed": DigestAction.RUN, "blocked": DigestAction.RESUME}
# The conversation is gone for good: once its owner knows, there is nothing to keep the digest for.
REMOVED = "removed"


class NotifyStep:
    """At most once in good times, once more after a crash. Whom it does not reach sees it in the list of digests."""

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts

    async def __call__(self, _: RunId, word: str) -> str:
        """`word` is one of `words.tell`. Raises StoreError."""
        notices, problem = words.notices_of(word)
        for notice, number in notices:
            digest = await self._parts.store.digests.get(number)
            if digest is None:
                continue
            await self._tell(digest, notice, problem)
            if notice == REMOVED:
                await self._parts.store.digests.delete(number)
        return words.OVER

    async def _tell(self, digest: Digest, notice: str, problem: str) -> None:
        act = MENDS.get(notice)
        again = None if act is None else ask_button(HandleDigest(act, digest.number))
        try:
            line = DigestLines(owner_of(digest)).line(digest)
            await self._parts.messenger.tell(digest, DigestNoticeView(notice, line, problem, again))
        except (DeliveryError, ZoneError) as error:
            log.warning("digest_owner_not_told", digest=digest.number, notice=notice, problem=str(error))
