"""A change of figures for a reader. Pure.

A change of the qualified licenses is shown beside the change of the active ones, because both change the percentage.
Points are the difference of the percentages that are shown.
"""

from cards.parts.literal_text import literal
from cards.parts.share_text import arithmetic, figures_in_words, in_use, over_all, share_in_words, unused_in_words
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords


def change_in_words(before: Figures, after: Figures, words: LocaleWords) -> list[str]:
    """Return what changed, a text for each line.

    Numbers of licenses are compared only if both are of the same workload.
    """
    if before.several or after.several:
        return _of_several(before, after, words)
    return [*_numbers(before, after, words), *filter(None, [points_in_words(before, after, words)])]


def numbers_in_words(before: Figures, after: Figures, words: LocaleWords) -> list[str]:
    """Return what changed in the numbers of licenses.

    Both percentages are drawn beside them.
    """
    if before.several or after.several:
        return _of_several(before, after, words)[1:]
    return _numbers(before, after, words)


def points_in_words(before: Figures, after: Figures, words: LocaleWords) -> str:
    """Return "62% → 48% in use (−14 points)".

    "" if both percentages are equal or one is n/a.
    """
    if before.percent is None or after.percent is None or before.percent == after.percent:
        return ""
    moved = after.percent - before.percent
    shares = {"before": share_in_words(before, words), "after": share_in_words(after, words)}
    return words.say("digest.points.up" if moved > 0 else "digest.points.down", count=abs(moved), **shares)


def _of_several(before: Figures, after: Figures, words: LocaleWords) -> list[str]:
    points = points_in_words(before, after, words)
    shares = [over_all(points, after, words) if points else in_use(after, words)]
    if before.workload != after.workload or not (before.several and after.several):
        return [*shares, ", ".join(filter(None, [unused_in_words(after, words), *arithmetic(after, words)]))]
    told = _numbers(before, after, words)
    return [*shares, words.say("usage.of_workload", workload=literal(after.workload), figures=", ".join(told))]


def _numbers(before: Figures, after: Figures, words: LocaleWords) -> list[str]:
    told = []
    if before.unused != after.unused:
        told.append(words.say("digest.change.unused", before=before.unused, count=after.unused))
    told.append(_active(before, after, words))
    if before.beyond != after.beyond:
        told.append(words.say("digest.change.beyond", before=before.beyond, count=after.beyond))
    return told


def _active(before: Figures, after: Figures, words: LocaleWords) -> str:
    if before.active == after.active:
        return _of_qualified(before, after, words)
    if before.qualified == after.qualified:
        return words.say("digest.change", before=before.active, after=after.active, qualified=after.qualified)
    return words.say(
        "digest.change.both",
        before=before.active,
        after=after.active,
        qualified_before=before.qualified,
        qualified=after.qualified,
    )


def _of_qualified(before: Figures, after: Figures, words: LocaleWords) -> str:
    """Return what is active, and what is qualified on both days."""
    if before.qualified == after.qualified:
        return figures_in_words(after, words)
    return words.say("digest.change.qualified", active=after.active, before=before.qualified, qualified=after.qualified)
