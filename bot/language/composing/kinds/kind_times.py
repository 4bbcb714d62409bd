"""Read when subscriptions end, and for which day customers are called. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.meaning import Act, Meaning
from bot.language.composing.reason import Reason
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.marking.time_marks import TimeMark
from bot.language.moments import time_values as times

DAYS = "days"  # the label of days on which something ends
_WEEK = 7  # days
ENDED = "renewals"  # what has run out is in no source: a subscription has the end of its current term


@dataclass(frozen=True, slots=True)
class KindTimes:
    """A meaning with the days that its kind takes.

    Or why they cannot be: the reason and the words.
    """

    meaning: Meaning
    reason: Reason | None = None
    what: str = ""


def kind_times(stream: MarkStream, meaning: Meaning, today: date) -> KindTimes:
    """Take the days of a question of this kind. Those of its schedule stay.

    Subscriptions end on days to come, so a day or a month without its year is the next one that is not over. Whom to
    call is asked of today.
    """
    if meaning.kind not in (AnswerKind.RENEWALS, AnswerKind.CALLS):
        return KindTimes(meaning)
    ends = None if _repeats(stream) else today
    found = [
        (at, value)
        for at in stream.all_of(MarkKind.TIME)
        if (value := _ending(stream, at, ends, repeats=meaning.act is Act.DIGEST)) is not None
    ]
    if meaning.kind is AnswerKind.CALLS:
        return _called(stream, meaning, found, today)
    if not found:
        return KindTimes(meaning)
    stream.take(DAYS, *(at for at, _ in found))
    said = list(dict.fromkeys(value for _, value in found))
    if len(said) > 1:
        return KindTimes(meaning, Reason.CONFLICT, ", ".join(each.last.isoformat() for each in said))
    one = said[0]
    if _is_past(stream, one, found[0][0], today):
        return KindTimes(meaning, Reason.NOT_OFFERED, ENDED)
    # `60 days before` asks for a message then, and `usage 60 days before` for figures.
    reports = one.lead and meaning.act in (Act.RENEWALS, Act.DIGEST) and not stream.has("act", value="usage")
    period = (one.first, one.last) if one.days is None else meaning.period
    return KindTimes(replace(meaning, ahead=one.days, period=period, act=Act.ALERT if reports else meaning.act))


def _is_past(stream: MarkStream, days: times.Coming, at: int, today: date) -> bool:
    """Return True for `last month` and `the last 30 days`, and not for `this month` on its last day."""
    mark = stream.marks[at].value
    values = mark.values if isinstance(mark, TimeMark) else ()
    to_come = any(isinstance(each, times.Coming) for each in values)
    return days.last < today or (days.first < today == days.last and not to_come)


def _called(stream: MarkStream, meaning: Meaning, found: Sequence[tuple[int, times.Coming]], today: date) -> KindTimes:
    """Take `today` and `this week` of `whom should I call this week`.

    Its rules have days of their own, so `in the next 30 days` is refused.
    """
    stream.take(DAYS, *(at for at, _ in found))
    other = [each for _, each in found if not each.first <= today <= each.last]
    if other:
        return KindTimes(meaning, Reason.IMPOSSIBLE, other[0].last.isoformat())
    longer = any(each.days is not None or (each.last - today).days >= _WEEK for _, each in found)
    return KindTimes(meaning, Reason.NOT_OFFERED, "day_calls") if longer else KindTimes(meaning)


def _repeats(stream: MarkStream) -> bool:
    """Return True if there is a schedule: `until january` is the end of it then."""
    marks = (stream.marks[at].value for at in stream.all_of(MarkKind.TIME))
    values = (value for mark in marks if isinstance(mark, TimeMark) for value in mark.values)
    return any(isinstance(value, times.Recurring) for value in values)


def _ending(stream: MarkStream, at: int, until: date | None, *, repeats: bool) -> times.Coming | None:
    """Return the days of a phrase; None if it is a schedule.

    `until`: an end alone means the days from this one. `repeats`: `on friday` is each Friday.
    """
    mark = stream.marks[at].value
    values = mark.values if isinstance(mark, TimeMark) else ()
    single = not repeats and any(isinstance(each, times.OnceAt) and not each.timed for each in values)
    no_days = times.AtTime | times.OneOfDays | times.NoSuchDay
    if any(isinstance(each, no_days) or (isinstance(each, times.Recurring) and not single) for each in values):
        return None
    read = (_days(each, until) for wanted in _ORDER for each in values if isinstance(each, wanted))
    return next((each for each in read if each is not None), None)


_ORDER = (times.Coming, times.Until, times.OnceAt, times.OnDay, times.Period)


def _days(value: object, until: date | None) -> times.Coming | None:
    match value:
        case times.Until(_, last) if until is not None and last >= until:
            return times.Coming(until, last)
        case times.Coming():
            return value
        case times.OnceAt(moment, timed) if not timed:
            return times.Coming(moment.date(), moment.date())
        case times.OnDay(day):
            return times.Coming(day, day)
        case times.Period(first, last):
            return times.Coming(first, last)
    return None
