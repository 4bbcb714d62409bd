"""The figures of a total or of the only row, drawn large. Pure.

What is unused leads, with the percentage beside it.
"""

from collections.abc import Sequence

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import line, note, small
from cards.parts.literal_text import literal
from cards.parts.share_text import (
    arithmetic,
    bar,
    beyond_in_words,
    figures_in_words,
    in_use,
    share_in_words,
    unused_in_words,
)
from cards.views.usage_views import Figures
from cards.wording.locale_words import LocaleWords


def figure_tile(figures: Figures, words: LocaleWords, told: Sequence[str] = (), title: str = "") -> Element:
    """Draw the number of unused licenses large, then what it is made of.

    `told` is what else a reader has to know about these figures, `title` whose they are if no heading says so. Bar and
    arithmetic are below both: a column beside the percentage may be narrower than a bar on a phone.
    """
    share = share_in_words(figures, words)
    right = [line(TextRun(text=share, size="large", weight="bolder"), horizontal_alignment="right")]
    said = ["" if figures.percent is None else "usage.of_share", "usage.of_all" if figures.several else ""]
    right += [note(words.say(each), spacing="none", horizontal_alignment="right") for each in said if each]
    columns = [
        Column(width="stretch", items=_leading(figures, words)),
        Column(width="auto", items=right, vertical_content_alignment="center"),
    ]
    cells = bar(figures, "large")
    return Container(
        style="emphasis",
        rounded_corners=True,
        spacing="medium",
        items=[
            *titled(title),
            ColumnSet(columns=columns),
            *([line(*cells, spacing="small")] if cells else []),
            *(note(each, spacing="none") for each in [*made_of(figures, words), *told] if each),
        ],
    )


def titled(title: str) -> list[Element]:
    """Draw whose figures these are, if the heading of the card does not say so."""
    return [line(TextRun(text=title, weight="bolder"))] if title else []


def total_line(figures: Figures, words: LocaleWords, told: Sequence[str] = ()) -> list[Element]:
    """Draw the total of a long list in small lines.

    There the names and numbers of the rows lead.
    """
    shares = [in_use(figures, words)]
    lead, *rest = [unused_in_words(figures, words), *shares] if figures.unused else shares
    below = made_of(figures, words)
    if rest and not figures.workload:
        # As in the rows below it: the percentage, then what it is made of.
        rest, below = [words.say("usage.row", share=rest[0], figures=below[0]), *rest[1:]], below[1:]
    return [
        line(TextRun(text=lead, weight="bolder"), *(small("  " + each) for each in rest), spacing="medium"),
        *(note(each, spacing="none") for each in [*below, *told] if each),
    ]


def made_of(figures: Figures, words: LocaleWords) -> list[str]:
    """Return what the percentage is made of, a text for each line.

    Of several workloads, the numbers are those of the one that is named.
    """
    if not figures.workload:
        return arithmetic(figures, words)
    named = {"workload": literal(figures.workload), "figures": figures_in_words(figures, words)}
    return [words.say("usage.of_workload", **named), *filter(None, [beyond_in_words(figures, words)])]


def _leading(figures: Figures, words: LocaleWords) -> list[Element]:
    """Draw the number that leads, and what it counts; "n/a" if no license is qualified."""
    if figures.percent is None:
        return [line(words.say("usage.none_qualified"))]
    number = TextRun(text=words.number(figures.unused), size="extraLarge", weight="bolder")
    what = words.say("usage.tile.unused", count=figures.unused)
    if figures.workload:
        workload = literal(figures.workload)
        what = words.say("usage.tile.unused.workload", count=figures.unused, workload=workload)
    return [line(number), line(what, spacing="none")]
