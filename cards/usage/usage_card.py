"""The usage card: active and qualified licenses, one row per item. Pure."""

from collections.abc import Callable, Sequence
from datetime import date

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import NAMELESS, Rendered, button, frame, heading, line, note, small
from cards.parts.card_size import BUDGET, size
from cards.parts.change_text import change_in_words
from cards.parts.compared_text import days_compared, is_one_line, item_change, item_lines, leading_change
from cards.parts.correction_text import corrections, corrections_in_words
from cards.parts.day_text import age, as_of, day_summary
from cards.parts.literal_text import literal
from cards.parts.long_list import Paging, drawn, page_foot
from cards.parts.remark_text import draw_explanations, draw_reservations, reservations
from cards.parts.row_text import own_remarks, unknown_in_words
from cards.parts.scope_text import scope_in_words
from cards.parts.share_text import all_in_words, arithmetic, bar, leading_in_words, share_in_words, unused_in_words
from cards.usage.compared_rows import compared_narrow_row, compared_row, compared_tile, earlier_button, gone_rows
from cards.views.page_window import skipped
from cards.views.usage_views import ROWS_MORE, ROWS_ON_CARD, Figures, UsageItem, UsageView
from cards.wording.locale_keys import dimension, key
from cards.wording.locale_words import LocaleWords

# With more rows than this they are drawn narrow, without a bar.
ROWS_WITH_BARS = 12
SCOPE_LIMIT = 300
SPOKEN_ROWS = 5
LINES = 12  # of a text without a card
BY_LIMIT = 5
PAGING = Paging(ROWS_MORE, ROWS_ON_CARD, "usage.hidden")


def usage(view: UsageView, words: LocaleWords) -> Rendered:
    """Draw the rows with bars if all fit, else without bars.

    If they do not fit either, draw as many as fit of the rows that were not shown before.
    """
    every = len(view.items)
    if every <= ROWS_WITH_BARS and size(card := _card(view, words, 0, every, bars=True)) < BUDGET:
        return card
    return drawn(
        lambda before, count: _card(view, words, before, count, bars=False),
        view.start,
        view.fresh,
        every,
        ROWS_ON_CARD,
        words,
    )


def summary(view: UsageView, words: LocaleWords) -> str:
    """Return the total and the day in one text.

    "TEST COMPANY, Exchange: 1 unused, 0%, 0 active of 1 qualified. As of …".
    """
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
    new = view.items[skipped(view.start, view.fresh, len(view.items)) :][:LINES] if view.matched > 1 else ()
    told = [*filter(None, [age(view, words)]), *reservations(view, words), *(_spoken(item, words) for item in new)]
    if (rest := view.matched - view.fresh - len(new)) > 0 and new:
        told.append(words.say("usage.hidden", count=rest))
    return told


def _card(view: UsageView, words: LocaleWords, before: int, count: int, *, bars: bool) -> Rendered:
    items = view.items[before : before + count]
    body: list[Element] = [*_head(view, words), *draw_reservations(view, words)]
    if not view.items:
        if view.compared is None or not view.compared.gone_total:
            body.append(line(words.say("usage.nothing"), spacing="medium"))
    elif alone(view):
        body.append(headline(view, words))
    else:
        body.append(headline(view, words))
        body.extend(by(view, words))
        draw_row = row_of(view, bars=bars)
        body.extend(draw_row(item, words, view.newest, first=index == 0) for index, item in enumerate(items))
    if view.compared is not None and view.start + before + len(items) >= view.matched:
        body.extend(gone_rows(view.compared, words))
    body.extend(_foot(view, words, view.start + before, items))
    rows = [_spoken(item, words) for item in items[:SPOKEN_ROWS] if len(view.items) > 1]
    spoken = [summary(view, words), *reservations(view, words), *rows]
    return frame(body, words, " ".join(spoken))


