"""The step that draws the message, or finds that none is wanted.

After it, only the totals of the figures are kept.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial

from bot.commands.command import Usage
from bot.commands.run_condition import ALWAYS
from bot.digests.alerts.alert_digest import alert_in
from bot.digests.alerts.alert_news import alert_news
from bot.digests.alerts.alert_state import AlertState
from bot.digests.content.condition_check import condition_of, why, why_not
from bot.digests.content.digest_content import digest_view
from bot.digests.content.digest_owner import owner_of
from bot.digests.content.dropped_lines import after_run
from bot.digests.content.kind_digest import NO_TOTALS, kind_digest
from bot.digests.content.packed_kind import unpack_any
from bot.digests.content.previous_totals import PreviousTotals
from bot.digests.runs import step_result as words
from bot.digests.runs.record_step import previous_about
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_state import RunState
from bot.digests.runs.step_context import NO_DIGEST, StepContext
from bot.store.digests.digest_record import NOT_MET, Digest
from bot.store.digests.occurrence import OccurrenceState
from bot.usage.kinds.kind_answer import KindAnswer
from bot.usage.usage_answer import UsageAnswer

PAST = frozenset({OccurrenceState.COMPOSED, OccurrenceState.SENDING, OccurrenceState.SENT, OccurrenceState.UNKNOWN})
# Seconds. A digest that is later than this states when it was due.
LATE = 300.0
# Bytes of a packed answer. A larger one is composed in a thread, so that it does not block the event loop.
LARGE = 50_000


@dataclass(frozen=True, slots=True)
class _Quiet:
    """Why nothing is posted. `totals` are those of the last message if something is to be added to them."""

    reason: str
    totals: bytes | None


class ComposeStep:
    """Takes an occurrence from FETCHED to COMPOSED."""

    def __init__(self, parts: StepContext) -> None:
        self._parts = parts

    async def __call__(self, run: RunId) -> str:
        """Return `words.ON` if there is a message to post.

        Raises StoreError.
        """
        standing = await self._parts.standings.of(run)
        if standing is not None and standing.occurrence.state in PAST:
            return words.ON
        if standing is None or standing.occurrence.state is not OccurrenceState.FETCHED:
            return words.OVER
        if standing.digest is None:
            return await self._parts.cancel(run, NO_DIGEST)
        if self._parts.unwanted(standing):
            return await self._parts.cancel(run, standing.digest.state.value)
        large = len(standing.occurrence.report or b"") > LARGE
        locale = await self._parts.locale_of(owner_of(standing.digest))
        compose = partial(self._composed, replace(standing.digest, locale=locale), standing)
        composed = await asyncio.to_thread(compose) if large else compose()
        if composed is None:  # the encryption key was removed, or another release packed it
            await self._parts.standings.advance(run, {OccurrenceState.FETCHED}, OccurrenceState.DUE, report=None)
            self._parts.standings.forget(run)
            return words.again(0)
        digest = standing.digest
        return await (
            self._quiet(run, composed, digest) if isinstance(composed, _Quiet) else self._keep(run, *composed)
        )

    def _composed(self, digest: Digest, standing: RunState) -> tuple[bytes, bytes] | _Quiet | None:
        """Return the message and the totals to store; None if the answer cannot be read.

        If its condition does not hold, it is why nothing is posted. A run that a person asked for is always posted.
        """
        occurrence, now = standing.occurrence, self._parts.clock()
        run = RunId(occurrence.number, occurrence.due)
        answer = standing.answer or unpack_any(self._parts.open(occurrence.report, run.about))
        if answer is None:
            return None
        late = not occurrence.manual and now - occurrence.due > LATE
        late_for = occurrence.due if late else None
        today = datetime.fromtimestamp(now, UTC).date()
        if (watched := alert_in(digest)) is not None:
            return self._checked(digest, watched, standing, answer, late_for, today)
        if not isinstance(answer, UsageAnswer):
            posted = kind_digest(digest, answer, late_for=late_for, skipped=occurrence.skipped_earlier, today=today)
            return self._parts.messenger.draw(digest, posted), NO_TOTALS.pack()
        totals = PreviousTotals.of(answer.report, answer.plan.left_out_mark)
        before = PreviousTotals.unpack(self._parts.open(digest.previous, previous_about(digest.number)))
        bound = not occurrence.manual and not digest.schedule.once
        condition = condition_of(digest) if bound else ALWAYS
        if reason := why_not(condition, answer.command, answer.report, before, totals):
            share = condition.drops_below
            newer = None if share is None else after_run(share, before, totals)
            return _Quiet(reason, None if newer is None else newer.pack())
        view = digest_view(
            digest,
            answer,
            before,
            totals,
            late_for=late_for,
            skipped=occurrence.skipped_earlier,
            today=today,
            because=why(condition, answer.command, answer.report, before, totals),
        )
        return self._parts.messenger.draw(digest, view), totals.pack()

    def _checked(
        self,
        digest: Digest,
        question: Usage,
        standing: RunState,
        answer: UsageAnswer | KindAnswer,
        late_for: float | None,
        today: date,
    ) -> tuple[bytes, bytes] | _Quiet | None:
        """Return the message of an alert and the state to store, or that there is no news.

        A check that a person asked for is always posted.
        """
        asked = standing.occurrence.manual
        before = AlertState.unpack(self._parts.open(digest.previous, previous_about(digest.number)))
        found = alert_news(digest, question, answer, before, today, asked=asked, late_for=late_for)
        if found is None:
            return None
        if found.view is None:
            return _Quiet(NOT_MET, None if found.state == before else found.state.pack())
        return self._parts.messenger.draw(digest, found.view), found.state.pack()

    async def _quiet(self, run: RunId, quiet: _Quiet, digest: Digest) -> str:
        """End the run without a message. The totals stay those of the last message, so the next one compares with it.

        The outcome is stored first: after a crash in between, this step finds the same reason again.
        """
        if quiet.totals is not None:
            await self._remember(run, quiet.totals, digest)
        await self._parts.store.digests.change(
            run.number, None, last=quiet.reason, last_at=self._parts.clock(), misses=0
        )
        self._parts.happened("quiet")
        return await self._parts.cancel(run, quiet.reason)

    async def _remember(self, run: RunId, totals: bytes, digest: Digest) -> None:
        """Store the totals of the last message with what is newer, unless another message was posted meanwhile."""
        sealed, found = self._parts.sealer.encrypt(totals, previous_about(run.number)), digest
        while found.previous == digest.previous:
            if await self._parts.store.digests.change(run.number, found.version, previous=sealed):
                return
            newer = await self._parts.store.digests.get(run.number)
            if newer is None:
                return
            found = newer

    async def _keep(self, run: RunId, drawn: bytes, totals: bytes) -> str:
        if not await self._parts.standings.advance(
            run,
            {OccurrenceState.FETCHED},
            OccurrenceState.COMPOSED,
            payload=self._parts.seal(drawn, run),
            report=self._parts.seal(totals, run),
            executor=self._parts.executor,
        ):
            return await self(run)
        if (standing := await self._parts.standings.of(run)) is not None:
            standing.answer, standing.drawn, standing.totals = None, drawn, totals
        return words.ON
