"""Use case: change an existing digest. `DigestService` has checked the permission."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NewDigest
from bot.commands.documents.condition_document import as_stored
from bot.digests.content.condition_check import condition_of
from bot.digests.content.digest_command import command_of
from bot.digests.content.digest_line import DigestLines, moment
from bot.digests.runs.refused_conversation import after_pause, next_due_after_pause
from bot.digests.schedule.due_times import next_due, zone_of
from bot.digests.schedule.owner_time_zone import in_zone
from bot.domain.recurrence import OneDay, OneTime, Schedule
from bot.store.digests.digest_record import LEFT, REFUSED, DamagedDigest, Digest, DigestState
from bot.store.digests.digest_repository import DigestRepository
from bot.store.digests.stopped_digests import StoppedDigests
from bot.usage.command_buttons import ask_button, form_button
from cards.views.answer_views import ErrorView, View
from cards.views.button_payload import AskButton
from cards.views.digest_views import DigestSetView

LISTED = ask_button(ListDigests(), replace=True)  # leads back from a result that took the place of the list


class DigestActions:
    """Pauses, resumes, runs, stops and changes digests.

    `wake` makes the scheduler look for due digests now; `clock` returns Unix seconds.
    """

    def __init__(
        self, digests: DigestRepository, stopped: StoppedDigests, wake: Callable[[], None], clock: Callable[[], float]
    ) -> None:
        self._digests = digests
        self._stopped = stopped
        self._wake = wake
        self._clock = clock

    async def carry_out(
        self, command: HandleDigest | ChangeDigest, digest: Digest, lines: DigestLines, *, form: bool = False
    ) -> View:
        """Carry out `command` and return the view of the outcome.

        `form`: it was saved on a card, which changes what its inputs say and nothing else. Raises StoreError if the
        database fails, and ZoneError if the time zone is unknown.
        """
        stops = isinstance(command, HandleDigest) and command.act is DigestAction.STOP
        if digest.reason == LEFT and not stops and not lines.is_owner(digest):
            return ErrorView("digest_owner_left", {"number": str(digest.number), "owner": digest.owner_name})
        if isinstance(command, ChangeDigest):
            return await self._change(command, digest, lines, form=form)
        return await self._handle(command, digest, lines)

    async def bring_back(self, digest: Digest, lines: DigestLines) -> View:
        """Undo that the digest was stopped, as long as possible. Raises StoreError."""
        return self._done("brought_back", await self._stopped.bring_back(digest.number), lines, digest)

    async def stop_damaged(self, digest: DamagedDigest, lines: DigestLines) -> View:
        """Stop a digest that cannot be read. It cannot be brought back. Raises StoreError."""
        if not await self._stopped.stop(digest.number, lines.caller.object_id):
            return ErrorView("no_such_digest", {"number": str(digest.number)})
        return DigestSetView("stopped", lines.damaged(digest), listed=LISTED)

    async def _handle(self, command: HandleDigest, digest: Digest, lines: DigestLines) -> View:
        match command.act:
            case DigestAction.PAUSE:
                return await self._pause(digest, lines, command.until)
            case DigestAction.RESUME:
                return await self._resume(digest, lines)
            case DigestAction.RUN:
                return await self._run(digest, lines)
            case DigestAction.STOP:
                return await self._stop(digest, lines)
            case DigestAction.OPEN:  # changes nothing; the caller answers its question before it gets to this point
                return _unknown(digest)

    async def _change(self, command: ChangeDigest, digest: Digest, lines: DigestLines, *, form: bool) -> View:
        schedule = in_zone(_asked(command, digest, form=form), lines.caller)
        if command.only is not None and condition_of(digest).crosses:
            return ErrorView("alert_limit", {"number": str(digest.number)})
        only_if = digest.only_if if command.only is None else as_stored(command.only)
        if schedule.once and only_if:
            return ErrorView("digest_always_posted", {"number": str(digest.number)})
        if _moves(command, schedule, digest, form=form):
            return await self._move(schedule, only_if, digest, lines)
        if command.zone is not None:
            zone_of(schedule)  # one that does not exist is not stored
        changed = await self._digests.change(digest.number, None, only_if=only_if, schedule=schedule)
        return self._done("changed", changed, lines, digest)

    async def _move(self, schedule: Schedule, only_if: str, digest: Digest, lines: DigestLines) -> View:
        """Give the digest other times. A pause stays, which the answer says."""
        now = self._clock()
        due = next_due(schedule, moment(after_pause(digest, now)), since=moment(now))
        if due is None:  # the digest keeps the times that it has
            return ErrorView("digest_never_due", {"number": str(digest.number)})
        stays = digest.state is DigestState.PAUSED
        changed = await self._digests.change(
            digest.number,
            None,
            only_if=only_if,
            schedule=schedule,
            next_due=due.timestamp(),
            state=DigestState.PAUSED if stays else DigestState.ACTIVE,
            misses=0,
            reason=digest.reason if stays else "",
            refusals=0,
            refused_since=None,
            paused_until=digest.paused_until,
            last=_without_retry(digest),
        )
        return self._done("changed", changed, lines, digest)

    async def _pause(self, digest: Digest, lines: DigestLines, until: date | None) -> View:
        if digest.state is DigestState.DONE:
            return self._over(digest, lines)
        if until is not None:
            return await self._pause_until(until, digest, lines)
        paused = await self._digests.change(
            digest.number, None, state=DigestState.PAUSED, reason="", requested=None, misses=0, paused_until=None
        )
        done = self._done("paused", paused, lines, digest)
        later = form_button(HandleDigest(DigestAction.PAUSE, digest.number))
        return replace(done, until_form=later) if isinstance(done, DigestSetView) else done

    async def _pause_until(self, day: date, digest: Digest, lines: DigestLines) -> View:
        """Pause the digest until its first time on or after `day`.

        It stays active, so it comes again without a further command.
        """
        begins = datetime.combine(day, time(), zone_of(digest.schedule)).timestamp()
        due = next_due_after_pause(replace(digest, paused_until=begins), self._clock())
        if due is None or due < begins or begins <= self._clock():
            return ErrorView("digest_never_due", {"number": str(digest.number)})
        paused = await self._digests.change(
            digest.number,
            None,
            state=DigestState.ACTIVE,
            next_due=due,
            paused_until=begins,
            requested=None,
            misses=0,
            reason="",
            refusals=0,
            refused_since=None,
            last=_without_retry(digest),
        )
        return self._done("paused_until", paused, lines, digest)

    async def _resume(self, digest: Digest, lines: DigestLines) -> View:
        if digest.state is DigestState.ACTIVE and not digest.paused_at(self._clock()):
            return self._done("resumed", digest, lines, digest)  # if it is due at this moment, it stays due
        digest = replace(digest, paused_until=None)
        due = next_due_after_pause(digest, self._clock())
        if due is None:
            return self._over(digest, lines)
        resumed = await self._digests.change(
            digest.number,
            None,
            state=DigestState.ACTIVE,
            next_due=due,
            misses=0,
            reason="",
            refusals=0,
            refused_since=None,
            paused_until=None,
            # A single time has no other moment: it is still the refused message that is posted.
            last=digest.last if digest.schedule.once else _without_retry(digest),
        )
        return self._done("resumed", resumed, lines, digest)

    async def _run(self, digest: Digest, lines: DigestLines) -> View:
        if digest.requested is not None:  # pressed twice: the run is already requested
            return self._done("running", digest, lines, digest)
        requested = await self._digests.change(digest.number, None, requested=self._clock())
        return self._done("running", requested, lines, digest)

    async def _stop(self, digest: Digest, lines: DigestLines) -> View:
        if not await self._stopped.stop(digest.number, lines.caller.object_id):
            return _unknown(digest)
        undo = ask_button(HandleDigest(DigestAction.RESUME, digest.number))
        return DigestSetView("stopped", lines.line(digest), again=self._again(digest, lines), undo=undo, listed=LISTED)

    def _over(self, digest: Digest, lines: DigestLines) -> View:
        return DigestSetView("over", lines.line(digest), again=self._again(digest, lines), listed=LISTED)

    def _again(self, digest: Digest, lines: DigestLines) -> AskButton | None:
        """Return the button that sets the digest up again.

        None if the caller is not the owner or the digest is posted to another conversation: the button would set up
        another digest.
        """
        if not lines.is_owner(digest) or not lines.is_here(digest):
            return None
        question = command_of(digest)
        return (
            None
            if question is None
            else ask_button(NewDigest(question, digest.schedule, condition_of(digest) if digest.only_if else None))
        )

    def _done(self, done: str, now: Digest | None, lines: DigestLines, before: Digest) -> View:
        if now is None:
            return _unknown(before)
        self._wake()
        return DigestSetView(done, lines.line(now), lines.upcoming(now, self._clock()), listed=LISTED)


def _asked(command: ChangeDigest, digest: Digest, *, form: bool) -> Schedule:
    """Return the schedule that the digest shall have.

    A form has no input for the last day, so that stays; an empty one for the zone leaves the zone as it is.
    """
    held = digest.schedule
    asked = _moved(digest, command.at) if command.at is not None else command.schedule or held
    if form:
        ends = held.until if digest.state is not DigestState.DONE else None
        asked = replace(asked, zone=asked.zone or held.zone, until=asked.until or ends)
    return asked if command.zone is None else replace(asked, zone=command.zone)


def _moves(command: ChangeDigest, schedule: Schedule, digest: Digest, *, form: bool) -> bool:
    """Return True if the digest shall have other times.

    A sentence that names times means them, also those that it has. The moment of a single time is the same in each
    zone.
    """
    named = command.schedule is not None or command.at is not None
    if not named:
        return schedule != digest.schedule and not isinstance(schedule.on, OneTime)
    return schedule != digest.schedule or not (form or command.only is not None)


def _moved(digest: Digest, at: time) -> Schedule:
    """Return the schedule of the digest at another time of day.

    The days and the zone stay.
    """
    on = digest.schedule.on
    if isinstance(on, OneTime):
        due = moment(digest.created if digest.next_due is None else digest.next_due)
        on = OneDay(due.astimezone(zone_of(digest.schedule)).date())
    return replace(digest.schedule, on=on, at=at)


def _without_retry(digest: Digest) -> str:
    """Return `last` for a digest that goes back to a schedule.

    With `REFUSED`, the next message that its conversation takes would make it due at once.
    """
    return "" if digest.last == REFUSED else digest.last


def _unknown(digest: Digest) -> ErrorView:
    return ErrorView("no_such_digest", {"number": str(digest.number)})
