"""A trend for a reader, in words. Pure."""

from collections.abc import Sequence
from datetime import date

from cards.parts.day_text import age_in_words
from cards.parts.literal_text import literal
from cards.parts.scope_text import scope_in_words
from cards.parts.share_text import (
    all_in_words,
    beyond_in_words,
    figures_in_words,
    in_use,
    share_in_words,
    short_in_words,
    unused_in_words,
)
from cards.views.kinds.trend_view import TrendPointView, TrendView
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

NAMES = 5
ACTIVE = "active"
ROOM = 11  # characters beside the bar of a row on a phone
_TWO = 2


def day_label(day: date, view: TrendView, words: LocaleWords) -> str:
    """Return "Sep 28", with its year if the days of the trend are in several years."""
    years = {each.day.year for each in view.points}
    return words.month_day(day) if len(years) == 1 else words.short_date(day)


def number_of(figures: Figures, view: TrendView, words: LocaleWords) -> str:
    """Return what a row says of its day: "62 of 100", "62", or "62%".

    A percentage if there are several workloads. "62" if what is qualified never changes, which another text says, or if
    it has no room beside a bar.
    """
    if view.shares:
        return share_in_words(figures, words)
    if view.measure != ACTIVE:
        return words.number(height(figures, view) or 0)
    every = [each.figures for each in view.known if each.figures is not None]
    texts = [short_in_words(each, words) for each in every]
    if len({each.qualified for each in every}) == 1 or max(map(len, texts)) > ROOM:
        return words.number(figures.active)
    return short_in_words(figures, words)


def point_in_words(point: TrendPointView, view: TrendView, words: LocaleWords) -> str:
    """Return "September 28, 2018: 62%, 62 active of 100 qualified".

    Of a gap: that there are no figures.
    """
    if point.figures is None:
        told = words.say(f"trend.gap.{point.gap}")
    elif view.shares:
        told = in_use(point.figures, words)
    else:
        told = ", ".join([share_in_words(point.figures, words), figures_in_words(point.figures, words)])
    return words.say("trend.point", day=words.date(point.day), figures=told)


def summed_up(view: TrendView, words: LocaleWords) -> str:
    """Return the newest figures and the oldest ones in one sentence."""
    scope = ", ".join(scope_in_words(view.scope, view.narrowed, words))
    known = [(each.day, each.figures) for each in view.known if each.figures is not None]
    if not known:
        return words.say("trend.summary.none", scope=scope)
    (first, before), (last, after) = known[0], known[-1]
    if len(known) < _TWO:
        return words.say("trend.summary.one", scope=scope, figures=all_in_words(after, words), day=words.date(last))
    told = [_all_of_day(each, view, words) for each in (before, after)]
    days = {"earlier": words.date(first), "day": words.date(last)}
    return words.say("trend.summary", scope=scope, before=told[0], after=told[1], **days)


def _all_of_day(figures: Figures, view: TrendView, words: LocaleWords) -> str:
    """Return the figures of a day as the summary says them."""
    if view.shares:
        return in_use(figures, words)
    shown = unused_in_words(figures, words) if view.measure == "unused" else ""
    return ", ".join(filter(None, [shown, figures_in_words(figures, words)]))


def explained(view: TrendView, words: LocaleWords) -> list[str]:
    """Return what a reader has to know about the line, a text for each.

    The highest and the lowest figures, what is qualified, what the line leaves out, and what came or went.
    """
    told = [
        age_in_words(view.age, words),
        words.say("trend.outside") if view.outside else "",
        words.say("trend.not_added") if view.several and view.measure not in (ACTIVE, "share") else "",
        words.say(f"trend.every.{view.step}", count=view.every) if view.every > 1 else "",
        *_extremes(view, words),
        *_newest(view, words),
        *(_gaps(kind, view, words) for kind in ("none", "failed", "incomplete")),
        _seen(view, words),
        _mixed(view, words),
        _changed("trend.came", view.came, view, words),
        _changed("trend.gone", view.gone, view, words),
    ]
    return [each for each in told if each]


def _extremes(view: TrendView, words: LocaleWords) -> list[str]:
    known = [(each.day, each.figures) for each in view.known if each.figures is not None]
    if len(known) < _TWO:
        return [words.say("trend.one")] if known else []
    told = []
    ranked = [(height(figures, view), day, figures) for day, figures in known]
    heights = [(height, day, figures) for height, day, figures in ranked if height is not None]
    if heights and len({height for height, *_ in heights}) > 1:
        high, low = (
            max(heights, key=lambda each: each[:2]),
            min(heights, key=lambda each: (each[0], -each[1].toordinal())),
        )
        shown = [share_in_words(each[2], words) if view.shares else words.number(each[0]) for each in (high, low)]
        days = [day_label(each[1], view, words) for each in (high, low)]
        told.append(words.say("trend.range", high=shown[0], high_day=days[0], low=shown[1], low_day=days[1]))
    if not view.several and view.measure != "qualified":
        told.append(_qualified([figures for _, figures in known], words))
    return told


def height(figures: Figures, view: TrendView) -> int | None:
    """Return the number that is shown of a day.

    None if it is a percentage that there is not.
    """
    if view.shares:
        return figures.percent
    numbers = {"qualified": figures.qualified, "unused": figures.unused, "beyond": figures.beyond}
    return numbers.get(view.measure, figures.active)


def _qualified(figures: Sequence[Figures], words: LocaleWords) -> str:
    """Return how many licenses are qualified: they move the percentage too."""
    before, after = figures[0].qualified, figures[-1].qualified
    if {each.qualified for each in figures} == {after}:
        return words.say("trend.qualified.same", count=after)
    return words.say("trend.qualified.moved", before=before, after=after)


def _newest(view: TrendView, words: LocaleWords) -> list[str]:
    """Return the newest figures with their day: of several workloads, the worst of them is named."""
    last = view.known[-1] if len(view.known) > 1 else None
    if last is None or last.figures is None:
        return []
    if view.several:
        return [words.say("trend.newest", day=words.date(last.day), figures=all_in_words(last.figures, words))]
    return list(filter(None, [beyond_in_words(last.figures, words)]))


def _gaps(kind: str, view: TrendView, words: LocaleWords) -> str:
    days = [words.date(each.day) for each in view.points if each.figures is None and each.gap == kind]
    return words.say(f"trend.gaps.{kind}", days=words.all_of(days)) if days else ""


def _seen(view: TrendView, words: LocaleWords) -> str:
    told = [
        words.say("trend.seen.day", day=words.date(each.day), seen=words.date(each.seen))
        for each in view.points
        if each.seen is not None
    ]
    return words.say("trend.seen", days=words.all_of(told)) if told else ""


def _mixed(view: TrendView, words: LocaleWords) -> str:
    """Return which points have services with figures of an older day."""
    told = [
        words.say("trend.mixed.day", day=words.date(each.day), oldest=words.date(each.oldest))
        for each in view.points
        if each.oldest is not None
    ]
    return words.say("trend.mixed", days=words.all_of(told)) if told else ""


def _changed(key: str, names: Sequence[str], view: TrendView, words: LocaleWords) -> str:
    if not names or not view.known:
        return ""
    shown = [literal(each) for each in names[:NAMES]]
    if (more := len(names) - len(shown)) > 0:
        shown.append(words.say("trend.more", count=more))
    return words.say(key, day=words.date(view.known[0].day), names=words.all_of(shown))
