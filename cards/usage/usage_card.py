"""The usage card. Pure.

What is unused comes first, then the percentage, then one row per item.
"""

from collections.abc import Callable, Sequence
from functools import partial

from cards.elements import Element
from cards.parts.card_frame import NAMELESS, Rendered, frame, line, note
from cards.parts.change_text import change_in_words
from cards.parts.compared_text import (
    days_compared,
    days_in_heading,
    days_instead,
    is_one_line,
    item_change,
    item_lines,
    leading_change,
)
from cards.parts.correction_text import corrections_in_words
from cards.parts.day_text import age, as_of, day_summary
from cards.parts.literal_text import literal
from cards.parts.long_list import drawn, hidden_note, page_note
from cards.parts.remark_text import draw_explanations, draw_reservations, reservations
from cards.parts.row_text import own_remarks, unknown_in_words
from cards.parts.scope_text import scope_in_words
from cards.parts.share_text import all_in_words
from cards.usage.compared_rows import compared_row, compared_tile, gone_rows, numbers_of_rows
from cards.usage.figure_rows import figure_row, rows_head
from cards.usage.figure_tile import figure_tile, total_line
from cards.usage.usage_buttons import PAGING, after_page, usage_buttons
from cards.usage.usage_head import BETWEEN, alone, lists_customers, usage_head
from cards.views.page_window import skipped
from cards.views.usage_views import ROWS_ON_CARD, UsageItem, UsageView
from cards.wording.locale_keys import key
from cards.wording.locale_words import LocaleWords

SCOPE_LIMIT = 300
SPOKEN_ROWS = 5
LINES = 12  # of a text without a card


def usage(view: UsageView, words: LocaleWords) -> Rendered:
    """Draw all rows if they fit.

    Else draw as many as fit of those that were not shown before.
    """
    words = words.of_seats(view.seats)
    return drawn(
        lambda before, count: _card(view, words, before, count),
        view.start,
        view.fresh,
        len(view.items),
        ROWS_ON_CARD,
        words,
    )


def summary(view: UsageView, words: LocaleWords) -> str:
    """Return the total and the day in one text.

    "TEST COMPANY, Exchange: 1 unused, 0%, 0 active of 1 qualified. As of …".
    """
    words = words.of_seats(view.seats)
    text = words.say(
        "usage.summary.selected" if view.selected else "usage.summary",
        count=view.matched,
        scope=", ".join(scoped(view, words)),
        figures=_total_in_words(view, words),
    )
    days = days_compared(view, words) or [day_summary(view, words)]
    told = [text, *days, *corrections_in_words(view.corrected, words)]
    return " ".join(filter(None, told))


def _total_in_words(view: UsageView, words: LocaleWords) -> str:
    total = None if view.compared is None else view.compared.total
    if total is None:
        return all_in_words(view.total, words)
    lead = leading_change(total, view.total, words)
    figures = [all_in_words(view.total, words)] if total == view.total else change_in_words(total, view.total, words)
    return ", ".join(filter(None, [lead, *figures]))


def lines(view: UsageView, words: LocaleWords) -> list[str]:
    """Return what is missing in the figures, then the rows that are new.

    The last text says how many more rows there are.
    """
    words = words.of_seats(view.seats)
    new = view.items[skipped(view.start, view.fresh, len(view.items)) :][:LINES] if view.matched > 1 else ()
    told = [*filter(None, [age(view, words)]), *reservations(view, words), *(_spoken(item, words) for item in new)]
    if (rest := view.matched - view.fresh - len(new)) > 0 and new:
        told.append(words.say("usage.hidden", count=rest))
    return told


def _card(view: UsageView, words: LocaleWords, before: int, count: int) -> Rendered:
    items = view.items[before : before + count]
    body: list[Element] = [*usage_head(view, words), *_figures(view, words)]
    if view.items and not alone(view):
        body.append(list_head(view, words))
        draw_row = row_of(view, tappable=True)
        body.extend(draw_row(item, words, view.newest, first=index == 0) for index, item in enumerate(items))
    if view.compared is not None and view.start + before + len(items) >= view.matched:
        body.extend(gone_rows(view.compared, words))
    body.extend(_foot(view, words, view.start + before, items))
    # A long list is read row by row: each is a button with a sentence.
    spoken_rows = () if lists_customers(view) else items[:SPOKEN_ROWS]
    rows = [_spoken(item, words) for item in spoken_rows if len(view.items) > 1]
    spoken = [summary(view, words), *reservations(view, words), *rows]
    # One row of a list has a way back, which the answer to a new question would not have.
    return frame(body, words, " ".join(spoken), view.again if view.back is None else None)


