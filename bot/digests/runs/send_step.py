"""The step that posts the message.

The ledger decides: what may have been posted once is never posted again.
"""

import structlog

from bot.concurrency.store_retry import persist
from bot.digests.runs import step_result as words
from bot.digests.runs.delivery_failure import FailureEffect, FailureVerdict, is_refusal, verdict
from bot.digests.runs.membership import Membership
from bot.digests.runs.refused_post import RefusedPost
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_state import RunState
from bot.digests.runs.step_context import NO_DIGEST, NOT_OVER, StepContext
from bot.errors import DeliveryError, UsageBotError
from bot.store.digests.digest_record import LEFT, Digest
from bot.store.digests.occurrence import OccurrenceState

log = structlog.get_logger(__name__)

POSTED = frozenset({OccurrenceState.SENT, OccurrenceState.UNKNOWN})
# A replica that takes over a run finds it SENDING. The replica considered dead may be alive and finish the post.
UNDECIDED = (OccurrenceState.SENDING, OccurrenceState.UNKNOWN)
# Seconds after which the post of another replica has succeeded, or never will.
LONGEST_POST = 90.0


class WithdrawnError(UsageBotError):
    """The message was not wanted any more, or another replica had taken it over."""


class SendStep:
    """Takes an occurrence from COMPOSED to SENT, UNKNOWN or FAILED, or retries."""

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts
        self._refusals = RefusedPost(parts)
        self._membership = Membership(parts, self._refusals)

    async def __call__(self, run: RunId) -> str:
        """Return `words.ON` if the message was posted or may have been.

        Raises StoreError.
        """
        standing = await self._parts.standings.of(run)
        if standing is None:
            return words.OVER
        state = standing.occurrence.state
        if state is OccurrenceState.SENDING:  # an earlier execution of this step was interrupted
            await self._unknown(run, "interrupted")
            return words.ON
        if state in POSTED:
            return words.ON
        if state is OccurrenceState.FAILED:  # a crash came before DBOS stored the result of this step
            if is_refusal(standing.occurrence.problem):
                return await self._refusals.counted(run)
            return await self._parts.fail(run, standing.occurrence.problem)
        return await self._composed(run, standing) if state is OccurrenceState.COMPOSED else words.OVER

    async def _composed(self, run: RunId, standing: RunState) -> str:
        if standing.digest is None or self._parts.unwanted(standing):
            return await self._parts.cancel(run, NO_DIGEST if standing.digest is None else standing.digest.state.value)
        drawn = standing.drawn or self._parts.open(standing.occurrence.payload, run.about)
        if drawn is None:  # the key it was encrypted with was removed
            return await self._anew(run)
        if ended := await self._membership.ended(run, standing.digest, manual=standing.occurrence.manual):
            return ended
        return await self._post(run, standing, standing.digest, drawn)

    async def _anew(self, run: RunId) -> str:
        await self._parts.standings.advance(
            run, {OccurrenceState.COMPOSED}, OccurrenceState.DUE, payload=None, report=None
        )
        self._parts.standings.forget(run)
        return words.again(0)

    async def _post(self, run: RunId, standing: RunState, digest: Digest, drawn: bytes) -> str:
        async def ready() -> None:
            """Check once more before sending: after this, a crash leaves the outcome unknown."""
            standing.digest = await self._parts.store.digests.get(run.number)
            if (
                self._parts.unwanted(standing)
                or _has_left(standing, digest)
                or not await self._parts.standings.advance(
                    run, {OccurrenceState.COMPOSED}, OccurrenceState.SENDING, executor=self._parts.executor
                )
            ):
                raise WithdrawnError

        try:
            posted = await self._parts.messenger.post(digest, drawn, ready)
        except WithdrawnError:
            return await self._withdrawn(run)
        except DeliveryError as error:
            found = verdict(error)
            return await persist(lambda: self._undelivered(run, found), digest=run.number, step="send")
        await persist(lambda: self._sent(run, posted or ""), digest=run.number, step="send")
        self._parts.happened(OccurrenceState.SENT.value)
        late = self._parts.clock() - run.due
        self._parts.delayed(late)
        log.info("digest_sent", digest=run.number, due=run.due, late=round(late, 1))
        return words.ON

    async def _sent(self, run: RunId, activity_id: str) -> None:
        for undecided in UNDECIDED:
            if await self._parts.standings.advance(
                run, {undecided}, OccurrenceState.SENT, activity_id=activity_id, problem="", payload=None
            ):
                if undecided is OccurrenceState.UNKNOWN:  # and UNKNOWN was recorded as the last outcome
                    await self._parts.last(run, OccurrenceState.SENT)
                return

    async def _withdrawn(self, run: RunId) -> str:
        """Reload the occurrence.

        It is either cancelled or was advanced by a replica that we wrongly considered dead.
        """
        found = await self._parts.standings.of(run, fresh=True)
        if found is not None and found.occurrence.state is OccurrenceState.SENDING:
            self._parts.standings.forget(run)
            return words.again(LONGEST_POST)
        return await self(run)

    async def _undelivered(self, run: RunId, found: FailureVerdict) -> str:
        log.warning("digest_not_delivered", digest=run.number, due=run.due, problem=found.problem, fate=found.fate)
        match found.fate:
            case FailureEffect.UNKNOWN:
                await self._unknown(run, found.problem)
                return words.ON
            case FailureEffect.RETRY_LATER:
                await self._not_posted(run, found.problem)
                return await self._parts.again(run, found.problem, found.retry_after)
            case FailureEffect.REFUSED:
                return await self._refusals.count(run, found)
            case FailureEffect.FAILED:
                return await self._parts.fail(run, found.problem, NOT_OVER | {OccurrenceState.UNKNOWN})

    async def _not_posted(self, run: RunId, problem: str) -> None:
        """Take the occurrence back from SENDING.

        Another replica may have considered this one dead, and the message posted, perhaps: now it is known that it was
        not. What was drawn is erased then, so the run begins anew.
        """
        if await self._parts.standings.advance(
            run, {OccurrenceState.SENDING}, OccurrenceState.COMPOSED, problem=problem, executor=""
        ):
            return
        await self._parts.standings.advance(
            run, {OccurrenceState.UNKNOWN}, OccurrenceState.DUE, problem=problem, report=None, executor=""
        )

    async def _unknown(self, run: RunId, problem: str) -> None:
        if await self._parts.standings.advance(
            run, {OccurrenceState.SENDING}, OccurrenceState.UNKNOWN, problem=problem, payload=None
        ):
            self._parts.happened(OccurrenceState.UNKNOWN.value)
            log.warning("digest_unknown", digest=run.number, due=run.due, problem=problem)


def _has_left(standing: RunState, asked: Digest) -> bool:
    """Return True if the owner left after Teams was asked about the digest `asked`."""
    return standing.digest is not None and standing.digest.reason == LEFT != asked.reason
