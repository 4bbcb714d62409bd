"""Read one day that is still to come: tomorrow, next monday, on december 24. Pure.

A digest that is asked for one day must not be set up for every day. Single days are not offered yet, so their words are
found only to be refused.
"""

import re

from bot.language.text.lexicon import Lexicon
from bot.language.text.token_window import TokenWindow

_FIGURES = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./][0-9]{1,2}(?:[./](?:[0-9]{4}|[0-9]{2})?)?", re.ASCII
)
_NUMBER = re.compile(r"[0-9]{1,2}(?:st|nd|rd|th|\.)?", re.ASCII)
_YEAR = re.compile(r"20[0-9]{2}", re.ASCII)


def single_day(words: TokenWindow, start: int, lexicon: Lexicon) -> int | None:
    """Return the end of the single day that begins at `start`, None if there is none."""
    language = lexicon.data.schedule
    at = words.skip(start, language.the)
    if found := words.longest(at, language.single):
        return found[1]
    if (named := words.longest(at, language.nexts)) and _is_day_or_span(words[named[1]], lexicon):
        return named[1] + 1
    if _FIGURES.fullmatch(words[at]):
        return at + 1
    return _written(words, at, lexicon)


def _is_day_or_span(word: str, lexicon: Lexicon) -> bool:
    language = lexicon.data.schedule
    return word in lexicon.data.weekdays or word in language.week or word in language.month


def _written(words: TokenWindow, at: int, lexicon: Lexicon) -> int | None:
    """Read `december 24`, `24 december`, `24th of december 2026`."""
    months, language = lexicon.data.months, lexicon.data.schedule
    if words[at] in months:
        day = words.skip(at + 1, language.the)
        end = day + 1 if _NUMBER.fullmatch(words[day]) else None
    else:
        month = words.skip(at + 1, language.of)
        end = month + 1 if _NUMBER.fullmatch(words[at]) and words[month] in months else None
    return end + 1 if end is not None and _YEAR.fullmatch(words[end]) else end
