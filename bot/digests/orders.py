"""Use case: changing a digest that exists. Who may, the desk has decided."""

from collections.abc import Callable
from dataclasses import replace

from bot.commands.command import Act, ChangeDigest, HandleDigest, NewDigest, Usage
from bot.commands.parser import parse
from bot.commands.show import show
from bot.digests.due import next_due
from bot.digests.lines import Lines, moment
from bot.digests.offers import schedules
from bot.model import Caller
from bot.schedule import Once, Schedule
from bot.store.digest import Digest, DigestState
from bot.store.digests import DigestStore
from cards.actions import Ask
from cards.digest_views import DigestSetView
from cards.views import ErrorView, View


def in_zone(schedule: Schedule, caller: Caller) -> Schedule:
    """On the clock of whoever says it, unless they named another."""
    return schedule if schedule.zone else replace(schedule, zone=caller.time_zone or "UTC")


class Orders:
    """`wake` tells the engine that something is due sooner than it thinks; `clock` gives seconds since the epoch."""

    def __init__(self, digests: DigestStore, wake: Callable[[], None], clock: Callable[[], float]) -> None:
        self._digests = digests
        self._wake = wake
        self._clock = clock

    async def carry_out(self, command: HandleDigest | ChangeDigest, digest: Digest, lines: Lines) -> View:
        """What became of it. Raises StoreError and ZoneError."""
        if isinstance(command, ChangeDigest):
            return await self._change(command, digest, lines)
        return await self._act(command.act, digest, lines)

    async def _change(self, command: ChangeDigest, digest: Digest, lines: Lines) -> View:
        if command.schedule is None:
            return schedules(digest.question, lambda on: show(replace(command, schedule=on)), digest.number)
        schedule = in_zone(command.schedule, lines.caller)
        now = moment(self._clock())
        due = next_due(schedule, now, since=now)
        changed = await self._digests.change(
            digest.number,
            None,
            schedule=schedule,
            next_due=due.timestamp() if due else None,
            state=DigestState.ACTIVE,
            misses=0,
            reason="",
        )
        return self._done("changed", changed, lines, digest.number)

    async def _act(self, act: Act, digest: Digest, lines: Lines) -> View:
        number = digest.number
        match act:
            case Act.PAUSE:
                return self._done(
                    "paused",
                    await self._digests.change(number, None, state=DigestState.PAUSED, reason=""),
                    lines,
                    number,
                )
            case Act.RESUME:
                return await self._resume(digest, lines)
            case Act.RUN:
                changed = await self._digests.change(number, None, requested=self._clock())
                return self._done("running", changed, lines, number)
            case Act.STOP:
                await self._digests.delete(number)
                return DigestSetView("stopped", lines.line(digest), again=self._again(digest))
            case Act.OPEN:  # changes nothing; whoever may see it was given its question before
                return ErrorView("no_such_digest", {"number": str(number)})

    def _again(self, digest: Digest) -> Ask | None:
        """The sentence that sets it up once more."""
        question = parse(digest.question, today=moment(self._clock()).date())
        return Ask(show(NewDigest(question, digest.schedule))) if isinstance(question, Usage) else None

    async def _resume(self, digest: Digest, lines: Lines) -> View:
        now = self._clock()
        due = next_due(digest.schedule, moment(now), since=moment(digest.next_due or digest.created))
        if isinstance(digest.schedule.on, Once):  # it counts from when it was said: its moment stands, or is over
            due = moment(digest.next_due) if digest.next_due is not None and digest.next_due > now else None
        if due is None:
            return DigestSetView("over", lines.line(digest), again=self._again(digest))
        resumed = await self._digests.change(
            digest.number, None, state=DigestState.ACTIVE, next_due=due.timestamp(), misses=0, reason=""
        )
        return self._done("resumed", resumed, lines, digest.number)

    def _done(self, done: str, digest: Digest | None, lines: Lines, number: int = 0) -> View:
        if digest is None:
            return ErrorView("no_such_digest", {"number": str(number)})
        self._wake()
        return DigestSetView(done, lines.line(digest), lines.upcoming(digest, self._clock()))
