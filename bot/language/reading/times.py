"""Put the days, periods and schedules of a sentence into its meaning. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.commands.meaning import Act, Meaning, Versus
from bot.domain.licensing import Dimension
from bot.domain.recurrence import OneDay, Schedule
from bot.language.moments import time_values as times
from bot.language.reading.mark_stream import MarkStream
from bot.language.reading.marks import MarkKind
from bot.language.reading.reading import Reason
from bot.language.reading.time_marks import TimeMark

DAY, SCHEDULE, UNTIL = "day", "schedule", "until"
_MONTH = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Timed:
    """The meaning with its times; or why they cannot be: the reason and the words."""

    meaning: Meaning
    reason: Reason | None = None
    what: str = ""
    days: tuple[date, ...] = ()


def timed(stream: MarkStream, meaning: Meaning, now: datetime) -> Timed:
    """Take the times of the sentence."""
    marks = [value for at in stream.all_of(MarkKind.TIME) if isinstance(value := stream.marks[at].value, TimeMark)]
    wanted = meaning.act in (Act.DIGEST, Act.MANAGE) or any(_is_repeated(mark) for mark in marks)
    comparing = meaning.act is Act.COMPARE or stream.has("versus", "change")
    stream.take("", *_of_events(stream))
    marks = [value for at in stream.all_of(MarkKind.TIME) if isinstance(value := stream.marks[at].value, TimeMark)]
    found = [_chosen(mark, wanted, comparing, now.date(), rescheduled=meaning.do == "change") for mark in marks]
    if not found:
        return Timed(_compared(stream, meaning, [], now.date()))
    stream.take(SCHEDULE if any(map(_is_schedule, found)) else DAY, *stream.all_of(MarkKind.TIME))
    for value in found:
        match value:
            case times.NoSuchDay(text) | times.NoSuchTime(text):
                return Timed(meaning, Reason.IMPOSSIBLE, text)
            case times.OneOfDays(days):
                return Timed(meaning, Reason.SEVERAL, " / ".join(day.isoformat() for day in days), days)
            case times.Until(day) if meaning.act not in (Act.MANAGE, Act.DIGEST):  # until when, but since when?
                return Timed(meaning, Reason.MISSING, "day")
            case times.UnofferedRecurrence(text):
                return Timed(_digest(meaning), Reason.NOT_OFFERED, text)
            case times.TimesADay():
                return Timed(_digest(meaning), Reason.MISSING, "time")
    scheduled = _scheduled(meaning, found, now)
    if scheduled is not None and scheduled.meaning.schedule is not None and _is_more(found):
        return Timed(scheduled.meaning, Reason.CONFLICT, "schedule")
    if scheduled is not None:
        return scheduled
    if any(isinstance(value, times.AtTime) for value in found) and not any(map(_is_dated, found)):
        return Timed(meaning, Reason.MISSING, "day")  # "teams at 9": every day, or once?
    if any(isinstance(value, times.Step) for value in found):
        meaning = replace(meaning, act=Act.TREND)
    return _dated(stream, meaning, found, now.date())


def _of_events(stream: MarkStream) -> set[int]:
    """Return the times of a meeting: `meeting with Fabrikam in 10 minutes, what do they use?`."""
    found: set[int] = set()
    for at in (each for each in stream.taken if stream.marks[each].kind == "event"):
        sides = (*range(at + 1, len(stream)), *range(at - 1, -1, -1))
        beside = next((each for each in sides if stream.is_(each, MarkKind.TIME)), None)
        if beside is not None:
            found.add(beside)
    return found


def _is_repeated(mark: TimeMark) -> bool:
    """Return True for a phrase that can only be a schedule."""
    return all(isinstance(value, times.Recurring | times.OnceAt | times.AtTime) for value in mark.values)


def _chosen(mark: TimeMark, scheduled: bool, comparing: bool, today: date, *, rescheduled: bool = False) -> object:
    """Return the meaning of a phrase that fits the sentence: `on friday` is past, to come, or every Friday."""
    schedules = [value for value in mark.values if isinstance(value, times.Recurring | times.OnceAt)]
    others = [value for value in mark.values if value not in schedules]
    if rescheduled and (recurring := next((v for v in schedules if isinstance(v, times.Recurring)), None)):
        return recurring
    if comparing:
        for value in mark.inner:
            if isinstance(value, times.Period) and any(_goes_on(other, value, today) for other in others):
                return value
    if not comparing:  # "weekly" is a schedule, and the step of a trend where one is asked for
        others.sort(key=lambda value: isinstance(value, times.Step))
        if schedules and all(isinstance(value, times.Step) for value in others):
            return schedules[0]
    return next(iter((*schedules, *others) if scheduled else (*others, *schedules)))


def _goes_on(value: object, inner: times.Period, today: date) -> bool:
    return isinstance(value, times.Period) and value.first == inner.first and inner.last < today <= value.last


def _is_more(found: list[object]) -> bool:
    """Return True if there is more than one schedule, or a period beside it: one of them would be dropped."""
    moments = [each for each in found if isinstance(each, times.Recurring | times.OnceAt | times.OnDay)]
    clocks = [each for each in found if isinstance(each, times.AtTime)]
    return len(moments) > 1 or len(clocks) > 1 or any(isinstance(each, times.Period) for each in found)


def _is_dated(value: object) -> bool:
    return isinstance(value, times.OnDay | times.Period)


def _is_schedule(value: object) -> bool:
    return isinstance(
        value, times.Recurring | times.OnceAt | times.AtTime | times.TimesADay | times.UnofferedRecurrence
    )


def _digest(meaning: Meaning) -> Meaning:
    return replace(meaning, act=Act.DIGEST) if meaning.act is Act.USAGE else meaning


def _scheduled(meaning: Meaning, found: list[object], now: datetime) -> Timed | None:
    """Return the meaning with its schedule; None if the times are those of figures."""
    until = next((value for value in found if isinstance(value, times.Until)), None)
    if until is not None:
        meaning = replace(meaning, until=until.day)
    clock = next((value.at for value in found if isinstance(value, times.AtTime)), None)
    zone = next((value.zone for value in found if isinstance(value, times.AtTime) and value.zone), None)
    for value in found:
        if isinstance(value, times.Recurring):
            schedule = value.schedule
            if clock is not None and not value.timed:
                schedule = replace(schedule, at=clock, zone=zone or schedule.zone)
            if meaning.act is Act.TREND:
                return Timed(meaning)
            return Timed(replace(_digest(meaning), schedule=schedule))
    once = next((value for value in found if isinstance(value, times.OnceAt)), None)
    day = next((value.day for value in found if isinstance(value, times.OnDay) and value.day >= now.date()), None)
    if once is None and day is not None and (clock is not None or meaning.act in (Act.DIGEST, Act.MANAGE)):
        at = clock or datetime.strptime("09:00", "%H:%M").time()
        once = times.OnceAt(datetime.combine(day, at, tzinfo=now.tzinfo), clock is not None)
    if once is not None:
        if not once.timed and meaning.act is Act.USAGE:
            return Timed(meaning, Reason.IMPOSSIBLE, once.moment.date().isoformat())
        if once.moment <= now:
            return Timed(meaning, Reason.IMPOSSIBLE, once.moment.isoformat(sep=" ", timespec="minutes"))
        return Timed(
            replace(
                _digest(meaning), schedule=Schedule(OneDay(once.moment.date()), once.moment.time().replace(tzinfo=None))
            )
        )
    if clock is not None and meaning.act is Act.MANAGE:
        return Timed(replace(meaning, clock=clock))
    return Timed(meaning) if until is not None else None


def _dated(stream: MarkStream, meaning: Meaning, found: list[object], today: date) -> Timed:
    days = [value.day for value in found if isinstance(value, times.OnDay)]
    periods = [value for value in found if isinstance(value, times.Period)]
    if any(day > today for day in days):
        return Timed(meaning, Reason.IMPOSSIBLE, max(days).isoformat())
    if any(period.first > today for period in periods):
        return Timed(meaning, Reason.IMPOSSIBLE, max(period.first for period in periods).isoformat())
    compared = _compared(stream, meaning, found, today)
    if compared.versus is not None:
        return Timed(compared)
    if len(days) > 1 or len(periods) > 1 or (days and periods):
        return Timed(meaning, Reason.CONFLICT, ", ".join(day.isoformat() for day in days))
    if days:
        meaning = replace(meaning, day=days[0])
    if periods and meaning.output == "chart":
        meaning = replace(meaning, act=Act.TREND)
    if periods:
        meaning = replace(meaning, period=(periods[0].first, periods[0].last))
    return Timed(meaning)


def _compared(stream: MarkStream, meaning: Meaning, found: list[object], today: date) -> Meaning:
    """Return the meaning with what it is compared with, if it is a comparison."""
    moments = [value for value in found if isinstance(value, times.OnDay | times.Period | times.Versus)]
    said = next((value for value in moments if isinstance(value, times.Versus)), None)
    if stream.has("now") and stream.has("and", "versus") and moments:
        meaning = replace(meaning, act=Act.COMPARE)
    wants = meaning.act is Act.COMPARE or said is not None or len(moments) > 1
    wants = wants or (bool(moments) and (stream.has("versus") or stream.has("change")))
    if not moments:
        named = {each.dimension for each in meaning.names if not each.negative}
        if meaning.act is not Act.COMPARE:
            return meaning
        customers = meaning.called(Dimension.CUSTOMER)
        if stream.has("versus") and len(customers) == 1 and set(meaning.by) == {Dimension.CUSTOMER}:
            others = tuple(each for each in meaning.names if each not in customers)
            return replace(meaning, act=Act.USAGE, names=others)  # beside all the others
        of = next((each for each in sorted(named) if len(meaning.called(each)) > 1), None)
        if of is not None:  # two customers are compared with each other
            return replace(meaning, act=Act.USAGE, by=meaning.by or (of,))
        moved = stream.has("change") or stream.has("act", value="movers")
        if not (named or meaning.by) or not moved:
            return meaning
        return replace(meaning, versus=Versus(today - _MONTH))  # biggest movers: over the last month
    if not wants:
        return meaning
    meaning = replace(meaning, act=Act.COMPARE)
    stream.take(DAY, *stream.all_of("versus"))
    if said is not None:
        return replace(meaning, versus=Versus(said.day))
    last = moments[-1]
    if isinstance(last, times.OnDay):
        first = moments[0]
        day = first.day if len(moments) > 1 and isinstance(first, times.OnDay) and first.day != today else None
        return replace(meaning, versus=Versus(last.day), day=day)
    assert isinstance(last, times.Period)
    if last.last >= today:  # since october: with the day before it
        return replace(meaning, versus=Versus(last.first))
    if len(moments) == 1 and stream.has("between"):
        return replace(meaning, versus=Versus(last.first), day=last.last)
    earlier = moments[0]
    if isinstance(earlier, times.Period) and earlier is not last and earlier.last < today:
        meaning = replace(meaning, period=(earlier.first, earlier.last))
    return replace(meaning, versus=Versus(last.first, last.last))
