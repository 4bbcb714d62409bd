"""The first step of a run: fetch the figures that the owner may see.

They are stored encrypted in the ledger.
"""

import structlog

from bot.digests.content.digest_owner import owner_of
from bot.digests.runs import step_result as words
from bot.digests.runs.owner_answer import OwnerAnswer, OwnerAnswers, UnansweredError
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_state import RunState
from bot.digests.runs.step_context import NO_DIGEST, OPEN, StepContext
from bot.errors import DeliveryError, EntraError, PartnerCenterError, StoreError, UsageBotError
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.occurrence import Occurrence, OccurrenceState
from bot.usage.error_view import PASSING, error_view
from cards.views.answer_views import SignInView

log = structlog.get_logger(__name__)

# Misses in a row. After these the owner does not seem to need the digest.
MISSES = 3
PAUSED_BY_MISSES = "misses"
TO_FETCH = frozenset({OccurrenceState.DUE, OccurrenceState.WAITING})
DEAD = frozenset({OccurrenceState.MISSED, OccurrenceState.CANCELLED})
NOT_SIGNED_IN = "not_signed_in"
# Seconds before an owner is asked to sign in again, however many of their digests wait.
INVITED_SECONDS = 3_600.0
INVITED = "digest_invited"


def _for_support(error: UsageBotError) -> str:
    """Return the ids that the vendor's support asks for; "" if there are none."""
    if isinstance(error, EntraError):
        return error.code or ""
    return error.correlation_id or "" if isinstance(error, PartnerCenterError) else ""


class FetchStep:
    """Takes an occurrence from its state at the start of a run to FETCHED."""

    def __init__(self, parts: StepContext, fetch: OwnerAnswers) -> None:
        self._parts = parts
        self._fetch = fetch

    async def __call__(self, run: RunId) -> str:
        """Return `words.ON` if the figures are stored.

        Raises StoreError.
        """
        standing = await self._parts.standings.of(run, fresh=True)
        if standing is None or standing.occurrence.state in DEAD:
            return words.OVER
        occurrence = standing.occurrence
        if occurrence.state is OccurrenceState.FAILED:  # a crash came before DBOS stored the result of this step
            return await self._parts.fail(run, occurrence.problem)
        if occurrence.state in TO_FETCH:
            return await self._to_fetch(run, standing)
        return await self._resumed(run, occurrence)

    async def _to_fetch(self, run: RunId, standing: RunState) -> str:
        digest = standing.digest
        if digest is None:
            return await self._parts.cancel(run, NO_DIGEST)
        if not standing.occurrence.manual and (given_up := await self._given_up(run, digest)):
            return given_up
        if self._parts.unwanted(standing):
            if digest.last == OccurrenceState.WAITING:  # its owner has signed in since
                await self._parts.last(run, OccurrenceState.CANCELLED)
            return await self._parts.cancel(run, digest.state.value)
        return await self._try(run, digest)

    async def _resumed(self, run: RunId, occurrence: Occurrence) -> str:
        """Continue with an occurrence whose figures are fetched.

        A later attempt records its number in it.
        """
        if occurrence.state in OPEN and occurrence.attempt < run.attempt:
            await self._parts.standings.advance(run, {occurrence.state}, occurrence.state, attempt=run.attempt)
        return words.ON

    async def _given_up(self, run: RunId, digest: Digest) -> str:
        """Pause the digest after too many misses and return the result; "" if there were not too many."""
        paused = digest.state is DigestState.PAUSED and digest.reason == PAUSED_BY_MISSES
        if digest.misses < MISSES or not (paused or digest.state is DigestState.ACTIVE):
            return ""
        if not paused:
            changed = await self._parts.store.digests.change(
                run.number, digest.version, state=DigestState.PAUSED, reason=PAUSED_BY_MISSES
            )
            if changed is None:  # its owner has just resumed or deleted it
                return words.again(0)
        await self._parts.cancel(run, PAUSED_BY_MISSES)
        return words.tell([("paused_misses", run.number)])

    async def _try(self, run: RunId, digest: Digest) -> str:
        began = self._parts.clock()
        try:
            fetched = await self._fetch.answer(digest, run.due)
        except UnansweredError as error:
            return await self._parts.fail(run, error.problem)
        except UsageBotError as error:
            view = error_view(error)
            log.info("digest_not_fetched", digest=run.number, due=run.due, problem=view.problem)
            if isinstance(view, SignInView):
                return await self._wait(run, digest, view, began)
            problem = f"{view.problem} {_for_support(error)}".rstrip()
            if view.problem in PASSING:
                return await self._parts.again(run, problem, getattr(error, "retry_after", None))
            return await self._parts.fail(run, problem)
        return await self._keep(run, fetched)

    async def _keep(self, run: RunId, fetched: OwnerAnswer) -> str:
        if not await self._parts.standings.advance(
            run,
            TO_FETCH,
            OccurrenceState.FETCHED,
            attempt=run.attempt,
            report=self._parts.seal(fetched.packed, run),
            problem="",
            executor=self._parts.executor,
        ):
            return await self(run)  # a replica considered dead has advanced it: continue from there
        if (standing := await self._parts.standings.of(run)) is not None:
            standing.answer = fetched.answer
        return words.ON

    async def _wait(self, run: RunId, digest: Digest, view: SignInView, began: float) -> str:
        """Wait for the owner's sign-in. The owner is asked in private; nothing is posted to the conversation.

        A sign-in after `began` ends the wait, although the run begins to wait a moment later.
        """
        waiting = OccurrenceState.WAITING
        if await self._parts.standings.advance(
            run, TO_FETCH, waiting, attempt=run.attempt, problem=view.problem, executor="", finished=began
        ):
            if view.problem == NOT_SIGNED_IN and await self._fetch.is_signed_in(owner_of(digest)):
                return await self._after_all(run)
            self._parts.happened(waiting.value)
            await self._parts.last(run, waiting)
            await self._invite(run, digest, view)
        self._parts.standings.forget(run)
        return words.OVER

    async def _after_all(self, run: RunId) -> str:
        """Retry, because the owner has signed in before the occurrence was WAITING.

        If the sign-in listener has found it WAITING, that listener resumes it.
        """
        if await self._parts.standings.advance(run, {OccurrenceState.WAITING}, OccurrenceState.DUE):
            return await self._parts.again(run, NOT_SIGNED_IN)
        self._parts.standings.forget(run)
        return words.OVER

    async def _invite(self, run: RunId, digest: Digest, view: SignInView) -> None:
        records, key = self._parts.store.records, owner_of(digest).record_key
        mine = str(run).encode()
        added = await records.add(INVITED, key, mine, expires=self._parts.clock() + INVITED_SECONDS)
        if added is None:
            invited = await records.get(INVITED, key)
            if invited is None or invited.value != mine:
                return
        try:
            await self._parts.messenger.invite(digest, view)
        except (DeliveryError, StoreError) as error:
            log.warning("digest_sign_in_prompt_failed", digest=run.number, problem=str(error))
            await records.delete(INVITED, key)
