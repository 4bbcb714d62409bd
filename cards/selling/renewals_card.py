"""The card of renewals: one product of a customer, or a list of what ends. Pure."""

from collections.abc import Sequence

from cards.elements import Column, Container, Element, TextRun
from cards.parts.card_frame import (
    Rendered,
    figures_line,
    frame,
    heading,
    line,
    note,
    row_name,
    tap,
)
from cards.parts.correction_text import corrections, corrections_in_words
from cards.parts.day_text import age_in_words
from cards.parts.literal_text import literal
from cards.parts.long_list import Paging, drawn
from cards.parts.scope_text import limits_in_words, names_in_words
from cards.selling.renewal_tile import number_rows, renewal_tile
from cards.selling.selling_list import list_foot, list_row
from cards.selling.sold_text import (
    BETWEEN,
    bought,
    counted,
    ends,
    group,
    limits,
    number,
    numbers,
    only_in,
    product_name,
    sentences,
    short_end,
    source_lines,
    talk,
    term_facts,
)
from cards.views.button_payload import Action
from cards.views.kinds.selling_views import LINES_ON_CARD, RenewalItem, RenewalsView
from cards.views.page_window import skipped
from cards.wording.locale_words import LocaleWords

SPOKEN = 5
LINES = 12  # of a text without a card
RUNNING = "running"
_TIMES = ("range", "since")
_OF_SUBSCRIPTIONS = ("live", "analytics")
PAGING = Paging(LINES_ON_CARD, LINES_ON_CARD, "renewals.hidden")


def renewals(view: RenewalsView, words: LocaleWords) -> Rendered:
    """Draw one line large, else as many lines as fit."""
    return drawn(
        lambda before, count: _card(view, words, before, count),
        view.start,
        view.fresh,
        len(view.items),
        LINES_ON_CARD,
        words,
    )


def summary(view: RenewalsView, words: LocaleWords) -> str:
    """Return what ends first, and how many more there are, in one sentence."""
    if not view.items:
        return words.say("renewals.summary.none", scope=_scope(view, words), none=_none(view, words))
    if _is_alone(view):
        return _spoken(view.items[0], words)
    groups = dict(view.groups)
    running = groups.pop(RUNNING, 0)
    told = [words.say("renewals.summary", scope=_scope(view, words), count=running)] if running else []
    return " ".join([*(told or [f"{_scope(view, words)}:"]), *(f"{group(*each, words)}." for each in groups.items())])


def lines(view: RenewalsView, words: LocaleWords) -> list[str]:
    """Return the lines that are new, the sources, and what is not there."""
    new = view.items[skipped(view.start, view.fresh, len(view.items)) :][:LINES]
    told = [] if _is_alone(view) else [_spoken(each, words) for each in new]
    if (rest := view.matched - view.fresh - len(new)) > 0 and new:
        told.append(words.say("renewals.hidden", count=rest))
    old = age_in_words(view.age, words)
    notes = [*([old] if old else []), *source_lines(view.sources, words), *counted(view.counted, words)]
    return [*corrections_in_words(view.corrected, words), *told, *notes]


def _is_alone(view: RenewalsView) -> bool:
    return view.matched == 1 and len(view.items) == 1


def _scope(view: RenewalsView, words: LocaleWords) -> str:
    return ", ".join([*names_in_words(view.scope, view.narrowed, words), *_limits(view, words)])


def _limits(view: RenewalsView, words: LocaleWords) -> list[str]:
    return limits(view.narrowed, view.ahead, view.renewing, words, limits_in_words(view.narrowed, words))


def _card(view: RenewalsView, words: LocaleWords, before: int, count: int) -> Rendered:
    items = view.items[before : before + count]
    first = view.start + before
    body: list[Element] = [*_head(view, words), *corrections(view.corrected, words)]
    if _is_alone(view):
        body += renewal_tile(view.items[0], words)
    elif view.items:
        body += [*_numbers(view, words), *_rows(items, view, words)]
    else:
        body.append(line(_none(view, words), spacing="medium"))
    body += [*_notes(view, words), *_foot(view, first, first + len(items), words)]
    spoken = [summary(view, words), *([] if _is_alone(view) else [_spoken(each, words) for each in items[:SPOKEN]])]
    return frame(body, words, " ".join(spoken), view.again)


def _head(view: RenewalsView, words: LocaleWords) -> list[Element]:
    if _is_alone(view):
        item = view.items[0]
        product = TextRun(text=product_name(item, words), size="large", weight="bolder")
        told = BETWEEN.join([literal(item.customer) or words.say("sold.nameless"), *_limits(view, words)])
        return [note(told), line(product, spacing="none")]
    small = BETWEEN.join([*names_in_words(view.scope, view.narrowed, words), *_limits(view, words)])
    groups = dict(view.groups)
    renewing = RUNNING in groups or not groups
    told = words.say("renewals.heading", count=groups.get(RUNNING, 0)) if renewing else group(*view.groups[0], words)
    return [note(small), heading(told, spacing="none")]


