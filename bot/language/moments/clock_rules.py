"""Build times of the day from the slots of a template. Pure."""

from datetime import time

from bot.language.moments.readings import Clock, Context, Tail

_FEWEST = 5  # minutes before or after an hour that people say


def hour_minute(_: Context, figures: tuple[int, int]) -> Clock:
    """Read `17:00`."""
    return Clock(*figures)


def hour_minute_half(_: Context, figures: tuple[int, int], half: int) -> Clock:
    """Read `8:30 pm`."""
    return _halved(*figures, half)


def hour(_: Context, hour: int) -> Clock:
    """Read the hour alone: `8 o'clock`."""
    return Clock(hour)


def said_hour(_: Context, hour: int) -> Clock | None:
    """Read the hour after `at`: `at 9`, but not `at 1730` and not `at 50 percent`."""
    return Clock(hour) if hour <= 24 else None


def bare_hour(_: Context, hour: int) -> Clock | None:
    """Read the hour after days: `every monday 9`. Other numbers are none."""
    return Clock(hour) if hour <= 23 else None


def compact(_: Context, number: int) -> Clock | None:
    """Read `at 1730`."""
    return Clock(number // 100, number % 100) if number >= 100 else None


def hour_half(_: Context, hour: int, half: int) -> Clock:
    """Read `8 am`."""
    return _halved(hour, 0, half)


def hour_and_minute(_: Context, hour: int, minute: int) -> Clock:
    """Read `9h30`, `9 uur 30`."""
    return Clock(hour, minute)


def minutes_past(_: Context, minute: int, hour: int) -> Clock | None:
    """Read `ten past eight`."""
    return _offset(hour, minute) if minute >= _FEWEST else None


def minutes_to(_: Context, minute: int, hour: int) -> Clock | None:
    """Read `ten to eight`, and not `digests 1 to 3`."""
    return _offset(hour, -minute) if minute >= _FEWEST else None


def half_past(_: Context, hour: int) -> Clock | None:
    """Read `half past eight`."""
    return _offset(hour, 30)


def quarter_past(_: Context, hour: int) -> Clock | None:
    """Read `quarter past eight`."""
    return _offset(hour, 15)


def quarter_to(_: Context, hour: int) -> Clock | None:
    """Read `quarter to nine`, and `dreiviertel neun`."""
    return _offset(hour, -15)


def half_to(_: Context, hour: int) -> Clock | None:
    """Read `half negen`, `halb neun`: half an hour before nine."""
    return _offset(hour, -30)


def quarter_into(_: Context, hour: int) -> Clock | None:
    """Read `negyed kilenc`: a quarter of the ninth hour is over, 8:15."""
    return _offset(hour, -45)


def minutes_to_half(_: Context, minute: int, hour: int) -> Clock | None:
    """Read `vijf voor half negen`: 8:25."""
    return _offset(hour, -30 - minute)


def minutes_past_half(_: Context, minute: int, hour: int) -> Clock | None:
    """Read `vijf over half negen`: 8:35."""
    return _offset(hour, -30 + minute)


def named(_: Context, named: str) -> Clock:
    """Read `noon`."""
    at = time.fromisoformat(named)
    return Clock(at.hour, at.minute, sure=True)


def in_part(_: Context, clock: Clock, part: str) -> Clock | None:
    """Read `8 in the evening`."""
    at = clock.at(time.fromisoformat(part))
    return Clock(at.hour, at.minute, sure=True) if at else clock


def tail(_: Context, clock: Clock, zone: str | None = None) -> Tail:
    """Read `at 9`, `at 17:00 Europe/Amsterdam`."""
    return Tail(clock.at(), zone, later=clock.later)


def tail_in_part(_: Context, part: str, clock: Clock, zone: str | None = None) -> Tail:
    """Read `in the evening at 8`."""
    return Tail(clock.at(time.fromisoformat(part)), zone)


def tail_of_part(_: Context, part: str, zone: str | None = None) -> Tail:
    """Read `in the evening`."""
    return Tail(time.fromisoformat(part), zone, timed=False)


def _halved(hour: int, minute: int, half: int) -> Clock:
    """Return the time in this half of the day: 0 or 12. 13 pm is no time."""
    return Clock(hour % 12 + half, minute, sure=True) if 1 <= hour <= 12 else Clock(99)


def _offset(hour: int, minutes: int) -> Clock | None:
    if not 0 <= hour <= 24 or abs(minutes) > 59:
        return None
    if hour == 1 and minutes < 0:
        hour = 13  # a quarter to one is 12:45
    total = (hour * 60 + minutes) % (24 * 60)
    return Clock(total // 60, total % 60)
