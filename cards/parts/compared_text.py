"""Figures of two days for a reader: what changed. Pure.

Points are computed from the percentages that are shown. A direction is a sign and a word, never a color alone.
"""

from collections.abc import Sequence
from datetime import date

from cards.parts.change_text import change_in_words
from cards.parts.literal_text import literal
from cards.parts.row_text import unknown_in_words
from cards.parts.share_text import all_in_words, share_in_words
from cards.views.usage_views import ComparedView, Figures, ServiceDateView, UsageItem, UsageView
from cards.wording.locale_keys import counted_remark
from cards.wording.locale_words import LocaleWords

NO_CHANGE = frozenset({"new", "gone", "unknown"})
EXPLAINED_BELOW = frozenset({"repeated_rows", "unidentified_rows"})


def licenses_moved(before: Figures, after: Figures) -> int | None:
    """Return how many more qualified licenses are in use.

    None if the numbers are of several workloads.
    """
    return None if before.several or after.several else after.active - before.active


def points_moved(before: Figures, after: Figures) -> int | None:
    """Return by how many points the percentage rose; None if one of them is n/a."""
    return None if before.percent is None or after.percent is None else after.percent - before.percent


def points_arrow(before: Figures, after: Figures, words: LocaleWords) -> str:
    """Return "▼ 14 points", "" if the percentage is the same or not known."""
    moved = points_moved(before, after)
    return words.say(f"compare.points.{_direction(moved)}", count=abs(moved)) if moved else ""


def both_shares(before: Figures, after: Figures, words: LocaleWords) -> str:
    """Return "62% → 48%", the only one if they are equal, "" if neither is known."""
    shares = (share_in_words(before, words), share_in_words(after, words))
    if before.percent is None and after.percent is None:
        return ""
    return shares[0] if shares[0] == shares[1] else words.say("compare.shares", before=shares[0], after=shares[1])


def licenses_arrow(before: Figures, after: Figures, words: LocaleWords) -> str:
    """Return "▼ 14 active", "" if the number is the same or not known."""
    moved = licenses_moved(before, after)
    return words.say(f"compare.licenses.{_direction(moved)}", count=abs(moved)) if moved else ""


def leading_change(before: Figures, after: Figures, words: LocaleWords) -> str:
    """Return the change that leads: of licenses, points, or what is qualified.

    "No change" if nothing is different.
    """
    if before == after:
        return words.say("compare.same")
    lead = licenses_arrow(before, after, words) or points_arrow(before, after, words)
    return lead or _qualified_arrow(before, after, words) or words.say("compare.other")


def _qualified_arrow(before: Figures, after: Figures, words: LocaleWords) -> str:
    moved = 0 if before.several or after.several else after.qualified - before.qualified
    return words.say(f"compare.qualified.{_direction(moved)}", count=abs(moved)) if moved else ""


def item_change(item: UsageItem, words: LocaleWords) -> str:
    """Return what leads a row: "▼ 14 active", "New", "No change known"."""
    if item.before is None or item.change in NO_CHANGE:
        return words.say(f"compare.{item.change}") if item.change in NO_CHANGE else ""
    return leading_change(item.before, item.figures, words)


def item_lines(item: UsageItem, words: LocaleWords) -> list[str]:
    """Return the figures of both days, a text for each line.

    Of a row on one day only, those of that day.
    """
    if item.before is None or item.before == item.figures:
        return [all_in_words(item.figures, words)]
    return change_in_words(item.before, item.figures, words)


def days_compared(view: UsageView, words: LocaleWords) -> list[str]:
    """Return "Figures of October 14, compared with September 16".

    A text for each service if their days differ.
    """
    compared = view.compared
    if compared is None or compared.nothing:
        return []
    later, earlier = _days(view.as_of), _days(compared.as_of)
    if len(later) == len(earlier) == 1:
        return [words.say("compare.days", day=words.date(later[0]), before=words.date(earlier[0]))]
    return [
        words.say("compare.service", service=literal(each.service), day=words.date(each.day)) for each in compared.as_of
    ]


def days_in_heading(view: UsageView, words: LocaleWords) -> str:
    """Return "Sep 28, 2018 → Oct 28, 2018".

    "" if there are not two days: then other texts say what is compared.
    """
    compared = view.compared
    if compared is None or compared.nothing or compared.same_days or not is_one_line(view):
        return ""
    before, after = (words.short_date(_days(each)[0]) for each in (compared.as_of, view.as_of))
    return words.say("compare.heading", before=before, after=after)


def days_instead(view: UsageView, words: LocaleWords) -> list[str]:
    """Return "The newest figures up to September 30 are of September 28".

    A text for each day that was asked for and has no figures of its own.
    """
    compared = view.compared
    asked = [(each.last or each.day, view.as_of) for each in view.narrowed if each.kind in {"day", "range"}]
    if compared is not None and not (compared.nothing or compared.same_days or compared.outside):
        asked.insert(0, (compared.day, compared.as_of))
    found = [(day, _days(dates)) for day, dates in asked if day is not None]
    return [
        words.say("compare.asked", asked=words.date(day), day=words.date(days[0]))
        for day, days in found
        if len(days) == 1 and days[0] < day
    ]


def _days(dates: Sequence[ServiceDateView]) -> list[date]:
    return sorted({each.day for each in dates})


def is_one_line(view: UsageView) -> bool:
    """Return True if one line says the days of both figures."""
    compared = view.compared
    return compared is not None and len(_days(view.as_of)) == len(_days(compared.as_of)) == 1


def earlier_reservations(compared: ComparedView, words: LocaleWords) -> list[str]:
    """Return what is missing in the figures of the earlier day."""
    if compared.nothing:
        return [words.say("compare.nothing", day=words.date(compared.day))]
    told = [
        words.say("compare.earlier_day", remark=counted_remark(name, count, words))
        for name, count in compared.counted
        if name not in EXPLAINED_BELOW
    ]
    if compared.same_days:
        day = words.date(max(_days(compared.as_of)))
        told.append(words.say("compare.same_days", day=day))
        if compared.earlier_day is not None:
            told.append(words.say("compare.try_earlier", day=words.date(compared.earlier_day)))
    if compared.total is None:
        told.append(words.say("compare.total_unknown"))
    if compared.outside:
        told.append(words.say("compare.outside"))
    return told


def gone_lines(compared: ComparedView, words: LocaleWords) -> list[str]:
    """Return a text for each row that the earlier day alone has."""
    told = [
        words.say(
            "usage.summary",
            scope=_called(item),
            figures=", ".join(filter(None, [all_in_words(item.figures, words), unknown_in_words(item, words)])),
        )
        for item in compared.gone
    ]
    if (rest := compared.gone_total - len(compared.gone)) > 0:
        told.append(words.say("digest.more", count=rest))
    return told


def _called(item: UsageItem) -> str:
    return ", ".join(filter(None, [literal(item.name), literal(item.detail or "")]))


def _direction(moved: int) -> str:
    return "up" if moved > 0 else "down"
