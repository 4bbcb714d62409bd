"""A message that its conversation refused.

It is tried again later, until the conversation counts as gone.
"""

import structlog

from bot.digests.runs import step_result as words
from bot.digests.runs.delivery_failure import FailureVerdict, is_refusal
from bot.digests.runs.refused_conversation import PASSING, is_gone, retry_at
from bot.digests.runs.run_id import RunId
from bot.digests.runs.step_context import StepContext
from bot.store.digests.digest_record import RESTING, Digest, DigestState
from bot.store.digests.occurrence import OccurrenceState
from bot.store.digests.refusal_count import CountedRefusal

log = structlog.get_logger(__name__)


class RefusedPost:
    """Counts refusals, and schedules the retry or suspends the digests.

    Both public methods return the result of the step and raise StoreError.
    """

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts
        self._digests = parts.store.digests

    async def count(self, run: RunId, found: FailureVerdict) -> str:
        """Count the refusal of a run, once.

        After a failure of the store, it can be called again.
        """
        now = self._parts.clock()

        def again(digest: Digest) -> float | None:
            return None if is_gone(digest, now) else retry_at(digest, now)

        counted = await self._digests.refuse(run.number, run.due, found.problem, found.notice, again)
        self._parts.standings.forget(run)
        if counted is None:
            return await self.counted(run)
        self._parts.closed(run, OccurrenceState.FAILED, found.problem)
        _log(counted, now)
        notices = [(found.notice, number) for number in counted.suspended]
        if counted.digest.state in RESTING:  # a user requested this run, and waits for it
            notices.append(_of_resting(counted.digest))
        return words.tell(notices, found.problem)

    async def counted(self, run: RunId) -> str:
        """Return the result of a run that was counted before a crash.

        It may repeat a notice.
        """
        occurrence = await self._parts.store.ledger.get(run.number, run.due)
        digest = await self._digests.get(run.number)
        if occurrence is None or digest is None or not is_refusal(occurrence.problem) or digest.state not in RESTING:
            return words.OVER
        notices = []
        if digest.state is DigestState.SUSPENDED and digest.last_at == occurrence.finished:
            place = await self._digests.in_conversation(digest.tenant_id, digest.conversation_id)
            suspended = [each for each in place if each.state is DigestState.SUSPENDED and each.reason in PASSING]
            notices = [(each.reason, each.number) for each in suspended]
        elif occurrence.manual:
            notices = [_of_resting(digest)]
        return words.tell(notices, occurrence.problem)


def _of_resting(digest: Digest) -> tuple[str, int]:
    return digest.reason if digest.reason in PASSING else "failed", digest.number


def _log(counted: CountedRefusal, now: float) -> None:
    mine = counted.digest
    if counted.again is None:
        log.info("digests_suspended", count=len(counted.suspended))
    elif mine.state not in RESTING:
        seconds = round(counted.again - now)
        log.info("digest_refusal_counted", digest=mine.number, refusals=mine.refusals, seconds=seconds)