def _head(view: UsageView, words: LocaleWords) -> list[Element]:
    return [
        heading(words.say("usage.title"), size="small", weight="default", subtle=True),
        line(TextRun(text=" · ".join(scoped(view, words)), size="large", weight="bolder"), spacing="none"),
        *corrections(view.corrected, words),
        *dated(view, words),
    ]


def dated(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw the days of the figures; if they are old, how old in words."""
    old = age(view, words)
    days = [*([] if is_one_line(view) else as_of(view, words)), *days_compared(view, words)]
    return [note(day, spacing="none") for day in [*days, *([old] if old else [])]]


def alone(view: UsageView) -> bool:
    """Return True if there is exactly one row.

    It is the answer itself, and is drawn in place of the total.
    """
    return len(view.items) == 1 and view.matched <= 1


def headline(view: UsageView, words: LocaleWords) -> Element:
    """Draw the total, or the only row."""
    if view.compared is not None and (compared := _compared_headline(view, words)) is not None:
        return compared
    if alone(view):
        item = view.items[0]
        return _tile(literal(item.name), literal(item.detail or ""), item.figures, words, unknown_in_words(item, words))
    return _tile(total_in_words(view, words), "", view.total, words)


def _compared_headline(view: UsageView, words: LocaleWords) -> Element | None:
    """Draw the total of both days, or the only row; None if its change is not known."""
    item = view.items[0]
    if alone(view):
        if item.before is None:
            return compared_row(item, words, view.newest, first=True) if item.change else None
        return compared_tile(literal(item.name), literal(item.detail or ""), item.before, item.figures, words)
    total = None if view.compared is None or view.compared.nothing else view.compared.total
    return None if total is None else compared_tile(total_in_words(view, words), "", total, view.total, words)


def row_of(view: UsageView, *, bars: bool) -> Callable[..., Element]:
    """Return what draws a row: of two days if they are compared."""
    if view.compared is not None and not view.compared.nothing:
        return compared_row if bars else compared_narrow_row
    return row if bars else _narrow_row


def total_in_words(view: UsageView, words: LocaleWords) -> str:
    """Return what the total adds: "12 customers in total".

    "These 12 customers together" if they were selected by their figures. Without a number of customers, workloads … if
    the rows are not one for each.
    """
    room = "usage.selected" if view.selected else "usage.total"
    name = view.by[0] if len(view.by) == 1 else "any"
    return words.say(key(room, name, "any", words), count=view.matched)


def _tile(title: str, detail: str, figures: Figures, words: LocaleWords, unknown: str = "") -> Element:
    """Draw figures in a box: what leads is beside the percentage.

    Bar and arithmetic are below both: a column beside the percentage may be narrower than a bar on a phone.
    """
    lead = "" if figures.several else unused_in_words(figures, words)
    label = line(TextRun(text=title, weight="bolder"), *_below(detail), *_bold(lead))
    percent = TextRun(text=share_in_words(figures, words), size="extraLarge", weight="bolder")
    share = line(percent, *_of_all(figures, words), horizontal_alignment="right")
    columns = [
        Column(width="stretch", items=[label]),
        Column(width="auto", items=[share], vertical_content_alignment="center"),
    ]
    cells = bar(figures)
    named = unused_in_words(figures, words) if figures.several else ""
    below = [
        *([line(*cells, spacing="small")] if cells else []),
        *([line(TextRun(text=named, weight="bolder"), spacing="none")] if named else []),
        *(line(small(each), spacing="none") for each in [*arithmetic(figures, words), unknown] if each),
    ]
    return Container(style="emphasis", spacing="medium", items=[ColumnSet(columns=columns), *below])


def by(view: UsageView, words: LocaleWords) -> list[Element]:
    """Draw by which dimensions the rows are listed."""
    if not view.by:
        return []
    dimensions = words.all_of([dimension(each, words) for each in view.by[:BY_LIMIT]])
    return [note(words.say("usage.by", by=dimensions), spacing="medium")]


def row(item: UsageItem, words: LocaleWords, newest: date | None, *, first: bool) -> Element:
    """Draw a row with its bar, and what a reader has to know about it."""
    text = line(
        *_text_runs(TextRun(text=literal(item.name) or NAMELESS), literal(item.detail or ""), item.figures, words),
        *own_remarks(item, words, newest),
    )
    percent = TextRun(text=share_in_words(item.figures, words), weight="bolder")
    share = line(percent, *_of_all(item.figures, words), horizontal_alignment="right")
    columns = [Column(width="stretch", items=[text]), Column(width="auto", items=[share])]
    return ColumnSet(columns=columns, separator=not first or None, spacing="small" if first else "medium")


def _narrow_row(item: UsageItem, words: LocaleWords, newest: date | None, *, first: bool) -> Element:
    """Draw the row as one text without columns.

    It is half as large, so twice as many fit on a card.
    """
    return line(
        literal(item.name) or NAMELESS,
        *_below(literal(item.detail or "")),
        *_narrow_figures(item.figures, words),
        *own_remarks(item, words, newest),
        separator=not first or None,
        spacing="small",
    )


def _text_runs(title: TextRun, detail: str, figures: Figures, words: LocaleWords) -> list[TextRun]:
    """Return title, detail, what is unused, bar and figures as lines of one text.

    A bar of several workloads is before the figures of the one that is named. A card with many rows has to be small.
    """
    unused, cells = _bold(unused_in_words(figures, words)), bar(figures, "\n")
    return [
        title,
        *_below(detail),
        *([*cells, *unused] if figures.several else [*unused, *cells]),
        *(small("\n" + each) for each in arithmetic(figures, words)),
    ]


def _bold(text: str) -> list[TextRun]:
    return [TextRun(text="\n" + text, weight="bolder")] if text else []


def _of_all(figures: Figures, words: LocaleWords) -> list[TextRun]:
    """Return the line below a percentage of several workloads.

    The figures beside it are of one workload.
    """
    return [small("\n" + words.say("usage.of_all"))] if figures.several else []


def _narrow_figures(figures: Figures, words: LocaleWords) -> list[TextRun]:
    """Return what is unused and the percentage, then what they are made of.

    The percentage of several workloads is first, apart from the figures of the one that is named.
    """
    first = leading_in_words(figures, words)
    return [
        TextRun(text="\n" + " · ".join(first), size="small", weight="bolder"),
        small(" · " + " · ".join(arithmetic(figures, words))),
    ]


def _below(detail: str) -> list[TextRun]:
    return [small("\n" + detail)] if detail else []


def _foot(view: UsageView, words: LocaleWords, first: int, items: Sequence[UsageItem]) -> list[Element]:
    foot: list[Element] = [] if view.compared is None else earlier_button(view.compared, words)
    if view.items:
        foot.extend(page_foot(view.more, first, first + len(items), view.matched, PAGING, words))
    if view.digest is not None and (digest := button(words.say("usage.digest"), view.digest)):
        foot.append(digest)
    foot.extend(draw_explanations(view, words, [item.figures for item in items]))
    if question := literal(view.question, SCOPE_LIMIT):
        foot.append(note(words.say("usage.question", question=question), spacing="medium"))
    return foot


def scoped(view: UsageView, words: LocaleWords) -> list[str]:
    """Return the names that the question asks about and what else narrows it."""
    return scope_in_words(view.scope, view.narrowed, words)


def _spoken(item: UsageItem, words: LocaleWords) -> str:
    called = ", ".join(filter(None, [literal(item.name) or NAMELESS, literal(item.detail or "")]))
    told = [item_change(item, words), *item_lines(item, words)] if item.change else [all_in_words(item.figures, words)]
    told.append(unknown_in_words(item, words))
    return words.say("usage.summary", scope=called, figures=", ".join(filter(None, told)))
