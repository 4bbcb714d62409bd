"""The texts, numbers, percentages and dates for one reader.

Depends on cards/locales and Babel. Unicode's plural rules choose between the forms of a text:
https://cldr.unicode.org/index/cldr-spec/plural-rules
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format, get_day_names
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from cards.wording import pseudo_locale as pseudo
from cards.wording.language_tag import language_of

SOURCE = "en"
# No partner has so many licenses. A larger number is a fault, and is shown as "over" instead of a long row of digits.
LARGEST = 10**12

# In place of texts about usage there are these about sold and assigned licenses: `usage.unused.seats`.
SEATS = "seats"

Text = str | Mapping[str, str]


class SafeFormatter(dict[str, str]):
    """The values for a text's placeholders.

    A missing value is shown as an ellipsis and is never an error.
    """

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class LocaleWords:
    """The texts of one locale. `locale` is a BCP 47 tag such as "en-US".

    Create it with `LocaleWords.load`. With `about`, a text `<key>.<about>` is said in place of `<key>` where there is
    one: the same figures are called otherwise if they are of sold licenses.
    """

    locale: str
    texts: Mapping[str, Text] = field(repr=False)
    babel: Locale = field(repr=False)
    about: str = ""

    @classmethod
    def load(cls, locale: str) -> "LocaleWords":
        """Load the texts for `locale`.

        An unknown country falls back to the language, that to English.
        """
        wanted = locale.strip().replace("_", "-")
        if wanted.casefold() == pseudo.LOCALE:
            return cls(pseudo.LOCALE, _pseudo(), Locale(SOURCE))
        language = language_of(wanted)
        if language not in available():
            return cls(SOURCE, _texts(SOURCE), Locale(SOURCE))
        try:
            babel = Locale.parse(wanted, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            babel = Locale(language)
        return cls(str(babel).replace("_", "-"), _texts(language), babel)

    @property
    def tag(self) -> str:
        """Return the locale with a region, as services want it: "en-US" for "en"."""
        likely = get_global("likely_subtags").get(self.locale, "")
        return self.locale if self.babel.territory or not likely else f"{self.language}-{likely.split('_')[-1]}"

    @property
    def language(self) -> str:
        """Return two or three letters. A card's `lang` allows no more."""
        return language_of(self.locale)

    def of_seats(self, seats: bool) -> "LocaleWords":
        """Return the words for figures of sold licenses if `seats`, else these."""
        return replace(self, about=SEATS) if seats and not self.about else self

    def has(self, key: str) -> bool:
        """Return True if there is a text for `key`."""
        return key in self.texts

    def say(self, key: str, /, **values: object) -> str:
        """Return the text for `key`, with its placeholders filled from `values`.

        An int is formatted as a number, and `count` chooses the plural form. Raises KeyError when there is no such
        text.
        """
        text = (self.texts.get(f"{key}.{self.about}") if self.about else None) or self.texts[key]
        count = values.get("count", 0)
        if not isinstance(text, str):
            form = self.babel.plural_form(min(abs(count), LARGEST) if isinstance(count, int) else 0)
            text = text.get(form, text["other"])
        return text.format_map(SafeFormatter({name: self._value(value) for name, value in values.items()}))

    def number(self, value: int) -> str:
        """Format a count with the locale's separators."""
        if abs(value) > LARGEST:
            return (">" if value > 0 else "<-") + str(format_decimal(LARGEST, locale=self.babel))
        return str(format_decimal(value, locale=self.babel))

    def percent(self, whole: int | None) -> str:
        """Format a whole percentage, None as "n/a"."""
        if whole is None:
            return self.say("usage.not_available")
        return str(format_percent(Decimal(min(max(whole, 0), 100)) / 100, locale=self.babel))

    def exact_percent(self, share: float) -> str:
        """Format a percentage of a question with all of its decimals: 0.125 is "12.5%"."""
        return str(format_percent(Decimal(repr(share)), locale=self.babel, decimal_quantization=False))

    def short_date(self, day: date) -> str:
        """Format a day with a short name of the month, in one line: "Sep 28, 2018"."""
        return "\N{NO-BREAK SPACE}".join(str(format_skeleton("yMMMd", day, locale=self.babel)).split())

    def month_day(self, day: date) -> str:
        """Format a day without its year, in one line: "Sep 28"."""
        return "\N{NO-BREAK SPACE}".join(str(format_skeleton("MMMd", day, locale=self.babel)).split())

    def date(self, day: date) -> str:
        """Format a day with the month as a word.

        10/11 has two meanings, depending on the reader.
        """
        return str(format_date(day, format="long", locale=self.babel))

    def time(self, at: time) -> str:
        """Format a time of day with 12 or 24 hours, as the locale does."""
        return str(format_time(at.replace(tzinfo=None), format="short", locale=self.babel))

    def moment(self, at: datetime) -> str:
        """Format a day with its weekday, and a time."""
        day = format_date(at.date(), format="full", locale=self.babel)
        pattern = str(get_datetime_format("full", locale=self.babel)).replace("'", "")
        return pattern.replace("{0}", self.time(at.time())).replace("{1}", str(day))

    def weekday(self, day: int) -> str:
        """Return the name of a day of the week; 0 is Monday."""
        return str(get_day_names("wide", locale=self.babel)[day % 7])

    def one_of(self, choices: Sequence[str]) -> str:
        """Join with "or": "a, b, or c"."""
        return str(format_list(list(choices), style="or", locale=self.babel)) if choices else ""

    def all_of(self, items: Sequence[str]) -> str:
        """Join with "and": "a, b, and c"."""
        return str(format_list(list(items), locale=self.babel)) if items else ""

    def _value(self, value: object) -> str:
        return self.number(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def is_locale(tag: str) -> bool:
    """Return True if there are texts in the language, and the region exists."""
    if tag.casefold() == pseudo.LOCALE:
        return True
    try:
        return Locale.parse(tag, sep="-").language in available()
    except (UnknownLocaleError, ValueError, TypeError):
        return False


@cache
def available() -> tuple[str, ...]:
    """Return the languages that have a locale file."""
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
