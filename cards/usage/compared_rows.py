"""The rows and the total of the usage card if it compares two days. Pure.

The change leads: how many licenses more or fewer are in use. The figures of both days are below. A direction is a sign
and a state is a word, never a color.
"""

from collections.abc import Sequence
from datetime import date

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import NAMELESS, line, note, row_name
from cards.parts.change_text import numbers_in_words
from cards.parts.compared_text import (
    NO_CHANGE,
    both_shares,
    gone_lines,
    item_change,
    leading_change,
    licenses_moved,
    points_arrow,
    points_moved,
)
from cards.parts.literal_text import literal
from cards.parts.row_text import TAPPABLE, own_remarks
from cards.parts.share_text import all_in_words, share_in_words
from cards.usage.figure_rows import ACTIVE, CHANGES, UNNUMBERED, row_tap, with_sign
from cards.usage.figure_tile import titled
from cards.views.usage_views import ComparedView, Figures, UsageItem
from cards.wording.locale_words import LocaleWords


def compared_tile(
    before: Figures, after: Figures, words: LocaleWords, told: Sequence[str] = (), title: str = ""
) -> Element:
    """Draw the total of both days, or the only row.

    `told` is what else a reader has to know about these figures, `title` whose they are if no heading says so.
    """
    share = share_in_words(after, words)
    # If no licenses moved, the points lead already.
    points = (points_arrow(before, after, words) if licenses_moved(before, after) else "") or share
    both = both_shares(before, after, words)
    # A percentage alone beside a number of licenses reads as theirs.
    said = words.say("usage.of_share") if points == share and after.percent is not None else ""
    shares = [said, both if both != points else "", *([words.say("usage.of_all")] if after.several else [])]
    right = [
        line(TextRun(text=points, size="large", weight="bolder"), horizontal_alignment="right"),
        *(note(each, spacing="none", horizontal_alignment="right") for each in shares if each),
    ]
    columns = [
        Column(width="stretch", items=_leading(before, after, words)),
        Column(width="auto", items=right, vertical_content_alignment="center"),
    ]
    below = [*_numbers(before, after, words), *told]
    return Container(
        style="emphasis",
        rounded_corners=True,
        spacing="medium",
        items=[*titled(title), ColumnSet(columns=columns), *(note(each, spacing="none") for each in below if each)],
    )


def compared_row(
    item: UsageItem, words: LocaleWords, newest: date | None, *, first: bool, tappable: bool = False
) -> Element:
    """Draw a row with the figures of both days.

    The change of the active licenses is at the right.
    """
    moved = _arrow(item, words)
    state = "" if moved else item_change(item, words)
    below = [*_row_lines(item, words), *own_remarks(item, words, newest)]
    left = [
        row_name(literal(item.name) or NAMELESS),
        *([note(detail, spacing="none")] if (detail := literal(item.detail or "")) else []),
        *([line(TextRun(text=state, size="small", weight="bolder"), spacing="none")] if state else []),
        *(note(each, spacing="none") for each in below),
    ]
    opened = row_tap(item, item_change(item, words), words) if tappable else None
    sign = with_sign(moved, opened, words).strip()
    right = [line(TextRun(text=sign, weight="bolder"))] if sign else []
    columns = [Column(width="stretch", items=left), *([Column(width="auto", items=right)] if right else [])]
    height = TAPPABLE if opened else None
    return ColumnSet(columns=columns, separator=not first or None, select_action=opened, min_height=height)


def gone_rows(compared: ComparedView, words: LocaleWords) -> list[Element]:
    """Draw the rows that the earlier day alone has."""
    if not compared.gone_total:
        return []
    title = line(TextRun(text=words.say("compare.gone_rows", count=compared.gone_total), weight="bolder"))
    texts = [note(each, spacing="none") for each in gone_lines(compared, words)]
    return [Container(items=[title, *texts], spacing="medium", separator=True)]


def _leading(before: Figures, after: Figures, words: LocaleWords) -> list[Element]:
    """Draw what leads: "▼ 14" and "active, was 62", or what changed if that did not."""
    moved = licenses_moved(before, after)
    if not moved:
        return [line(TextRun(text=leading_change(before, after, words), size="large", weight="bolder"))]
    number = TextRun(text=_sign(moved, words), size="extraLarge", weight="bolder")
    return [line(number), line(words.say("compare.was", before=before.active), spacing="none")]


def numbers_of_rows(items: Sequence[UsageItem]) -> tuple[str, str, str]:
    """Return the texts above the rows: what the numbers at their right are."""
    known = [(item.before, item.figures) for item in items if _is_known(item) and item.before is not None]
    licenses = [bool(licenses_moved(*both)) for both in known]
    points = [not moved and bool(points_moved(*both)) for both, moved in zip(known, licenses, strict=True)]
    return CHANGES if any(points) else ACTIVE if any(licenses) else UNNUMBERED


def _is_known(item: UsageItem) -> bool:
    return item.before is not None and item.change not in NO_CHANGE


def _arrow(item: UsageItem, words: LocaleWords) -> str:
    """Return "▼ 14", "▼ 5 points" if no licenses moved, "" if nothing moved or it is not known."""
    if item.before is None or not _is_known(item):
        return ""
    moved = licenses_moved(item.before, item.figures)
    return _sign(moved, words) if moved else points_arrow(item.before, item.figures, words)


def _sign(moved: int, words: LocaleWords) -> str:
    return words.say("compare.arrow.up" if moved > 0 else "compare.arrow.down", count=abs(moved))


def _numbers(before: Figures, after: Figures, words: LocaleWords) -> list[str]:
    return [all_in_words(after, words)] if before == after else numbers_in_words(before, after, words)


def _row_lines(item: UsageItem, words: LocaleWords) -> list[str]:
    """Return both percentages, then the numbers of both days; of one day, its figures."""
    if item.before is None or item.before == item.figures:
        return [all_in_words(item.figures, words)]
    both = both_shares(item.before, item.figures, words)
    same = both and both == share_in_words(item.figures, words)
    shares = [words.say("usage.in_use", share=both) if same else both]
    if licenses_moved(item.before, item.figures):  # else the points are at the right
        shares.append(points_arrow(item.before, item.figures, words))
    if item.figures.several:
        shares.append(words.say("usage.of_all"))
    told = " · ".join(filter(None, shares))
    return [*filter(None, [told]), *numbers_in_words(item.before, item.figures, words)]
