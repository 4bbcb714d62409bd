"""Read days in a sentence: 2018-10-14, 14 Oct 2018, yesterday, last monday. Pure.

Today is an argument.

A date of figures alone is read only if the year is first. 10/14/2018 and 14.10.2018 mean different
days to different readers (03/04/2018 may mean two days), so the answer offers the possible days in the ISO form.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.commands.command import ParseProblem
from bot.language.text.lexicon import Language
from bot.language.text.tokenizer import Token, TokenKind

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:t[0-9:.]*z?)?", re.ASCII)
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that ends before token `end`, or why it is no day and what is allowed.

    `sure`: no name reads like this, so it is a day even without `as of` before it.
    """

    end: int
    day: date | None = None
    problem: ParseProblem | None = None
    expected: tuple[str, ...] = ()
    sure: bool = True


def day(tokens: tuple[Token, ...], at: int, today: date, language: Language) -> CalendarDay | None:
    """Return the day at `at`, None if the words do not look like a day."""
    words = tuple(token.folded if token.kind is TokenKind.WORD else "" for token in tokens[at : at + 8])
    found = _figures(words, at) or _relative(words, at, today, language) or _written(words, at, today, language, tokens)
    if found and found.day and found.day > today:
        return CalendarDay(
            found.end, None, ParseProblem.FUTURE_DATE, (today.isoformat(), *forms(language)[1:]), found.sure
        )
    return found


def forms(language: Language) -> tuple[str, ...]:
    """Return the texts of `expected` for a missing day."""
    return language.forms["day"], language.forms["past_day"]


def _figures(words: tuple[str, ...], at: int) -> CalendarDay | None:
    word = words[0] if words else ""
    if found := _YEAR_FIRST.fullmatch(word):
        made = _date(int(found[1]), int(found[3]), int(found[4]))
        return CalendarDay(at + 1, made) if made else CalendarDay(at + 1, None, ParseProblem.BAD_DATE)
    if found := _YEAR_LAST.fullmatch(word):
        first, second, year = int(found[1]), int(found[3]), int(found[4])
        year += 2000 if year < 100 else 0
        meant = {made for made in (_date(year, first, second), _date(year, second, first)) if made}
        return CalendarDay(at + 1, None, ParseProblem.BAD_DATE, tuple(made.isoformat() for made in sorted(meant)))
    return None


def _relative(words: tuple[str, ...], at: int, today: date, language: Language) -> CalendarDay | None:
    word = words[0] if words else ""
    if word in language.days:
        return CalendarDay(at + 1, today + timedelta(days=language.days[word]))
    named = 1 if word in language.last else 0
    weekday = language.weekdays.get(words[named]) if named < len(words) else None
    if weekday is None:
        return None
    # The latest such day before today: on a Monday, "last monday" is a week ago.
    back = (today.weekday() - weekday - 1) % 7 + 1
    return CalendarDay(at + named + 1, today - timedelta(days=back), sure=bool(named))


def _written(
    words: tuple[str, ...], at: int, today: date, language: Language, tokens: tuple[Token, ...]
) -> CalendarDay | None:
    """Read `14 Oct 2018`, `14th of October`, `October 14, 2018`.

    Without a year it is the latest such day that is not in the future.
    """
    rest = [index for index, word in enumerate(words) if word not in language.date_fillers]
    if len(rest) < 2:
        return None
    first, second = words[rest[0]], words[rest[1]]
    month, number = language.months.get(second), _ordinal(first, language)
    if month is None:
        month, number = language.months.get(first), _ordinal(second, language)
    if month is None or number is None:
        return None
    end = rest[1] + 1
    year = end + 1 if end < len(words) and tokens[at + end].kind is TokenKind.COMMA else end
    dated = year < len(words) and bool(_YEAR.fullmatch(words[year]))
    if dated:
        made, end = _date(int(words[year]), month, number), year + 1
    else:
        years = (_date(today.year - back, month, number) for back in range(9))
        made = next((one for one in years if one and one <= today), None)
    return (
        CalendarDay(at + end, made, sure=dated)
        if made
        else CalendarDay(at + end, None, ParseProblem.BAD_DATE, sure=dated)
    )


def _ordinal(word: str, language: Language) -> int | None:
    bare = next((word.removesuffix(end) for end in language.ordinals if word.endswith(end)), word)
    return int(bare) if bare.isascii() and bare.isdigit() and len(bare) <= 2 else None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
