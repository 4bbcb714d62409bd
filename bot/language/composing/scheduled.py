"""Read the schedule of a digest. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.commands.meaning import Act, Meaning
from bot.domain.recurrence import OneTime, Schedule
from bot.language.moments.phrase_rules import once_schedule
from bot.language.moments.time_values import AtTime, OnceAt, OnDay, Period, Recurring, Until

_NINE = time(9)
_ASKED = frozenset({Act.USAGE, Act.COMPARE, Act.TREND, Act.RENEWALS, Act.CALLS})
_HOUR = 3_600  # seconds


def as_digest(meaning: Meaning) -> Meaning:
    """Return a question as a digest of it."""
    return replace(meaning, act=Act.DIGEST) if meaning.act in _ASKED else meaning


def is_more(found: Sequence[object]) -> bool:
    """Return True if there is more than one schedule, or a period beside it.

    One of them would be dropped.
    """
    moments = [each for each in found if isinstance(each, Recurring | OnceAt | OnDay)]
    clocks = [each for each in found if isinstance(each, AtTime)]
    return len(moments) > 1 or len(clocks) > 1 or any(isinstance(each, Period) for each in found)


def until(meaning: Meaning, found: Sequence[object]) -> Meaning:
    """Return the meaning with the day on which something ends, if one was said."""
    end = next((value for value in found if isinstance(value, Until)), None)
    return meaning if end is None else replace(meaning, until=end.day)


def repeated(found: Sequence[object]) -> Schedule | None:
    """Return the schedule that repeats, with the time of the day that was said.

    None if there is none.
    """
    said = next((value for value in found if isinstance(value, Recurring)), None)
    clock = next((value for value in found if isinstance(value, AtTime)), None)
    if said is None or clock is None or said.timed:
        return None if said is None else said.schedule
    return replace(said.schedule, at=clock.at, zone=clock.zone or said.schedule.zone)


def once(meaning: Meaning, found: Sequence[object], now: datetime) -> OnceAt | None:
    """Return the single moment of a digest; None if there is none."""
    said = next((value for value in found if isinstance(value, OnceAt)), None)
    day = next((value.day for value in found if isinstance(value, OnDay) and value.day >= now.date()), None)
    clock = next((value.at for value in found if isinstance(value, AtTime)), None)
    if said is not None or day is None or (clock is None and meaning.act not in (Act.DIGEST, Act.MANAGE)):
        return said
    return OnceAt(datetime.combine(day, clock or _NINE, tzinfo=now.tzinfo), clock is not None)


def at_once(moment: datetime, now: datetime) -> Schedule:
    """Return the schedule that is due at this moment only.

    `in 5 minutes` is counted from the moment at which the digest is set up, so no second is lost.
    """
    seconds = int((moment - now.replace(microsecond=0)).total_seconds())
    if moment.second == now.second and (moment.second or seconds <= _HOUR):
        return Schedule(OneTime(seconds // 60))
    return once_schedule(OnceAt(moment, timed=True))