def _figures(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw the figures of all rows, then the days and what is missing.

    A reader may stop there.
    """
    told: list[Element] = [*dated(view, words), *draw_reservations(view, words)]
    if not view.items:
        nothing = view.compared is None or not view.compared.gone_total
        return [*told, *([line(words.say("usage.nothing"), spacing="medium")] if nothing else [])]
    if _is_plain(view):
        return [*total_line(view.total, words, _together(view, words)), *told]
    return [headline(view, words), *told]


def _is_plain(view: UsageView) -> bool:
    """Return True for a list of customers with the figures of one day."""
    return lists_customers(view) and (view.compared is None or view.compared.nothing)


def dated(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw the days of the figures; if they are old, how old in words."""
    old = age(view, words)
    compared = [] if days_in_heading(view, words) else days_compared(view, words)
    newest = [] if is_one_line(view) else as_of(view, words)
    days = [*newest, *compared, *days_instead(view, words), *([old] if old else [])]
    return [note(day, spacing="none" if index else "small") for index, day in enumerate(days)]


def headline(view: UsageView, words: LocaleWords, *, entitled: bool = False) -> Element:
    """Draw the total, or the only row.

    `entitled`: say whose figures they are, because no heading does.
    """
    title = _headline_title(view, words) if entitled else ""
    if view.compared is not None and (compared := _compared_headline(view, words, title)) is not None:
        return compared
    if alone(view):
        item = view.items[0]
        return figure_tile(item.figures, words, [unknown_in_words(item, words)], title)
    return figure_tile(view.total, words, [] if entitled else _together(view, words), title)


def _headline_title(view: UsageView, words: LocaleWords) -> str:
    """Return the name of the only row, or what the total adds."""
    if not alone(view):
        return total_in_words(view, words)
    item = view.items[0]
    return BETWEEN.join(filter(None, [literal(item.name) or NAMELESS, literal(item.detail or "")]))


def _together(view: UsageView, words: LocaleWords) -> list[str]:
    """Return what the total adds, if it is not the total of what the heading names."""
    return [total_in_words(view, words)] if view.selected else []


def _compared_headline(view: UsageView, words: LocaleWords, title: str) -> Element | None:
    """Draw the total of both days, or the only row; None if its change is not known."""
    item = view.items[0]
    if alone(view):
        if item.before is None:
            return compared_row(item, words, view.newest, first=True) if item.change else None
        return compared_tile(item.before, item.figures, words, own_remarks(item, words, view.newest), title)
    total = None if view.compared is None or view.compared.nothing else view.compared.total
    return (
        None
        if total is None
        else compared_tile(total, view.total, words, [] if title else _together(view, words), title)
    )


def list_head(view: UsageView, words: LocaleWords) -> Element:
    """Draw by which dimensions the rows are listed, and what their numbers are."""
    if view.compared is None or view.compared.nothing:
        return rows_head(view.by, words)
    return rows_head(view.by, words, numbers_of_rows(view.items))


def row_of(view: UsageView, *, tappable: bool = False) -> Callable[..., Element]:
    """Return what draws a row: of two days if they are compared."""
    if view.compared is not None and not view.compared.nothing:
        return partial(compared_row, tappable=tappable)
    return partial(figure_row, quiet=lists_customers(view), tappable=tappable)


def total_in_words(view: UsageView, words: LocaleWords) -> str:
    """Return what the total adds: "12 customers in total".

    "These 12 customers together" if they were selected by their figures. Without a number of customers, workloads … if
    the rows are not one for each.
    """
    room = "usage.selected" if view.selected else "usage.total"
    name = view.by[0] if len(view.by) == 1 else "any"
    return words.say(key(room, name, "any", words), count=view.matched)


def _foot(view: UsageView, words: LocaleWords, first: int, items: Sequence[UsageItem]) -> list[Element]:
    end = first + len(items)
    return [
        *(page_note(first, end, view.matched, words) if view.items else []),
        *(hidden_note(after_page(view, first, end), end, view.matched, PAGING, words) if view.items else []),
        *draw_explanations(view, words, [item.figures for item in items]),
        *usage_buttons(view, first, end, words),
    ]


def scoped(view: UsageView, words: LocaleWords) -> list[str]:
    """Return the names that the question asks about and what else narrows it."""
    return scope_in_words(view.scope, view.narrowed, words)


def _spoken(item: UsageItem, words: LocaleWords) -> str:
    called = ", ".join(filter(None, [literal(item.name) or NAMELESS, literal(item.detail or "")]))
    told = [item_change(item, words), *item_lines(item, words)] if item.change else [all_in_words(item.figures, words)]
    told.append(unknown_in_words(item, words))
    return words.say("usage.summary", scope=called, figures=", ".join(filter(None, told)))
