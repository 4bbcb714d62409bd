"""Read times of the day in a sentence: 8:30, 8.30, 17h30, 5pm, 5 p.m., noon, at 9.

Pure.
"""

import re
from dataclasses import dataclass
from datetime import time

from bot.language.text.schedule_lexicon import ScheduleLexicon
from bot.language.text.token_window import TokenWindow

_FIGURES = re.compile(r"([0-9]{1,4})(?:([^0-9]{1,2})([0-9]{1,2}))?([^0-9]*)", re.ASCII)
_BARE = 0.3  # `every monday 9`: a number that may belong to a name


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time that ends before token `end`. `at` is None if a clock cannot show it."""

    end: int
    at: time | None
    cost: float = 0.0


def moment(words: TokenWindow, index: int, language: ScheduleLexicon, *, asked: bool) -> ClockTime | None:
    """Return the time at `index`, None if the words do not look like a time.

    `asked`: the word `at` is before it, so a bare number is a time.
    """
    if named := words.longest(index, language.clock):
        return ClockTime(named[1], language.clock[named[0]])
    found = _FIGURES.fullmatch(words[index])
    if not found:
        return None
    hour, sign, minute, ending = found.groups()
    end = index + 1
    if ending == "" and words[end] in language.before_noon | language.after_noon | language.sharp | language.hour_signs:
        ending, end = words[end], end + 1
    known = language.before_noon | language.after_noon | language.sharp | language.hour_signs | {""}
    if ending not in known or (sign is not None and sign not in language.hour_signs | {":", "."}):
        return None
    bare = minute is None and ending == ""
    compact = bare and len(hour) > 2
    if compact:
        hour, minute = hour[:-2], hour[-2:]
    half, end = _half(words, end, ending, language)
    read = _time(int(hour), minute, half)
    if bare and not asked and (read is None or (compact and len(words[index]) < 4)):
        return None
    return ClockTime(end, read, _BARE if bare and not asked else 0.0)


def _half(words: TokenWindow, end: int, ending: str, language: ScheduleLexicon) -> tuple[int | None, int]:
    """Return the half of the day (0 or 12, None if it is not said) and the end of its words."""
    if ending in language.before_noon | language.after_noon:
        return (12 if ending in language.after_noon else 0), end
    if (lead := words.longest(end, language.part_leads)) and words[lead[1]] in language.parts:
        return (12 if words[lead[1]] in language.late_parts else 0), lead[1] + 1
    return None, end


def _time(hour: int, minute: str | None, half: int | None) -> time | None:
    """Return the time, None if a clock cannot show it: 24:00, 8:5, 13 pm."""
    if minute is not None and (len(minute) != 2 or int(minute) > 59):
        return None
    if half is not None and not 1 <= hour <= 12:
        return None
    hour = hour if half is None else hour % 12 + half
    return time(hour, int(minute or 0)) if hour <= 23 else None
