"""The last step of a posted run: store the totals for the next comparison.

The figures are not kept longer.
"""

from bot.digests.alerts.alert_digest import alert_in
from bot.digests.alerts.alert_state import AlertState
from bot.digests.runs import step_result as words
from bot.digests.runs.refused_conversation import after_posting
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_state import RunState
from bot.digests.runs.send_step import POSTED
from bot.digests.runs.step_context import StepContext
from bot.store.digests.digest_record import Digest, DigestChanges
from bot.store.digests.occurrence import OccurrenceState


def previous_about(number: int) -> str:
    """Return the context for which the stored totals of a digest are encrypted."""
    return f"digest|{number}"


class RecordStep:
    """Stores the totals that were posted, and erases the rest."""

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts

    async def __call__(self, run: RunId) -> str:
        """Record the outcome in the digest.

        Raises StoreError.
        """
        standing = await self._parts.standings.of(run)
        if standing is None or standing.occurrence.state not in POSTED:
            return words.OVER
        state, notices = standing.occurrence.state, await self._restored(run, standing)
        await self._parts.store.digests.change(run.number, None, **self._changes(run, standing))
        await self._parts.standings.advance(run, POSTED, state, report=None, payload=None, executor="")
        self._parts.standings.forget(run)
        return words.tell(notices) if notices else words.ON

    async def _restored(self, run: RunId, standing: RunState) -> list[tuple[str, int]]:
        """End the refusals of the conversation, which has taken a message; return the notices about it."""
        digest = standing.digest
        if standing.occurrence.state is not OccurrenceState.SENT or digest is None:
            return []
        now = self._parts.clock()
        restored = await self._parts.store.digests.end_refusals(
            run.number,
            digest.tenant_id,
            digest.conversation_id,
            lambda each: after_posting(each, run.number, now),
        )
        return [("restored", each.number) for each in restored if each.number != run.number]

    def _doubted(self, totals: bytes | None, digest: Digest) -> bytes | None:
        """Return what is kept of a message that may not have been posted.

        A digest is not compared with it. An alert reports once more what was news in it.
        """
        state = None if alert_in(digest) is None else AlertState.unpack(totals)
        if state is None:
            return None
        before = AlertState.unpack(self._parts.open(digest.previous, previous_about(digest.number)))
        return state.doubted(before).pack()

    def _changes(self, run: RunId, standing: RunState) -> DigestChanges:
        occurrence, digest = standing.occurrence, standing.digest
        changes: DigestChanges = {"misses": 0, "last": occurrence.state, "last_at": self._parts.clock()}
        if digest is not None:
            totals = standing.totals or self._parts.open(occurrence.report, run.about)
            newer = digest.previous_at is not None and digest.previous_at > occurrence.started
            if occurrence.state is not OccurrenceState.SENT:
                totals = self._doubted(totals, digest)
            if totals is not None and not newer:
                changes["previous"] = self._parts.sealer.encrypt(totals, previous_about(run.number))
                changes["previous_at"] = occurrence.started
        return changes
