"""The days of figures, for a reader. Pure."""

from collections.abc import Sequence
from datetime import date

from cards.parts.literal_text import literal
from cards.views.usage_views import AgeView, UsageItem, UsageView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

AS_OF_LINES = 6


def as_of(view: UsageView, words: LocaleWords) -> list[str]:
    """Return the days of the figures, as texts.

    One text if all services were processed on one day, else one per day, or a range if there are many.
    """
    days: dict[object, list[str]] = {}
    for each in sorted(view.as_of, key=lambda each: each.service):
        days.setdefault(each.day, []).append(literal(each.service))
    if len(days) == 1 and view.as_of:
        return [words.say("usage.as_of", day=words.date(view.as_of[0].day))]
    if len(days) > AS_OF_LINES or len(view.as_of) > 3 * AS_OF_LINES:
        every = [each.day for each in view.as_of]
        return [words.say("usage.as_of.range", first=words.date(min(every)), last=words.date(max(every)))]
    ordered = sorted(view.as_of, key=lambda each: each.day, reverse=True)
    return [
        words.say("usage.as_of.service", service=words.all_of(days[day]), day=words.date(day))
        for day in dict.fromkeys(each.day for each in ordered)
    ]


def day_summary(view: UsageView, words: LocaleWords) -> str:
    """Return the day of the figures, or the first and the last; "" if no day is known."""
    days = [each.day for each in view.as_of]
    return days_in_words(days, words) if days else ""


def age(view: UsageView, words: LocaleWords) -> str:
    """Return "These figures are 3 months old", "" if they are not old."""
    return age_in_words(view.age, words)


def age_in_words(age: AgeView | None, words: LocaleWords) -> str:
    """Return "These figures are 3 months old", "" if they are not old."""
    if age is None:
        return ""
    which = "some" if age.some else "all"
    return words.say(key("usage.old", f"{which}.{age.unit}", f"{which}.years", words), count=age.count)


def older(view: UsageView, words: LocaleWords) -> list[str]:
    """Return "2 customers as of October 7, 2018" for each older day.

    Other customers have newer figures of the same service.
    """
    told = [words.say("usage.older", count=count, day=words.date(day)) for day, count in view.older[:AS_OF_LINES]]
    if rest := sum(count for _, count in view.older[AS_OF_LINES:]):
        told.append(words.say("usage.older.rest", count=rest))
    return told


def own_day(item: UsageItem, words: LocaleWords, newest: date | None) -> str:
    """Return a line with the days of a row.

    "" if they are the day of the heading, `newest`.
    """
    return "" if newest is None or not differs(item.days, newest) else days_in_words(item.days, words)


def differs(days: Sequence[date], newest: date | None) -> bool:
    """Return True if not all of a row's days are the day of the heading."""
    return any(day != newest for day in days)


def days_in_words(days: Sequence[date], words: LocaleWords) -> str:
    """Return "As of October 7, 2018", or the first and the last day."""
    first, last = min(days), max(days)
    if first == last:
        return words.say("usage.row.as_of", day=words.date(first))
    return words.say("usage.row.as_of.range", first=words.date(first), last=words.date(last))
