"""The words of one language that say when a digest is due.

Pure; `lexicon` reads their file.
"""

from datetime import time

import msgspec


class ScheduleLexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words for schedules, as data.

    A phrase of several words is one string with single blanks. Monday is 0; times are `HH:MM`. `nth` holds the printed
    forms of the 31 days of a month. `expected` holds what would be understood in place of a wrong word. `printed` holds
    the canonical forms with their placeholders.
    """

    every: frozenset[str]
    days: dict[str, frozenset[int]]  # after `every`
    alone: dict[str, frozenset[int]]  # without `every`
    plural: str  # the ending that makes "mondays" from "monday"
    week: frozenset[str]
    weekly: frozenset[str]
    month: frozenset[str]
    monthly: frozenset[str]
    odd: frozenset[str]  # "hourly": there is no such schedule
    on: frozenset[str]
    the: frozenset[str]
    of: frozenset[str]
    day: frozenset[str]
    last: frozenset[str]
    ranges: frozenset[str]
    nth: tuple[str, ...]
    nth_words: dict[str, int]
    at: frozenset[str]
    before_noon: frozenset[str]
    after_noon: frozenset[str]
    sharp: frozenset[str]  # "o'clock"
    hour_signs: frozenset[str]  # between hours and minutes
    clock: dict[str, time]
    parts: dict[str, time]  # parts of the day, with the time that they mean if no time is given
    late_parts: frozenset[str]  # "8 in the evening" is 20:00
    part_leads: frozenset[str]
    default: time
    single: frozenset[str]  # "tomorrow": one day; a digest cannot be set up for one, so it must not become "every day"
    nexts: frozenset[str]  # "next monday" is one day too
    within: frozenset[str]
    units: dict[str, int]  # in minutes
    long_units: frozenset[str]  # "in 30 days" may be a period: it is a schedule only after a request for a digest
    amounts: dict[str, int]  # "an": 1
    halves: dict[str, int]  # "half an hour": 30
    zones: dict[str, str]
    local: frozenset[str]
    time: frozenset[str]
    zone_leads: frozenset[str]
    expected: dict[str, tuple[str, ...]]
    printed: dict[str, str]
