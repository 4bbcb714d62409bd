"""Every word a person reads, and numbers, shares and dates as that person writes them. Knows cards/locales and Babel.

Unicode's plural rules decide between the forms of a text that has several: https://cldr.unicode.org/index/cldr-spec/plural-rules
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from math import isnan
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_datetime_format, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from cards.wording import pseudo_locale as pseudo

SOURCE = "en"
# Nobody has so many licenses; what is beyond is a fault, told as "over" rather than as a wall of digits.
LARGEST = 10**12
LARGEST_SHARE = 10**4

Text = str | Mapping[str, str]


class SafeFormatter(dict[str, str]):
    """What fills the blanks of a text; a blank nobody filled shows as an ellipsis and never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class LocaleWords:
    """The words of one locale. `locale` is a BCP 47 tag such as "en-US"; make one with `LocaleWords.load`."""

    locale: str
    texts: Mapping[str, Text] = field(repr=False)
    babel: Locale = field(repr=False)

    @classmethod
    def load(cls, locale: str) -> "LocaleWords":
        """The words for `locale`; a language or country unknown here falls back to its language, then to English."""
        wanted = locale.strip().replace("_", "-")
        if wanted.casefold() == pseudo.LOCALE:
            return cls(pseudo.LOCALE, _pseudo(), Locale(SOURCE))
        language = wanted.split("-")[0].casefold()
        if language not in available():
            return cls(SOURCE, _texts(SOURCE), Locale(SOURCE))
        try:
            babel = Locale.parse(wanted, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            babel = Locale(language)
        return cls(str(babel).replace("_", "-"), _texts(language), babel)

    @property
    def language(self) -> str:
        """Two or three letters, all that a card's `lang` may be."""
        return self.locale.split("-")[0]

    def has(self, key: str) -> bool:
        """Whether there is a text for `key`."""
        return key in self.texts

    def say(self, key: str, /, **values: object) -> str:
        """The text for `key`, its blanks filled from `values`; an int is written as a number, and `count` chooses
        between plural forms. KeyError if there is no such text."""
        text = self.texts[key]
        count = values.get("count", 0)
        if not isinstance(text, str):
            form = self.babel.plural_form(min(abs(count), LARGEST) if isinstance(count, int) else 0)
            text = text.get(form, text["other"])
        return text.format_map(SafeFormatter({name: self._value(value) for name, value in values.items()}))

    def number(self, value: int) -> str:
        """A count with the locale's separators."""
        if abs(value) > LARGEST:
            return (">" if value > 0 else "<-") + str(format_decimal(LARGEST, locale=self.babel))
        return str(format_decimal(value, locale=self.babel))

    def percent(self, share: float | None) -> str:
        """A share (a fraction) in whole percent, "n/a" for None. Never rounded to 0 % or to 100 % unless it is."""
        if share is None:
            return self.say("usage.not_available")
        if isnan(share) or abs(share) > LARGEST_SHARE:
            return ">" + self._percent(LARGEST_SHARE)
        shown = self._percent(share)
        if shown == self._percent(0) and share > 0:
            return "<" + self._percent(0.01)
        if shown == self._percent(1) and share != 1:
            return ">" + (shown if share > 1 else self._percent(0.99))
        return shown

    def date(self, day: date) -> str:
        """A day in full, the month as a word: 10/11 is two days, depending on the reader."""
        return str(format_date(day, format="long", locale=self.babel))

    def time(self, at: time) -> str:
        """A time on the clock, with 12 hours or 24 as the reader is used to."""
        return str(format_time(at.replace(tzinfo=None), format="short", locale=self.babel))

    def moment(self, at: datetime) -> str:
        """A day with its name, and a time."""
        day = format_date(at.date(), format="full", locale=self.babel)
        pattern = str(get_datetime_format("full", locale=self.babel)).replace("'", "")
        return pattern.replace("{0}", self.time(at.time())).replace("{1}", str(day))

    def weekday(self, day: int) -> str:
        """The name of a day of the week; Monday is 0."""
        return str(get_day_names("wide", locale=self.babel)[day % 7])

    def one_of(self, choices: Sequence[str]) -> str:
        """ "a, b, or c"."""
        return str(format_list(list(choices), style="or", locale=self.babel)) if choices else ""

    def all_of(self, items: Sequence[str]) -> str:
        """ "a, b, and c"."""
        return str(format_list(list(items), locale=self.babel)) if items else ""

    def _value(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)

    def _percent(self, share: float) -> str:
        return str(format_percent(share, locale=self.babel))


@cache
def available() -> tuple[str, ...]:
    """The languages there are words for."""
    files = (resources.files("cards") / "locales").iterdir()
    return tuple(sorted(file.name.removesuffix(".json") for file in files if file.name.endswith(".json")))


@cache
def _texts(language: str) -> Mapping[str, Text]:
    source = resources.files("cards") / "locales" / f"{language}.json"
    texts: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return texts


@cache
def _pseudo() -> Mapping[str, Text]:
    return pseudo.translate(_texts(SOURCE))
