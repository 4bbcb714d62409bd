"""The rows of figures on a card. Pure.

A row has a name, below it a bar with its figures, and at the right the number of unused licenses.
Each line is a block of its own. A run of text that begins with a line break is reported as not drawn on Android:
https://github.com/microsoft/AdaptiveCards/issues/4914
"""

from collections.abc import Sequence
from datetime import date

from cards.elements import Column, ColumnSet, Element, Execute
from cards.parts.card_frame import NAMELESS, figures_line, line, note, row_name, small, tap
from cards.parts.literal_text import literal
from cards.parts.row_text import TAPPABLE, own_remarks
from cards.parts.share_text import bar, beyond_in_words, leading_in_words, share_in_words, short_in_words
from cards.views.usage_views import Figures, UsageItem
from cards.wording.locale_keys import dimension
from cards.wording.locale_words import LocaleWords

BY_LIMIT = 5
UNBROKEN = 12  # characters of a number that stays on one line
BETWEEN_NAMES = ", "

# The texts above the rows: of the figures, without dimensions and with them, and of the numbers at the right.
NOW = ("usage.head", "usage.head.by", "usage.head.number")
ACTIVE = ("compare.head", "compare.head.by", "compare.head.active")
CHANGES = ("compare.head", "compare.head.by", "compare.head.number")
UNNUMBERED = ("compare.head", "compare.head.by", "")


def rows_head(by: Sequence[str], words: LocaleWords, texts: tuple[str, str, str] = NOW) -> Element:
    """Draw by which dimensions the rows are listed, and what their numbers are.

    They are unused licenses (`NOW`), how many more are active (`ACTIVE`), or points and licenses (`CHANGES`). If no
    row has a number, there is nothing to name (`UNNUMBERED`).
    """
    named = words.all_of([dimension(each, words) for each in by[:BY_LIMIT]])
    unnamed, by_name, number = texts
    told = words.say(by_name, by=named[:1].upper() + named[1:]) if named else words.say(unnamed)
    columns = [
        Column(width="stretch", items=[note(told)]),
        *([Column(width="auto", items=[note(words.say(number))])] if number else []),
    ]
    return ColumnSet(columns=columns, spacing="medium")


def figure_row(
    item: UsageItem,
    words: LocaleWords,
    newest: date | None,
    *,
    first: bool,
    quiet: bool = False,
    tappable: bool = False,
) -> Element:
    """Draw a row; with a `quiet` bar in a long list.

    Below the bar is what a reader has to know about the row.
    """
    figures = item.figures
    number = words.say("usage.not_available") if figures.percent is None else words.number(figures.unused)
    below = [
        *_of_one_workload(figures, words),
        *filter(None, [beyond_in_words(figures, words)]),
        *own_remarks(item, words, newest),
    ]
    told = [
        row_name(literal(item.name) or NAMELESS),
        *([note(detail, spacing="none")] if (detail := literal(item.detail or "")) else []),
        _share_line(figures, words, quiet=quiet),
        *(note(each, spacing="none") for each in below),
    ]
    leading = leading_in_words(figures, words)
    if quiet:  # what the number at the right says
        leading = leading[-1:] if figures.several else leading[:1]
    opened = row_tap(item, ", ".join(leading), words) if tappable else None
    beside = with_sign(number, opened, words)
    columns = [
        Column(width="stretch", items=told),
        Column(width="auto", items=[figures_line(beside, wrap=len(beside) > UNBROKEN, weight="bolder")]),
    ]
    height = TAPPABLE if opened else None
    return ColumnSet(columns=columns, separator=not first or None, select_action=opened, min_height=height)


def row_tap(item: UsageItem, figures: str, words: LocaleWords) -> Execute | None:
    """Return what a tap on the row does, with a sentence that says which row it is."""
    called = BETWEEN_NAMES.join(filter(None, [literal(item.name, 60) or NAMELESS, literal(item.detail or "", 60)]))
    return tap(words.say("usage.tap", name=called, figures=figures), item.open)


def with_sign(text: str, opened: Execute | None, words: LocaleWords) -> str:
    """Return the text at the right of a row, with the sign that a tap opens it."""
    return text if opened is None else words.say("usage.opens", text=text)


def _share_line(figures: Figures, words: LocaleWords, *, quiet: bool) -> Element:
    """Draw the bar and "62% · 62 of 100", of several workloads "62% · all workloads"."""
    share = share_in_words(figures, words)
    beside = words.say("usage.of_all") if figures.several else short_in_words(figures, words)
    told = words.say("usage.row", share=share, figures=beside)
    cells = bar(figures, "small")
    if quiet or not cells:
        drawn = "  ".join([*(run.text for run in cells), told])
        return figures_line(drawn, size="small", subtle=True, spacing="none")
    return line(*cells, small("  " + told), spacing="none")


def _of_one_workload(figures: Figures, words: LocaleWords) -> list[str]:
    """Return the figures of the workload that is named.

    The number beside the row is of it alone.
    """
    if not figures.workload:
        return []
    return [words.say("usage.of_workload", workload=literal(figures.workload), figures=short_in_words(figures, words))]
