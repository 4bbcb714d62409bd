"""The step that draws the message. From then on only totals are kept of the figures."""

import asyncio
from datetime import UTC, datetime

from bot.digests import words
from bot.digests.compose import digest_view
from bot.digests.keeping import unpack
from bot.digests.parts import Parts
from bot.digests.recording import previous_about
from bot.digests.run_id import RunId
from bot.digests.totals import Totals
from bot.handlers.usage import Answer
from bot.store.digest import Digest
from bot.store.occurrence import Occurrence, OccurrenceState

PAST = frozenset({OccurrenceState.COMPOSED, OccurrenceState.SENDING, OccurrenceState.SENT, OccurrenceState.UNKNOWN})
# A digest that comes later says for when it was.
LATE = 300.0
# Bytes of a packed answer; what is larger is composed beside the event loop, where nobody else waits for it.
LARGE = 50_000


class Composing:
    """From fetched to composed."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, run: RunId) -> str:
        """Goes on where there is a message to post. Raises StoreError."""
        occurrence = await self._parts.occurrence(run)
        if occurrence is not None and occurrence.state in PAST:
            return words.ON
        if occurrence is None or occurrence.state is not OccurrenceState.FETCHED:
            return words.OVER
        digest = await self._parts.store.digests.get(run.number)
        if digest is None or self._parts.unwanted(digest, occurrence):
            return await self._parts.cancel(run, "" if digest is None else digest.state.value)
        packed = self._parts.open(occurrence.report, run.about)
        if packed is not None and len(packed) > LARGE:
            composed = await asyncio.to_thread(self._composed, packed, digest, occurrence)
        else:
            composed = self._composed(packed, digest, occurrence)
        if composed is None:  # sealed with a key that is gone, or packed by another release
            await self._parts.store.ledger.advance(
                run.number, run.due, {OccurrenceState.FETCHED}, OccurrenceState.DUE, report=None
            )
            return words.again(0)
        return await self._keep(run, *composed)

    def _composed(self, packed: bytes | None, digest: Digest, occurrence: Occurrence) -> tuple[bytes, bytes] | None:
        """The message and the totals to remember."""
        now = self._parts.clock()
        answer: Answer | None = unpack(packed, datetime.fromtimestamp(now, UTC).date())
        if answer is None:
            return None
        totals = Totals.of(answer.report)
        late = not occurrence.manual and now - occurrence.due > LATE
        view = digest_view(
            digest,
            answer,
            Totals.unpack(self._parts.open(digest.previous, previous_about(digest.number))),
            totals,
            late_for=occurrence.due if late else None,
            skipped=occurrence.skipped_earlier,
        )
        return self._parts.messenger.draw(digest, view), totals.pack()

    async def _keep(self, run: RunId, drawn: bytes, totals: bytes) -> str:
        kept = await self._parts.store.ledger.advance(
            run.number,
            run.due,
            {OccurrenceState.FETCHED},
            OccurrenceState.COMPOSED,
            payload=self._parts.seal(drawn, run),
            report=self._parts.seal(totals, run),
            executor=self._parts.executor,
        )
        return words.ON if kept else words.OVER
