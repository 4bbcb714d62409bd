"""Build the line that describes a stored digest. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import ChangeDigest, Command, DigestAction, HandleDigest
from bot.digests.content.condition_check import condition_of, condition_view
from bot.digests.content.digest_command import command_of, question_of
from bot.digests.schedule.due_times import upcoming, zone_of
from bot.digests.schedule.schedule_view import schedule_view
from bot.domain.conversation import Caller, Conversation
from bot.errors import ZoneError
from bot.store.digests.digest_record import LEFT, UNREADABLE, DamagedDigest, Digest, DigestState
from bot.usage.command_buttons import ask_button
from cards.views.button_payload import AskButton
from cards.views.digest_views import ConditionView, DigestLine, ScheduleView

UPCOMING = 3
PAUSED_UNTIL = "paused_until"  # the state of a line, for an active digest


def moment(seconds: float) -> datetime:
    """Convert Unix seconds to an aware datetime in UTC."""
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class DigestLines:
    """Lines of digests as `caller` sees them `here`.

    `now` is in Unix seconds; without it, a digest that is paused until a day is shown as paused when that day is past,
    too. If the zone of a schedule is unknown, its times are in UTC, so that the list can still be shown.
    """

    caller: Caller
    here: Conversation | None = None
    now: float = 0.0

    def is_owner(self, digest: Digest | DamagedDigest) -> bool:
        """Return True if the caller owns the digest."""
        return (digest.tenant_id, digest.owner_id) == self.caller.key

    def is_here(self, digest: Digest | DamagedDigest) -> bool:
        """Return True if the digest is posted to this conversation."""
        return (
            self.here is not None
            and digest.tenant_id == self.caller.key[0]
            and digest.conversation_id == self.here.conversation_id
        )

    def line(self, digest: Digest, *, mine: bool = True) -> DigestLine:
        """Return the line of the digest, with times in the zone of its schedule.

        `mine`: the caller may change the digest, so the line gets its buttons.
        """
        zone = _clock_of(digest)
        until = digest.paused_until if digest.paused_at(self.now) else None
        due = digest.next_due if digest.state is DigestState.ACTIVE else None
        return DigestLine(
            number=digest.number,
            question=question_of(digest, self.caller.locale),
            when=schedule_view(digest.schedule),
            state=digest.state.value if until is None else PAUSED_UNTIL,
            why=digest.reason if digest.state is DigestState.SUSPENDED and digest.reason == LEFT else "",
            until=None if until is None else moment(until).astimezone(zone).date(),
            next=None if due is None else moment(due).astimezone(zone),
            last=digest.last,
            last_at=None if digest.last_at is None else moment(digest.last_at).astimezone(zone),
            owner=digest.owner_name,
            mine=mine,
            here=self.is_here(digest),
            where=digest.kind.value,
            acts=_acts(digest, due, zone),
            only=_condition(digest),
        )

    def damaged(self, digest: DamagedDigest) -> DigestLine:
        """Return the line of a digest that cannot be read.

        Its owner can stop it, and nothing else.
        """
        stop = ask_button(HandleDigest(DigestAction.STOP, digest.number), replace=True)
        return DigestLine(
            number=digest.number,
            question=question_of(digest, self.caller.locale),
            when=ScheduleView("", None, ""),
            state=UNREADABLE,
            next=None,
            owner=digest.owner_name,
            mine=self.is_owner(digest),
            here=self.is_here(digest),
            acts={DigestAction.STOP.value: stop},
        )

    def upcoming(self, digest: Digest, now: float) -> tuple[datetime, ...]:
        """Return the next times; none if the digest is paused, suspended or done."""
        if digest.state is not DigestState.ACTIVE or digest.next_due is None:
            return ()
        first = moment(digest.next_due).astimezone(_clock_of(digest))
        if digest.schedule.once:
            return (first,)
        try:
            return first, *upcoming(digest.schedule, max(first, moment(now)), UPCOMING - 1, since=first)
        except ZoneError:
            return (first,)


def _acts(digest: Digest, due: float | None, zone: tzinfo) -> Mapping[str, AskButton]:
    """Return the buttons that change the digest, by the names that the cards use for them.

    The result takes the place of the card. To skip the next time is to pause until the day after it.
    """
    commands: dict[str, Command] = {
        act.value: HandleDigest(act, digest.number)
        for act in (DigestAction.RUN, DigestAction.PAUSE, DigestAction.RESUME, DigestAction.STOP)
    }
    day = None if due is None or digest.schedule.once else moment(due).astimezone(zone).date()
    if day is not None and day < date.max:  # after the last day there is none until which it could be paused
        commands["skip"] = HandleDigest(DigestAction.PAUSE, digest.number, until=day + timedelta(days=1))
    commands["change"] = ChangeDigest(digest.number)
    return {act: ask_button(command, replace=True) for act, command in commands.items()}


def _clock_of(digest: Digest) -> tzinfo:
    try:
        return zone_of(digest.schedule)
    except ZoneError:
        return UTC


def _condition(digest: Digest) -> ConditionView | None:
    shown, question = condition_view(condition_of(digest)), command_of(digest)
    if shown is None or question is None:
        return shown
    return replace(shown, seats=question.seats is not None, ends=question.kind is AnswerKind.RENEWALS)
