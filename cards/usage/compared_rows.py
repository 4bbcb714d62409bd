"""The rows and the total of the usage card if it compares two days. Pure.

Numbers lead: how many licenses more or fewer are in use. The figures of both days are below.
"""

from datetime import date

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import NAMELESS, button, line, small
from cards.parts.change_text import change_in_words
from cards.parts.compared_text import gone_lines, item_changes, item_lines, leading_change, points_arrow
from cards.parts.literal_text import literal
from cards.parts.row_text import own_remarks
from cards.parts.share_text import all_in_words, bar, share_in_words
from cards.views.usage_views import ComparedView, Figures, UsageItem
from cards.wording.locale_words import LocaleWords


def compared_tile(title: str, detail: str, before: Figures, after: Figures, words: LocaleWords) -> Element:
    """Draw the total of both days, or the only row."""
    lead = leading_change(before, after, words)
    figures = [all_in_words(after, words)] if before == after else change_in_words(before, after, words)
    label = [
        line(TextRun(text=title, weight="bolder"), *_below(detail)),
        line(TextRun(text=lead, size="large", weight="bolder"), spacing="none"),
        *(line(small(each), spacing="none") for each in figures),
    ]
    columns = [
        Column(width="stretch", items=label),
        Column(
            width="auto",
            items=_share(after, words, "extraLarge", points_arrow(before, after, words)),
            vertical_content_alignment="center",
        ),
    ]
    return Container(style="emphasis", spacing="medium", items=[ColumnSet(columns=columns)])


def compared_row(item: UsageItem, words: LocaleWords, newest: date | None, *, first: bool) -> Element:
    """Draw a row with the figures of both days."""
    text = [
        line(TextRun(text=literal(item.name) or NAMELESS, weight="bolder"), *_below(literal(item.detail or ""))),
        line(TextRun(text=item_changes(item, words), weight="bolder"), spacing="none"),
        *([line(*bar(item.figures), spacing="none")] if item.figures.percent is not None else []),
        *(line(small(each), spacing="none") for each in item_lines(item, words)),
        *(line(run, spacing="none") for run in own_remarks(item, words, newest)),
    ]
    columns = [
        Column(width="stretch", items=text),
        Column(width="auto", items=_share(item.figures, words, "default")),
    ]
    return ColumnSet(columns=columns, separator=not first or None, spacing="small" if first else "medium")


def compared_narrow_row(item: UsageItem, words: LocaleWords, newest: date | None, *, first: bool) -> Element:
    """Draw the row as one text without columns, so that more fit on a card."""
    told = [item_changes(item, words), *item_lines(item, words)]
    return line(
        literal(item.name) or NAMELESS,
        *_below(literal(item.detail or "")),
        TextRun(text="\n" + told[0], size="small", weight="bolder"),
        *(small(" · " + each) for each in told[1:]),
        *own_remarks(item, words, newest),
        separator=not first or None,
        spacing="small",
    )


def gone_rows(compared: ComparedView, words: LocaleWords) -> list[Element]:
    """Draw the rows that the earlier day alone has."""
    if not compared.gone_total:
        return []
    title = line(TextRun(text=words.say("compare.gone_rows", count=compared.gone_total), weight="bolder"))
    texts = [line(small(each), spacing="none") for each in gone_lines(compared, words)]
    return [Container(items=[title, *texts], spacing="medium", separator=True)]


def earlier_button(compared: ComparedView, words: LocaleWords) -> list[Element]:
    """Draw the button that compares with an earlier day.

    It is there if the figures of both days are the same.
    """
    if compared.earlier is None or compared.earlier_day is None:
        return []
    made = button(words.say("compare.earlier"), compared.earlier)
    return [] if made is None else [made]


def _share(figures: Figures, words: LocaleWords, size: str, moved: str = "") -> list[Element]:
    share = TextRun(text=share_in_words(figures, words), size=size, weight="bolder")
    below = [moved, *([words.say("usage.of_all")] if figures.several else [])]
    return [
        line(share, horizontal_alignment="right"),
        *(line(small(each), spacing="none", horizontal_alignment="right") for each in below if each),
    ]


def _below(detail: str) -> list[TextRun]:
    return [small("\n" + detail)] if detail else []
