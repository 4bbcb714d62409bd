"""Figures for a reader: as text, as a percentage, and as a bar. Pure."""

from cards.elements import TextRun
from cards.views.answer_views import Figures
from cards.wording.locale_words import LocaleWords

CELLS = 10  # ten percent each; they fit on one line of a phone in every font
FULL, EMPTY = "▰", "▱"


def figures_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "0 active of 1 qualified"."""
    return words.say("usage.figures", active=figures.active, qualified=figures.qualified)


def share_in_words(figures: Figures, words: LocaleWords) -> str:
    """Return "12%", or "n/a" if no license qualifies."""
    return words.percent(fraction(figures))


def bar(figures: Figures, before: str = "") -> list[TextRun]:
    """Return the ratio as a bar of characters, which every client draws; [] for n/a.

    The percentage is written beside it.
    """
    share = fraction(figures)
    if share is None:
        return []
    full = round(min(max(share, 0.0), 1.0) * CELLS)
    # A ratio over 0 never looks empty, and a ratio below 1 never looks full.
    full = min(max(full, 1 if share > 0 else 0), CELLS - 1 if share < 1 else CELLS)
    empty = EMPTY * (CELLS - full)
    if not full:
        return [TextRun(text=before + empty, subtle=True)]
    return [
        TextRun(text=before + FULL * full, color="accent"),
        *([TextRun(text=empty, subtle=True)] if empty else []),
    ]


def fraction(figures: Figures) -> float | None:
    """Return the ratio; infinity if the figures exceed what a float can represent."""
    try:
        return figures.share
    except OverflowError:
        return float("inf")
