"""Notify owners in private of the outcome of their digests."""

import structlog

from bot.commands.command import DigestAction, HandleDigest
from bot.digests.content.digest_line import DigestLines
from bot.digests.runs import step_result as words
from bot.digests.runs.owner_answer import owner_of
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.errors import DeliveryError, ZoneError
from bot.store.digests.digest_record import Digest, DigestState
from bot.usage.command_buttons import ask_button
from cards.views.digest_views import DigestNoticeView

log = structlog.get_logger(__name__)

# The button that lets the owner solve the problem, by notice.
MENDS = {
    "paused_misses": DigestAction.RESUME,
    "failed": DigestAction.RUN,
    "failed_once": DigestAction.RUN,
    "gone": DigestAction.RESUME,
    "refused": DigestAction.RESUME,
    "blocked": DigestAction.RESUME,
    "left": DigestAction.RESUME,
}

# Notices of release 0.1, as a run that it started may have stored them.
FORMER = {"removed": "gone"}


class NotifyStep:
    """Sends the notices: each at most once, and possibly once more after a crash.

    No notice deletes anything. An owner who cannot be reached sees the outcome in the list of digests.
    """

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts

    async def __call__(self, _: RunId, word: str) -> str:
        """Send the notices of `word`, a result of `words.tell`.

        Raises StoreError.
        """
        notices, problem = words.notices_of(word)
        for stored, number in notices:
            notice = FORMER.get(stored, stored)
            digest = await self._parts.store.digests.get(number)
            if digest is not None:
                once = notice == "failed" and digest.state is DigestState.DONE  # it has no next time
                await self._tell(digest, "failed_once" if once else notice, problem)
        return words.OVER

    async def _tell(self, digest: Digest, notice: str, problem: str) -> None:
        act = MENDS.get(notice)
        again = None if act is None else ask_button(HandleDigest(act, digest.number))
        try:
            line = DigestLines(owner_of(digest)).line(digest)
            await self._parts.messenger.tell(digest, DigestNoticeView(notice, line, problem, again))
        except (DeliveryError, ZoneError) as error:
            log.warning("digest_owner_not_notified", digest=digest.number, notice=notice, problem=str(error))
