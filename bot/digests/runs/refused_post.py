"""A message that its conversation refused.

It is tried again later, until the conversation counts as gone.
"""

import structlog

from bot.digests.runs import step_result as words
from bot.digests.runs.delivery_failure import FailureVerdict
from bot.digests.runs.refused_conversation import PASSING, is_gone, retry_at
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import RESTING, StepContext
from bot.store.digests.digest_record import REFUSED, Digest, DigestState
from bot.store.digests.occurrence import OccurrenceState

log = structlog.get_logger(__name__)


class RefusedPost:
    """Counts refusals, and schedules the retry or suspends the digests.

    Both methods return the result of the step and raise StoreError.
    """

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts
        self._digests = parts.store.digests

    async def count(self, run: RunId, digest: Digest, found: FailureVerdict) -> str:
        """Count the refusal of a run.

        The digests change before the occurrence is closed: after a crash in between, nothing is lost.
        """
        now = self._parts.clock()
        counted = await self._digests.count_refusal(digest.tenant_id, digest.conversation_id, now)
        mine = next((each for each in counted if each.number == run.number), None)
        notices: list[tuple[str, int]] = []
        if mine is not None:
            notices = await self._suspend(mine, found, now) if is_gone(mine, now) else await self._retry(mine, now)
        if mine is not None and mine.state in RESTING:  # a user requested this run, and waits for it
            notices.append((mine.reason if mine.reason in PASSING else "failed", run.number))
        await self._parts.close(run, OccurrenceState.FAILED, found.problem)
        return words.tell(notices, found.problem)

    async def counted(self, run: RunId) -> str:
        """Return the result of a run that was counted before a crash."""
        digest = await self._digests.get(run.number)
        suspended = digest is not None and digest.state is DigestState.SUSPENDED and digest.reason in PASSING
        return words.tell([(digest.reason, run.number)]) if digest is not None and suspended else words.OVER

    async def _retry(self, mine: Digest, now: float) -> list[tuple[str, int]]:
        """Make the digest due again.

        Its claim has made a digest with a single time done.
        """
        if mine.state in RESTING:
            return []
        again = retry_at(mine, now)
        changed = await self._digests.change(
            mine.number, mine.version, state=DigestState.ACTIVE, next_due=again, last=REFUSED, last_at=now
        )
        if changed is not None:  # otherwise its owner has just changed or deleted it
            log.info("digest_refusal_counted", digest=mine.number, refusals=mine.refusals, seconds=round(again - now))
        return []

    async def _suspend(self, mine: Digest, found: FailureVerdict, now: float) -> list[tuple[str, int]]:
        """Suspend the digests of the conversation, and notify their owners."""
        if mine.state not in RESTING:
            await self._digests.change(mine.number, mine.version, state=DigestState.ACTIVE, last=REFUSED, last_at=now)
        suspended = await self._digests.suspend_conversation(mine.tenant_id, mine.conversation_id, found.notice)
        log.info("digests_suspended", count=len(suspended))
        return [(found.notice, each.number) for each in suspended]
