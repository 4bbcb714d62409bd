"""Notify owners in private of the outcome of their digests."""

from bot.digests.notices.notice import Notice
from bot.digests.runs import step_result as words
from bot.digests.runs.delivery_failure import is_refusal
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.store.digests.digest_record import DigestState

# Notices of release 0.1, as a run that it started may have stored them.
FORMER = {"removed": "gone"}


class NotifyStep:
    """Sends the notices: each at most once, and possibly once more after a crash.

    No notice deletes anything. An owner who cannot be reached sees the outcome in the list of digests.
    """

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts

    async def __call__(self, run: RunId, word: str) -> str:
        """Send the notices of `word`, a result of `words.tell`.

        Raises StoreError.
        """
        told, problem = words.notices_of(word)
        notices = []
        for stored, number in told:
            name = FORMER.get(stored, stored)
            digest = await self._parts.store.digests.get(number)
            if digest is not None:
                once = name == "failed" and digest.state is DigestState.DONE  # it has no next time
                notices.append(Notice("failed_once" if once else name, digest, problem, refused=is_refusal(problem)))
        await self._parts.notices.tell(notices, str(run))
        return words.OVER
