"""Read time zones in a sentence: Europe/Amsterdam, UTC, Amsterdam time.

Pure except for the names, which zoneinfo reads once. They are the names of the IANA database on this machine, so every
one of them can be used: https://docs.python.org/3/library/zoneinfo.html#zoneinfo.available_timezones
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.language.text.schedule_lexicon import ScheduleLexicon
from bot.language.text.token_window import TokenWindow

_PLACE = re.compile(r"[^\W\d_]+(?:/[\w+-]+)+")
_OFFSET = re.compile(r"(?:utc|gmt)([+-])([0-9]{1,2})(?::?00)?", re.ASCII)
_NOWHERE = frozenset({"localtime", "Factory", "posixrules"})
# If a city is in two regions, the first region wins: "Istanbul" is in Europe and in Asia.
_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic")
_LONGEST_CITY = 3  # words
_NEAREST = 3
_LIKE = 70  # of 100
_ANYWHERE = ("Europe/London", "America/New_York", "UTC")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone that ends before token `end`.

    `name` is its IANA name, "" for the reader's own zone, None if there is no such zone. The words from `start` up to
    `stop` name it.
    """

    end: int
    name: str | None
    start: int
    stop: int


def zone(words: TokenWindow, index: int, language: ScheduleLexicon, *, timed: bool) -> Zone | None:
    """Return the time zone at `index`, None if the words do not look like one.

    `timed`: a time is before it.
    """
    start = words.skip(index, language.zone_leads)
    if found := language.zones.get(words[start]) or _offset(words[start]):
        return Zone(words.skip(start + 1, language.time), found, start, start + 1)
    if _PLACE.fullmatch(words[start]):
        end = words.skip(start + 1, language.time)
        return Zone(end, _names().get(words[start]), start, start + 1)
    for stop in range(start + 1, start + 1 + _LONGEST_CITY):
        if words[stop] in language.time:
            return _of_city(words, start, stop, language, timed=timed)
    return None


def _of_city(words: TokenWindow, start: int, stop: int, language: ScheduleLexicon, *, timed: bool) -> Zone | None:
    said = " ".join(words[index] for index in range(start, stop))
    if said in language.local:
        return Zone(stop + 1, "", start, stop)
    found = language.zones.get(said) or _names().get(said) or _cities().get(said)
    return Zone(stop + 1, found, start, stop) if found or timed else None


def _offset(word: str) -> str | None:
    """Return the name of an offset: `UTC+2` is Etc/GMT-2, because POSIX counts westward."""
    found = _OFFSET.fullmatch(word)
    if not found:
        return None
    turned = {"+": "-", "-": "+"}[found[1]]
    return _names().get(f"etc/gmt{turned}{int(found[2])}")


def needs_a_word(name: str, language: ScheduleLexicon) -> bool:
    """Return True for names like `Cuba`, which are zones only if `time` follows.

    False for names with a "/" and names that the language lists.
    """
    return "/" not in name and name.casefold() not in language.zones


def nearest(text: str) -> tuple[str, ...]:
    """Return the IANA names most similar to `text`, the best first. Never empty."""
    folded = text.casefold()
    city = folded.rpartition("/")[2].replace("_", " ")
    scored = [*_scored(folded, _names()), *_scored(city, _cities())]
    scored.sort(key=lambda each: -each[0])
    return tuple(dict.fromkeys(name for _, name in scored))[:_NEAREST] or _ANYWHERE


def _scored(text: str, names: Mapping[str, str]) -> list[tuple[float, str]]:
    found = process.extract(text, list(names), scorer=fuzz.ratio, limit=_NEAREST, score_cutoff=_LIKE)
    return [(score, names[key]) for key, score, _ in found]


@cache
def _names() -> Mapping[str, str]:
    """Return every name by its folded form."""
    return MappingProxyType({name.casefold(): name for name in sorted(available_timezones() - _NOWHERE)})


@cache
def _cities() -> Mapping[str, str]:
    """Return the name of each city's zone: `new york`, `buenos aires`."""
    listed = [name for name in _names().values() if name.split("/")[0] in _REGIONS]
    listed.sort(key=lambda name: (-_REGIONS.index(name.split("/")[0]), -len(name)))
    return MappingProxyType({name.rpartition("/")[2].replace("_", " ").casefold(): name for name in listed})
