"""What the steps of a run share."""

import random
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import structlog

from bot.digests.notices.owner_notices import OwnerNotices
from bot.digests.runs import step_result as words
from bot.digests.runs.delivery_failure import is_refusal
from bot.digests.runs.messenger import Messenger, Roster
from bot.digests.runs.run_id import RunId
from bot.digests.runs.run_state import RunState, RunStates
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store.digests.digest_record import RESTING
from bot.store.digests.occurrence import OccurrenceState
from bot.store.store import Store
from bot.usage.memory.answer_locale import LocaleOf, stored_locale

log = structlog.get_logger(__name__)

# Seconds before each retry; an hour in all, before an occurrence fails because of another service.
WAITS = (30, 60, 120, 240, 450, 600, 600, 750, 750)

# The problem of an occurrence whose digest was deleted, or rests because its signature does not match.
NO_DIGEST = "no_digest"
# Not sent, and no final decision against it.
OPEN = frozenset({OccurrenceState.DUE, OccurrenceState.WAITING, OccurrenceState.FETCHED, OccurrenceState.COMPOSED})
NOT_OVER = OPEN | {OccurrenceState.SENDING}


@dataclass(frozen=True, slots=True)
class StepContext:
    """Settings, services and callbacks of the steps.

    `executor` is the id of this replica, `clock` returns Unix seconds, `waits` are the seconds before the second
    attempt, the third and so on. `happened` is called with the outcome of each occurrence: a value of OccurrenceState,
    or "late". `delayed` is called with the number of seconds between due time and posting. `locale_of` finds the
    locale in which an owner reads.
    """

    store: Store
    messenger: Messenger
    roster: Roster
    sealer: Encryptor
    executor: str
    clock: Callable[[], float]
    waits: tuple[float, ...] = WAITS
    happened: Callable[[str], None] = field(default=lambda _: None)
    delayed: Callable[[float], None] = field(default=lambda _: None)
    locale_of: LocaleOf = stored_locale
    standings: RunStates = field(init=False)
    notices: OwnerNotices = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "standings", RunStates(self.store))
        object.__setattr__(self, "notices", OwnerNotices(self.messenger, self.store.records, self.clock))

    def seal(self, plain: bytes, run: RunId) -> bytes:
        """Encrypt `plain` so that it can be decrypted as part of this occurrence only."""
        return self.sealer.encrypt(plain, run.about)

    def open(self, sealed: bytes | None, about: str) -> bytes | None:
        """Decrypt `sealed`; None if it is None or its key was changed or removed."""
        try:
            return None if sealed is None else self.sealer.decrypt(sealed, about)
        except DecryptionError:
            return None

    def unwanted(self, standing: RunState) -> bool:
        """Return True if the digest was deleted, paused or suspended.

        A run that a user requested is sent although the digest is paused or suspended.
        """
        digest, occurrence = standing.digest, standing.occurrence
        return digest is None or (
            not occurrence.manual and (digest.state in RESTING or digest.paused_at(occurrence.due))
        )

    async def cancel(self, run: RunId, problem: str, frm: Collection[OccurrenceState] = NOT_OVER) -> str:
        """Close the occurrence as cancelled if its state is in `frm`.

        No owner is notified.
        """
        await self.close(run, OccurrenceState.CANCELLED, problem, frm)
        return words.OVER

    async def fail(self, run: RunId, problem: str, frm: Collection[OccurrenceState] = NOT_OVER) -> str:
        """Close the occurrence as failed if its state is in `frm`.

        Returns the result that notifies the owner, unless the occurrence before it failed as well, for another reason
        than a refusal: of that one, the owner was not notified.
        """
        if await self.close(run, OccurrenceState.FAILED, problem, frm):
            await self.last(run, OccurrenceState.FAILED)
        elif not await self._has_failed(run):
            return words.OVER
        earlier = [each for each in await self.store.ledger.of(run.number, 5) if each.due < run.due]
        if earlier and earlier[0].state is OccurrenceState.FAILED and not is_refusal(earlier[0].problem):
            return words.OVER
        return words.tell([("failed", run.number)], problem)

    async def last(self, run: RunId, state: OccurrenceState) -> None:
        """Store `state` as the last outcome of the digest."""
        await self.store.digests.change(run.number, None, last=state, last_at=self.clock())

    async def again(self, run: RunId, problem: str, wait: float | None = None) -> str:
        """Retry after a while, at the earliest in `wait` seconds.

        The occurrence fails instead if all `waits` are used up, if `wait` is longer than those that are left, or if the
        next one is due before the retry.
        """
        digest = await self.store.digests.get(run.number)
        if digest is None:
            return await self.cancel(run, NO_DIGEST)
        left = self.waits[run.attempt - 1 :]
        # What a service asks for may be days, or no number at all.
        if not left or not (wait is None or wait <= sum(left)):
            return await self.fail(run, problem)
        seconds = max(left[0] * random.uniform(0.8, 1.2), wait or 0.0)  # noqa: S311  # spreads load
        if digest.next_due is not None and self.clock() + seconds >= digest.next_due > run.due:
            return await self.fail(run, problem)
        self.standings.forget(run)
        log.info("digest_retry_scheduled", digest=run.number, due=run.due, problem=problem, seconds=round(seconds))
        return words.again(seconds)

    async def _has_failed(self, run: RunId) -> bool:
        """Return True if the occurrence was marked failed before a crash.

        The owner may not have been notified yet.
        """
        found = await self.store.ledger.get(run.number, run.due)
        return found is not None and found.state is OccurrenceState.FAILED

    async def close(
        self, run: RunId, state: OccurrenceState, problem: str, frm: Collection[OccurrenceState] = NOT_OVER
    ) -> bool:
        """Close the occurrence without a message; return True if its state was in `frm`."""
        closed = await self.standings.advance(run, frm, state, problem=problem, report=None, payload=None, executor="")
        self.standings.forget(run)
        if closed:
            self.closed(run, state, problem)
        return closed

    def closed(self, run: RunId, state: OccurrenceState, problem: str) -> None:
        """Count and log that the occurrence was closed without a message."""
        self.happened(state.value)
        log.info("digest_not_sent", digest=run.number, due=run.due, state=state.value, problem=problem)