def _none(view: RenewalsView, words: LocaleWords) -> str:
    """Return that there is nothing: at that time, that fits the conditions, or at all."""
    dated = view.ahead is not None or any(each.kind in _TIMES for each in view.narrowed)
    limited = bool(view.renewing) or any(each.kind not in _TIMES for each in view.narrowed)
    return words.say("renewals.none.fits" if limited else "renewals.none.then" if dated else "renewals.none")


def _numbers(view: RenewalsView, words: LocaleWords) -> list[Element]:
    """Draw the numbers of the only customer before its products."""
    if view.numbers is None:
        return []
    return [Container(spacing="medium", items=number_rows(view.numbers, words))]


def _rows(items: Sequence[RenewalItem], view: RenewalsView, words: LocaleWords) -> list[Element]:
    """Draw lines, under a heading where another group than that of the card begins."""
    drawn_rows: list[Element] = []
    counts, before = dict(view.groups), view.groups[0][0] if view.groups else RUNNING
    for at, item in enumerate(items):
        begins = item.group != before and item.group in counts
        if begins:
            drawn_rows.append(line(TextRun(text=group(item.group, counts[item.group], words), weight="bolder")))
        drawn_rows.append(_row(item, view, words, first=begins or not at))
        before = item.group
    return drawn_rows


def _row(item: RenewalItem, view: RenewalsView, words: LocaleWords, *, first: bool) -> Element:
    """Draw a line: whose and what, when it ends, and its numbers."""
    named = [product_name(item, words)] if view.customer else [literal(item.customer), product_name(item, words)]
    lead, *rest = [each or words.say("sold.nameless") for each in named]
    term = item.term
    when = [] if term is None else [f"{ends(term, words)}{BETWEEN}{term_facts(term, words)}"]
    told = [
        row_name(lead),
        *(note(each, spacing="none") for each in [*rest, *when, *bought(item, words), numbers(item, words)]),
        *(
            note(each, spacing="none")
            for each in [*talk(item, words)[:1], *(only_in(item, words) if view.customer else [])]
        ),
    ]
    short = words.say("sold.no_term") if term is None else ends(term, words)
    opened = tap(words.say("renewals.tap", name=", ".join([lead, *rest]), ends=short), item.open)
    beside = "" if term is None else short_end(term, words)
    beside = words.say("usage.opens", text=beside) if opened else beside
    columns = [Column(width="stretch", items=told)]
    if beside.strip():
        # It is never cut: where it has no place, it breaks as a word does.
        columns.append(
            Column(width="auto", items=[figures_line(beside.replace(" ", "\N{NO-BREAK SPACE}"), weight="bolder")])
        )
    return list_row(columns, opened, first=first)


def _notes(view: RenewalsView, words: LocaleWords) -> list[Element]:
    """Draw what is not in the list, then the days of the sources."""
    old = age_in_words(view.age, words)
    told_first = [*([old] if old else []), *counted(view.counted, words)]
    missing: list[Element] = [line(each, spacing="small") for each in told_first]
    # The numbers of a line that is drawn large have their sources beside them.
    told = [each for each in view.sources if each.problem or each.source in _OF_SUBSCRIPTIONS or not _is_alone(view)]
    sources: list[Element] = [note(each, spacing="none") for each in source_lines(told, words)]
    return [
        *([Container(items=missing, spacing="medium")] if missing else []),
        Container(items=sources, spacing="medium"),
    ]


def _foot(view: RenewalsView, first: int, end: int, words: LocaleWords) -> list[Element]:
    further: list[tuple[str, Action | None]] = [
        (words.say("renewals.usage"), view.usage),
        (words.say("renewals.remind"), view.remind),
        (words.say("renewals.products"), view.all_products),
        (words.say("ignored.again"), view.ignored),
        (words.say("usage.digest"), view.digest),
    ]
    return list_foot(view, first, end, PAGING, further, words)


def _spoken(item: RenewalItem, words: LocaleWords) -> str:
    """Return a line in one sentence."""
    named = ", ".join(filter(None, [literal(item.customer), product_name(item, words)]))
    term = item.term
    when = words.say("sold.no_term") if term is None else f"{ends(term, words)} ({term_facts(term, words)})"
    told = [when, *bought(item, words), numbers(item, words), *talk(item, words), *only_in(item, words)]
    return words.say("renewals.spoken", name=named, facts=sentences(told))


def sold_numbers(item: RenewalItem, words: LocaleWords) -> Sequence[str]:
    """Return the four numbers, for a table."""
    return [number(each, words) for each in (item.sold, item.assigned, item.active, item.unused)]
