"""Figures for a reader: as text, as a percentage, and as a bar. Pure.

The number that leads is what is unused; the percentage follows, then the arithmetic.
"""

import re

from cards.elements import TextRun
from cards.parts.literal_text import literal
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords

CELLS = 10  # ten percent each; they fit on one line of a phone in every font
UNBROKEN = 17  # characters
_BETWEEN_WORDS = re.compile(r"(?<!\d)\u00a0|\u00a0(?!\d)")  # in Hungarian, one is also between thousands
FULL, EMPTY = "▰", "▱"


def unused_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "38 unused", or "Teams: 38 unused" if a workload is named.

    "" if no license is qualified: none can be unused.
    """
    if figures.percent is None:
        return ""
    unused = words.say("usage.unused", count=figures.unused)
    if not figures.workload:
        return unused
    return words.say("usage.of_workload", workload=literal(figures.workload), figures=unused)


def figures_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "62 active of 100 qualified"."""
    return words.say("usage.figures", active=figures.active, qualified=figures.qualified)


def beyond_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "11 more active without a qualified license", "" if there are none."""
    return words.say("usage.beyond", count=figures.beyond) if figures.beyond else ""


def arithmetic(figures: Figures, words: LocaleWords) -> list[str]:
    """Return what the percentage is made of, a text for each line."""
    return [figures_in_words(figures, words), *filter(None, [beyond_in_words(figures, words)])]


def short_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "62 of 100", where the reader knows that it is active of qualified.

    It stays on one line if it is as short as that.
    """
    told = words.say("usage.short", active=figures.active, qualified=figures.qualified)
    return told if len(told) <= UNBROKEN else _BETWEEN_WORDS.sub(" ", told)


def share_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "12%", or "n/a" if no license qualifies."""
    return words.percent(figures.percent)


def all_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return everything in one line: "3 unused, 63%, 5 active of 8 qualified".

    Of several workloads: "71% in use over all workloads, Teams: 38 unused, 62 active of 100 qualified".
    """
    return ", ".join([*leading_in_words(figures, words), *arithmetic(figures, words)])


def preview_in_words(figures: Figures | None, words: LocaleWords) -> str:
    """Return "38 unused · 62 of 100"; what to do instead if the figures are not known."""
    if figures is None:
        return words.say("extension.no_figures")
    if figures.percent is None:
        return words.say("usage.none_qualified")
    return words.say(
        "extension.preview", unused=unused_in_words(figures, words), active=figures.active, qualified=figures.qualified
    )


def leading_in_words(figures: Figures, words: LocaleWords) -> list[str]:
    """Return ["3 unused", "63%"].

    Of several workloads: ["71% in use over all workloads", "Teams: 38 unused"].
    A percentage of several workloads must not be within the figures of one.
    """
    unused = unused_in_words(figures, words)
    first = [in_use(figures, words), unused] if figures.several else [unused, share_in_words(figures, words)]
    return [each for each in first if each]


def in_use(figures: Figures, words: LocaleWords) -> str:
    """Return "62% in use", "62% in use over all workloads", or "n/a".

    Beside a number of licenses, a percentage alone reads as theirs.
    """
    share = share_in_words(figures, words)
    return share if figures.percent is None else over_all(words.say("usage.in_use", share=share), figures, words)


def over_all(share: str, figures: Figures, words: LocaleWords) -> str:
    """Return a text with a percentage, which says so if that is of several workloads.

    The numbers beside it are of one of them.
    """
    return words.say("usage.over_all", share=share) if figures.several else share


def bar(figures: Figures, size: str = "default") -> list[TextRun]:
    """Return the percentage as a bar of characters, which every client draws.

    [] for n/a.
    """
    return [] if figures.percent is None else [bar_of(figures.percent, size)]


def bar_of(percent: int, size: str = "default") -> TextRun:
    """Return a bar of a whole percentage, which is written beside it."""
    full = full_cells(percent, CELLS)
    return TextRun(text=FULL * full + EMPTY * (CELLS - full), size=size, color="accent")


def full_cells(percent: int, cells: int) -> int:
    """Return how many cells of a bar are full: none only at 0, all only at 100."""
    return min(max((percent * cells + 50) // 100, int(percent > 0)), cells - int(percent < 100))
