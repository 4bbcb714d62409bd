"""The last step of a run that was posted: what the next one is compared with. Figures are not kept longer."""

from bot.digests import words
from bot.digests.parts import Parts
from bot.digests.run_id import RunId
from bot.digests.sending import POSTED
from bot.store.occurrence import Occurrence, OccurrenceState

# Somebody may be changing the digest just then.
TRIES = 10


def previous_about(number: int) -> str:
    """What the totals that are kept with a digest are sealed for."""
    return f"digest|{number}"


class Recording:
    """Remembers the totals that were posted, and erases the rest."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def __call__(self, run: RunId) -> str:
        """Raises StoreError."""
        occurrence = await self._parts.occurrence(run)
        if occurrence is None or occurrence.state not in POSTED:
            return words.OVER
        for _ in range(TRIES):
            if await self._remembered(run, occurrence):
                break
        await self._parts.store.ledger.advance(
            run.number, run.due, POSTED, occurrence.state, report=None, payload=None, executor=""
        )
        return words.ON

    async def _remembered(self, run: RunId, occurrence: Occurrence) -> bool:
        digest = await self._parts.store.digests.get(run.number)
        if digest is None:
            return True
        totals = self._parts.open(occurrence.report, run.about)
        newer = digest.previous_at is not None and digest.previous_at > occurrence.started
        if occurrence.state is not OccurrenceState.SENT or totals is None or newer:
            changed = await self._parts.store.digests.change(run.number, digest.version, misses=0)
        else:
            # What may not have been seen is nothing to compare with, so not for unknown ones.
            changed = await self._parts.store.digests.change(
                run.number,
                digest.version,
                misses=0,
                previous=self._parts.sealer.seal(totals, previous_about(run.number)),
                previous_at=occurrence.started,
            )
        return changed is not None
