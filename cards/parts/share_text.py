"""Figures as a reader sees them: in words, as a share, and as a bar. Pure."""

from cards.elements import TextRun
from cards.views.answer_views import Figures
from cards.wording.locale_words import LocaleWords

CELLS = 10  # ten percent each, and on one line of a phone in every font
FULL, EMPTY = "▰", "▱"


def figures_in_words(figures: Figures, words: LocaleWords) -> str:
    """ "0 active of 1 qualified" """
    return words.say("usage.figures", active=figures.active, qualified=figures.qualified)


def share_in_words(figures: Figures, words: LocaleWords) -> str:
    """ "12%", "n/a" where nobody qualifies."""
    return words.percent(fraction(figures))


def bar(figures: Figures, before: str = "") -> list[TextRun]:
    """The share as a line of characters, which every client draws, told in words beside it; nothing for n/a."""
    share = fraction(figures)
    if share is None:
        return []
    full = round(min(max(share, 0.0), 1.0) * CELLS)
    # Something is never drawn as nothing, and not quite everything never as everything.
    full = min(max(full, 1 if share > 0 else 0), CELLS - 1 if share < 1 else CELLS)
    empty = EMPTY * (CELLS - full)
    if not full:
        return [TextRun(text=before + empty, subtle=True)]
    return [
        TextRun(text=before + FULL * full, color="accent"),
        *([TextRun(text=empty, subtle=True)] if empty else []),
    ]


def fraction(figures: Figures) -> float | None:
    """The share; infinite where the figures are beyond what a float can hold."""
    try:
        return figures.share
    except OverflowError:
        return float("inf")
