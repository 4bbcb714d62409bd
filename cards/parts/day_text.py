"""The days of figures, for a reader. Pure."""

from datetime import date

from cards.elements import TextRun
from cards.parts.card_frame import small
from cards.parts.literal_text import literal
from cards.views.usage_views import UsageItem, UsageView
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


def age(view: UsageView, words: LocaleWords) -> str:
    """Return "These figures are 3 months old", "" if they are not old."""
    if view.age is None:
        return ""
    which = "some" if view.age.some else "all"
    return words.say(key("usage.old", f"{which}.{view.age.unit}", f"{which}.years", words), count=view.age.count)


def older(view: UsageView, words: LocaleWords) -> list[str]:
    """Return "2 customers as of October 7, 2018" for each older day.

    Other customers have newer figures of the same service.
    """
    told = [words.say("usage.older", count=count, day=words.date(day)) for day, count in view.older[:AS_OF_LINES]]
    if rest := sum(count for _, count in view.older[AS_OF_LINES:]):
        told.append(words.say("usage.older.rest", count=rest))
    return told


def own_day(item: UsageItem, words: LocaleWords, newest: date | None) -> list[TextRun]:
    """Return a line with the day of a row that is older than the newest."""
    if not item.days or newest is None or item.days[0] == newest:
        return []
    first, last = item.days[0], item.days[-1]
    if first == last:
        return [small("\n" + words.say("usage.row.as_of", day=words.date(first)))]
    return [small("\n" + words.say("usage.row.as_of.range", first=words.date(first), last=words.date(last)))]
