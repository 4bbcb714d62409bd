"""Put the days, periods and schedules of a sentence into its meaning. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.commands.alert_question import EACH_DAY
from bot.commands.answer_kind import AnswerKind, TrendStep
from bot.commands.meaning import Act, Meaning
from bot.domain.recurrence import Schedule
from bot.language.composing.chosen_times import chosen_times, compares
from bot.language.composing.comparison import compared, moments_of
from bot.language.composing.kinds.kind_times import kind_times
from bot.language.composing.reason import Reason
from bot.language.composing.scheduled import as_digest, at_once, is_more, once, repeated, until
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import MarkKind
from bot.language.moments import time_values as times

_ENDING = (AnswerKind.RENEWALS, AnswerKind.CALLS)
DAY, SCHEDULE = "day", "schedule"
STEP = "step"  # a trend goes by week or by month
DATED_SCHEDULE = "schedule_day"  # a digest has the newest figures, and its question no day


@dataclass(frozen=True, slots=True)
class Timed:
    """The meaning with its times; or why they cannot be: the reason and the words."""

    meaning: Meaning
    reason: Reason | None = None
    what: str = ""
    days: tuple[date, ...] = ()


def timed(stream: MarkStream, meaning: Meaning, now: datetime, before: Meaning | None = None) -> Timed:
    """Take the times of the sentence.

    `before` is the question before it: after a trend, `weekly` is its step.
    """
    ends = kind_times(stream, meaning, now.date())
    if ends.reason is not None:
        return Timed(ends.meaning, ends.reason, ends.what)
    return _timed(stream, ends.meaning, now, before)


def _timed(stream: MarkStream, meaning: Meaning, now: datetime, before: Meaning | None) -> Timed:
    """Take the times that are not those of its kind."""
    goes_on = meaning.act is Act.USAGE and not meaning.names and before is not None and before.act is Act.TREND
    found = chosen_times(stream, meaning, now.date(), of_trend=goes_on or meaning.act is Act.TREND)
    if not found:
        return Timed(meaning if meaning.kind in _ENDING else compared(stream, meaning, [], now.date()))
    stream.take(SCHEDULE if any(map(_is_schedule, found)) else DAY, *stream.all_of(MarkKind.TIME))
    if (doubted := _doubted(meaning, found)) is not None:
        return doubted
    if (step := next((value for value in found if isinstance(value, times.Step)), None)) is not None:
        ends = meaning.kind in _ENDING  # "renewals by month"
        meaning = meaning if ends else _stepped(meaning, step)
        if ends or meaning.step is None:
            return Timed(meaning, Reason.NOT_OFFERED, f"lines_{meaning.kind.value}" if ends else STEP)
    scheduled = _scheduled(meaning, found, now)
    if scheduled is not None:
        return _with_comparison(stream, scheduled, found, meaning.act, now.date())
    if any(isinstance(value, times.AtTime) for value in found) and not any(map(_is_dated, found)):
        return Timed(meaning, Reason.MISSING, "day")  # "teams at 9": every day, or once?
    return _dated(stream, meaning, found, now.date())


def _with_comparison(stream: MarkStream, scheduled: Timed, found: list[object], act: Act, today: date) -> Timed:
    """Return a digest with what it compares with: `every monday compare Teams with last week`.

    `act` is that of the sentence without its schedule.
    """
    meaning, others = scheduled.meaning, moments_of(found)
    asks = meaning.act is Act.DIGEST and compares(stream, act)
    rest = [each for each in found if not asks or each not in others]
    if meaning.schedule is not None and (is_more(rest) or (asks and len(others) > 1)):
        twice = sum(map(_is_schedule, found)) > 1  # every monday and every tuesday
        return Timed(meaning, Reason.CONFLICT, SCHEDULE if twice else DATED_SCHEDULE)
    if not asks:
        return scheduled
    both = compared(stream, replace(meaning, act=Act.COMPARE), others, today)
    # Compared with nothing, it is no digest of the same question.
    return replace(scheduled, meaning=both if both.versus is None else replace(both, act=Act.DIGEST))


def _doubted(meaning: Meaning, found: list[object]) -> Timed | None:
    """Return why the times cannot be; None if each of them can."""
    return next(filter(None, (_impossible(meaning, value) or _lacking(meaning, value) for value in found)), None)


def _impossible(meaning: Meaning, value: object) -> Timed | None:
    """Return that there is no such day or time, or several of them; of days to come there are no figures."""
    match value:
        case times.Coming(first, last, open=open_ended):
            return Timed(meaning, Reason.IMPOSSIBLE, (first if open_ended else last).isoformat())
        case times.NoSuchDay(text):
            return Timed(meaning, Reason.NO_SUCH_DAY, text)
        case times.NoSuchTime(text):
            return Timed(meaning, Reason.NO_SUCH_TIME, text)
        case times.OneOfDays(days):
            return Timed(meaning, Reason.SEVERAL, " / ".join(day.isoformat() for day in days), days)
    return None


def _lacking(meaning: Meaning, value: object) -> Timed | None:
    """Return what has to be said beside a time, or that it is not offered."""
    match value:
        case times.Until() if meaning.act not in (Act.MANAGE, Act.DIGEST):  # until when, but since when?
            return Timed(meaning, Reason.MISSING, "day")
        case times.UnofferedRecurrence():
            return Timed(as_digest(meaning), Reason.NOT_OFFERED, "recurrence")
        case times.TimesADay():
            return Timed(as_digest(meaning), Reason.MISSING, "time")
    return None


def _scheduled(meaning: Meaning, found: list[object], now: datetime) -> Timed | None:
    """Return the meaning with its schedule; None if the times are those of figures."""
    ended = until(meaning, found)
    schedule, single = repeated(found), once(ended, found, now)
    if schedule is not None:
        return Timed(replace(as_digest(ended), schedule=schedule))
    if single is not None:
        return _once(ended, single, now)
    clock = next((value.at for value in found if isinstance(value, times.AtTime)), None)
    if clock is not None and ended.act is Act.MANAGE:
        return Timed(replace(ended, clock=clock))
    if clock is not None and ended.act is Act.ALERT and not any(map(_is_dated, found)):  # an alert looks each day
        return Timed(replace(ended, schedule=Schedule(EACH_DAY.on, clock)))
    return Timed(ended) if ended.until is not None else None


def _once(meaning: Meaning, single: times.OnceAt, now: datetime) -> Timed:
    if not single.timed and meaning.act is Act.USAGE:
        return Timed(meaning, Reason.IMPOSSIBLE, single.moment.date().isoformat())
    if single.moment <= now:
        return Timed(meaning, Reason.IMPOSSIBLE, single.moment.isoformat(sep=" ", timespec="minutes"))
    return Timed(replace(as_digest(meaning), schedule=at_once(single.moment, now)))


def _as_trend(meaning: Meaning) -> Meaning:
    """Return a question as one about how its figures developed; a digest stays one."""
    asks = meaning.act in (Act.USAGE, Act.COMPARE)
    return replace(meaning, act=Act.TREND if asks else meaning.act, kind=AnswerKind.TREND)


def _stepped(meaning: Meaning, step: times.Step) -> Meaning:
    """Return a trend with its step; without one if no trend has it."""
    known = step.unit in {each.value for each in TrendStep}
    return replace(_as_trend(meaning), step=TrendStep(step.unit) if known else None)


def _is_dated(value: object) -> bool:
    return isinstance(value, times.OnDay | times.Period)


def _is_schedule(value: object) -> bool:
    return isinstance(
        value, times.Recurring | times.OnceAt | times.AtTime | times.TimesADay | times.UnofferedRecurrence
    )


def _dated(stream: MarkStream, meaning: Meaning, found: list[object], today: date) -> Timed:
    stream.take(DAY, *(stream.all_of("versus") if compares(stream, meaning.act) else ()))
    days = [value.day for value in found if isinstance(value, times.OnDay)]
    periods = [value for value in found if isinstance(value, times.Period)]
    if any(day > today for day in days):
        return Timed(meaning, Reason.IMPOSSIBLE, max(days).isoformat())
    if any(period.first > today for period in periods):
        return Timed(meaning, Reason.IMPOSSIBLE, max(period.first for period in periods).isoformat())
    both = compared(stream, meaning, found, today)
    if both.versus is not None:
        if both.conditions and stream.has("versus", value="than"):  # "more than 20 unused than last month"
            return Timed(both, Reason.NOT_OFFERED, "change_by")
        many = len([each for each in moments_of(found) if each != times.OnDay(today)]) > 2
        return Timed(both, Reason.CONFLICT, ", ".join(day.isoformat() for day in days)) if many else Timed(both)
    if len(days) > 1 or len(periods) > 1 or (days and periods):
        return Timed(meaning, Reason.CONFLICT, ", ".join(day.isoformat() for day in days))
    if days:
        meaning = replace(meaning, day=days[0])
    if periods and meaning.output == "chart":
        meaning = _as_trend(meaning)
    if periods:
        meaning = replace(meaning, period=(periods[0].first, periods[0].last), goes_on=periods[0].last >= today)
    return Timed(meaning)
