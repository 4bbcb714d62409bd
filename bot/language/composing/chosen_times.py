"""Choose which meaning of a phrase about time fits the sentence. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from bot.commands.meaning import Act, Meaning
from bot.language.marking.mark_stream import MarkStream
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.time_marks import TimeMark
from bot.language.moments import time_values as times


@dataclass(frozen=True, slots=True)
class TwoEnds(times.Period):
    """A period of which both ends were said: `between 1 october and 1 november`."""


@dataclass(frozen=True, slots=True)
class Since(times.Period):
    """A period after which figures are compared: `since september`."""


def chosen_times(stream: MarkStream, meaning: Meaning, today: date, *, of_trend: bool = False) -> list[object]:
    """Return the times of the sentence in its order, without those of a meeting.

    `of_trend`: what may be a step is one: `a monthly trend` is one by month, and no digest.
    """
    marks = _marks(stream)
    wanted = meaning.act in (Act.DIGEST, Act.MANAGE) or any(_is_repeated(mark) for mark in marks)
    comparing = compares(stream, meaning.act)
    stream.take("", *_of_events(stream))
    chosen = of_trend and not comparing
    steps = {id(mark): step for mark in _marks(stream) if chosen and (step := _step_of(mark)) is not None}
    changes = meaning.do == "change"
    found = [
        steps.get(id(mark)) or _chosen(mark, wanted, comparing, today, rescheduled=changes) for mark in _marks(stream)
    ]
    return [each for each in found if not _is_said_closer(each, found)]


def _is_said_closer(value: object, found: list[object]) -> bool:
    """Return True for the `weekly` of `a weekly digest on mondays`."""
    if not isinstance(value, times.Recurring) or value.day_said or value.timed:
        return False
    others = (each for each in found if isinstance(each, times.Recurring) and each.day_said)
    return any(type(each.on) is type(value.on) for each in others)


def compares(stream: MarkStream, act: Act) -> bool:
    """Return True if the sentence compares days, or asks what changed.

    `change` is an order about digests too: `how did Fabrikam change since September`. The `fällt` of an alert is its
    limit.
    """
    if act is Act.ALERT:
        return stream.has("versus")
    changed = act is not Act.MANAGE and stream.has("do", value="change")
    return act is Act.COMPARE or changed or stream.has("versus", "change")


def _marks(stream: MarkStream) -> list[TimeMark]:
    return [value for at in stream.all_of(MarkKind.TIME) if isinstance(value := stream.marks[at].value, TimeMark)]


def _of_events(stream: MarkStream) -> set[int]:
    """Return the times of a meeting: `meeting with Fabrikam in 10 minutes, what do they use?`."""
    found: set[int] = set()
    for at in (each for each in stream.taken if stream.marks[each].kind == "event"):
        sides = (*range(at + 1, len(stream)), *range(at - 1, -1, -1))
        beside = next((each for each in sides if stream.is_(each, MarkKind.TIME)), None)
        if beside is not None:
            found.add(beside)
    return found


def _step_of(mark: TimeMark) -> times.Step | None:
    return next((value for value in mark.values if isinstance(value, times.Step)), None)


def _is_repeated(mark: TimeMark) -> bool:
    """Return True for a phrase that can only be a schedule."""
    return all(isinstance(value, times.Recurring | times.OnceAt | times.AtTime) for value in mark.values)


def is_only_repeated(mark: Mark) -> bool:
    """Return False for a time that may be a single day: `friday`.

    `every friday at 9` is only repeated.
    """
    values = mark.value.values if isinstance(mark.value, TimeMark) else ()
    return all(isinstance(value, times.Recurring | times.AtTime | times.Step) for value in values)


def _chosen(mark: TimeMark, scheduled: bool, comparing: bool, today: date, *, rescheduled: bool = False) -> object:
    """Return the meaning of a phrase that fits the sentence: `on friday` is past, to come, or every Friday."""
    schedules = [value for value in mark.values if isinstance(value, times.Recurring | times.OnceAt)]
    others = [value for value in mark.values if value not in schedules]
    others.sort(key=lambda value: isinstance(value, times.Coming))  # figures are of days that were
    if rescheduled and (recurring := next((v for v in schedules if isinstance(v, times.Recurring)), None)):
        return recurring
    if comparing:
        days = {each.day for each in mark.inner if isinstance(each, times.OnDay)}  # "since 1 october" is no october
        for value in mark.inner:
            if (
                isinstance(value, times.Period)
                and value.first not in days
                and any(_goes_on(other, value, today) for other in others)
            ):
                return Since(value.first, value.last, value.said, value.relative)
        if (ends := next((each for each in others if _has_two_ends(each, mark.inner, today)), None)) is not None:
            return TwoEnds(ends.first, ends.last)
    if not comparing:  # "weekly" is a schedule, and the step of a trend where one is asked for
        others.sort(key=lambda value: isinstance(value, times.Step))
        if schedules and all(isinstance(value, times.Step) for value in others):
            return schedules[0]
    return next(iter((*schedules, *others) if scheduled else (*others, *schedules)))


def _has_two_ends(value: object, inner: tuple[object, ...], today: date) -> TypeGuard[times.Period]:
    """Return True if the phrase ends with a day or a period of its own, which is the end of the whole."""
    if not isinstance(value, times.Period) or value.last >= today:
        return False
    return any(
        (isinstance(each, times.OnDay) and value.first < each.day == value.last)
        or (isinstance(each, times.Period) and value.first < each.first and each.last == value.last)
        for each in inner
    )


def _goes_on(value: object, inner: times.Period, today: date) -> bool:
    return isinstance(value, times.Period) and value.first == inner.first and inner.last < today <= value.last
