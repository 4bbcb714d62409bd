"""The rules that no language words: figures, time zones and lists.

Pure, except for the time zone data.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from bot.language.moments.day_rules import DayReading, figures
from bot.language.moments.readings import Context
from bot.language.moments.word_units import Unit, is_digit

FIGURES = frozenset({"number", "year", "date_figures", "clock_figures", "range_figures"})
ZONE = "zone_name"  # a name that is written with a slash; languages may add words
LISTS = {"weekdays": "weekday_item", "habits": "habit_item"}  # items with `and` or a comma between them
LISTED = 7  # items of a list
SHORTEST_DATE = 6  # 1/1/18: with fewer characters the year is missing

_CLOCK = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})", re.ASCII)
_RANGE = re.compile(r"([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
REGIONS = frozenset((
    "africa", "america", "antarctica", "arctic", "asia", "atlantic", "australia", "brazil", "canada", "chile", "etc",
    "europe", "indian", "mexico", "pacific", "us",
))  # fmt: skip


def figure(rule: str, unit: Unit, context: Context) -> int | tuple[int, int] | DayReading | None:
    """Return what the figures of `unit` mean in this rule, None if nothing."""
    text = unit.text
    if rule == "date_figures":
        return figures(context, text, dotted=unit.dotted)
    if rule == "clock_figures":
        found = _CLOCK.fullmatch(text)
        return (int(found[1]), int(found[2])) if found and not (unit.dotted and "." in text) else None
    if rule == "range_figures":
        pair = _RANGE.fullmatch(text)
        return (int(pair[1]), int(pair[2])) if pair else None
    if not is_digit(text) or len(text) > 4:
        return None
    number = int(text)
    if rule == "year":
        return number if len(text) == 4 and 1990 <= number <= 2099 else None
    return number


def zone(units: Sequence[Unit], at: int) -> tuple[int, str] | None:
    """Return the end and the name of a time zone with a slash: Europe/Amsterdam."""
    if units[at].text not in REGIONS or not units[at].opens:
        return None
    end = at + 1
    while end < len(units) and not units[end].opens:
        end += 1
    name = _names().get("".join(unit.text for unit in units[at:end]))
    return (end, name) if name else None


@cache
def _names() -> Mapping[str, str]:
    """Return every name by its folded form."""
    return MappingProxyType({name.casefold(): name for name in sorted(available_timezones()) if "/" in name})
