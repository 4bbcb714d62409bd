"""Time zones in a sentence: Europe/Amsterdam, UTC, Amsterdam time. Pure, but for the names, which zoneinfo reads once.

The names are those of the IANA data base that this machine has, so every one of them can be used:
https://docs.python.org/3/library/zoneinfo.html#zoneinfo.available_timezones
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
# Of a city that is in two lists the foremost wins: "Istanbul" is in Europe before it is in Asia.
_REGIONS = ("Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic", "Indian", "Antarctica", "Arctic")
_LONGEST_CITY = 3  # words
_NEAREST = 3
_LIKE = 70  # of 100
_ANYWHERE = ("Europe/London", "America/New_York", "UTC")


@dataclass(frozen=True, slots=True)
class Zone:
    """A time zone that ends before token `end`: its IANA name, "" for the reader's own, None where there is none.

    `start` and `stop` are the words that name it.
    """

    end: int
    name: str | None
    start: int
    stop: int


def zone(words: TokenWindow, index: int, language: ScheduleLexicon, *, timed: bool) -> Zone | None:
    """The time zone at `index`, None where nothing looks like one; `timed`: a time stands before it."""
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
    """`UTC+2` is called Etc/GMT-2: POSIX counts westward."""
    found = _OFFSET.fullmatch(word)
    if not found:
        return None
    turned = {"+": "-", "-": "+"}[found[1]]
    return _names().get(f"etc/gmt{turned}{int(found[2])}")


def needs_a_word(name: str, language: ScheduleLexicon) -> bool:
    """`Cuba` and the like are zones only where `time` follows; not so what has a word of its own."""
    return "/" not in name and name.casefold() not in language.zones


def nearest(text: str) -> tuple[str, ...]:
    """The IANA names most like `text`, the best first; never none."""
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
    """Every name by its folded form."""
    return MappingProxyType({name.casefold(): name for name in sorted(available_timezones() - _NOWHERE)})


@cache
def _cities() -> Mapping[str, str]:
    """The name by its city: `new york`, `buenos aires`."""
    listed = [name for name in _names().values() if name.split("/")[0] in _REGIONS]
    listed.sort(key=lambda name: (-_REGIONS.index(name.split("/")[0]), -len(name)))
    return MappingProxyType({name.rpartition("/")[2].replace("_", " ").casefold(): name for name in listed})
