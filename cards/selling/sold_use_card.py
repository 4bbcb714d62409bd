"""The card of sold licenses and their use: one product large, or a list. Pure."""

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
from cards.selling.renewal_tile import number_row
from cards.selling.selling_list import list_foot, list_row
from cards.selling.sold_text import BETWEEN, counted, number, sentences, source_lines
from cards.views.button_payload import Action
from cards.views.kinds.selling_views import LINES_ON_CARD, UNKNOWN_NUMBER, NumberView
from cards.views.kinds.sold_use_view import SoldUseItem, SoldUseView
from cards.views.page_window import skipped
from cards.wording.locale_words import LocaleWords

SPOKEN = 5
LINES = 12  # of a text without a card
PAGING = Paging(LINES_ON_CARD, LINES_ON_CARD, "sold_use.hidden")


def sold_use(view: SoldUseView, words: LocaleWords) -> Rendered:
    """Draw one line large, else as many lines as fit."""
    return drawn(
        lambda before, count: _card(view, words, before, count),
        view.start,
        view.fresh,
        len(view.items),
        LINES_ON_CARD,
        words,
    )


def summary(view: SoldUseView, words: LocaleWords) -> str:
    """Return the only line, or how many there are, in one sentence."""
    scope = ", ".join([*names_in_words(view.scope, view.narrowed, words), *limits_in_words(view.narrowed, words)])
    if not view.items:
        return words.say("sold_use.summary.none", scope=scope)
    if _is_alone(view):
        return spoken(view.items[0], words)
    return words.say("sold_use.summary", scope=scope, count=view.matched)


def lines(view: SoldUseView, words: LocaleWords) -> list[str]:
    """Return the lines that are new, what is not there, and the days of the reports."""
    new = view.items[skipped(view.start, view.fresh, len(view.items)) :][:LINES]
    told = [] if _is_alone(view) else [spoken(each, words) for each in new]
    if (rest := view.matched - view.fresh - len(new)) > 0 and new:
        told.append(words.say("sold_use.hidden", count=rest))
    return [*corrections_in_words(view.corrected, words), *told, *notes(view, words)]


def notes(view: SoldUseView, words: LocaleWords) -> list[str]:
    """Return how active is counted, what is not there, and the days of the reports."""
    old = age_in_words(view.age, words)
    told = [*counted(view.counted, words), *source_lines(view.sources, words), *([old] if old else [])]
    return [*([words.say("sold_use.rule")] if view.items else []), *told]


def spoken(item: SoldUseItem, words: LocaleWords) -> str:
    """Return a line in one sentence."""
    return words.say("renewals.spoken", name=", ".join(names(item, words)), facts=sentences(facts(item, words)))


def names(item: SoldUseItem, words: LocaleWords) -> list[str]:
    """Return the customer and the product of a line, as far as it has them."""
    return [literal(each) for each in (item.customer, item.product) if each] or [words.say("sold.nameless")]


def facts(item: SoldUseItem, words: LocaleWords) -> list[str]:
    """Return the numbers of a line, then what is not active or not assigned."""
    numbers = {name: number(getattr(item, name), words) for name in ("sold", "assigned", "active")}
    told = [words.say("sold_use.sums" if item.worst is not None and not item.workload else "sold_use.line", **numbers)]
    if item.workload:
        told[0] = f"{told[0]} ({literal(item.workload)})"
    if 0 < item.known < item.products:
        told.append(words.say("sold_use.part", known=words.number(item.known), products=words.number(item.products)))
    if item.not_active:
        told.append(words.say("sold_use.idle", count=item.not_active))
    if item.worst is not None and item.worst.not_active:
        told.append(_worst(item, item.worst, words))
    if item.beyond:
        told.append(words.say("sold_use.beyond"))
    if item.not_assigned:
        told.append(words.say("sold.not_assigned", count=item.not_assigned))
    if item.missing == "not_sold":
        told.append(words.say("sold_use.missing.not_sold"))
    return told


def _worst(item: SoldUseItem, worst: SoldUseItem, words: LocaleWords) -> str:
    """Return "most in OFFICE 365 E3 on Teams: 38 of 50 not active"."""
    named = [
        literal(one) for one, other in ((worst.customer, item.customer), (worst.product, item.product)) if one != other
    ]
    return words.say(
        "sold_use.worst",
        name=", ".join(each for each in named if each) or words.say("sold.nameless"),
        number=words.number(worst.not_active or 0),
        sold=number(worst.sold, words),
        workload=literal(worst.workload),
    )


def _is_alone(view: SoldUseView) -> bool:
    return view.matched == 1 and len(view.items) == 1


def _card(view: SoldUseView, words: LocaleWords, before: int, count: int) -> Rendered:
    items = view.items[before : before + count]
    first = view.start + before
    told = names_in_words(view.scope, view.narrowed, words)
    small = BETWEEN.join([*told, *limits_in_words(view.narrowed, words)])
    body: list[Element] = [note(small), heading(words.say("sold_use.heading"), spacing="none")]
    body += corrections(view.corrected, words)
    if _is_alone(view):
        body += _tile(view.items[0], words)
    elif view.items:
        body += [_row(each, view, words, first=not at) for at, each in enumerate(items)]
    else:
        body.append(line(words.say("sold_use.none"), spacing="medium"))
    body.append(Container(items=[note(each, spacing="none") for each in notes(view, words)], spacing="medium"))
    body += _foot(view, first, first + len(items), words)
    said = [summary(view, words), *([] if _is_alone(view) else [spoken(each, words) for each in items[:SPOKEN]])]
    return frame(body, words, " ".join(said), view.again)


def _tile(item: SoldUseItem, words: LocaleWords) -> list[Element]:
    """Draw the numbers of one line, each with its own day and source."""
    active = words.say("sold.number.active")
    if item.workload:
        active = words.say("sold.number.active.of", workload=literal(item.workload))
    idle = UNKNOWN_NUMBER if item.not_active is None else NumberView(item.not_active)
    rows = [
        (words.say("sold.number.bought"), item.sold),
        (words.say("sold.number.assigned"), item.assigned),
        (active, item.active),
        (words.say("sold_use.number.idle"), idle),
    ]
    drawn_rows: list[Element] = [
        number_row(name, count, item.sold, words, first=not at) for at, (name, count) in enumerate(rows)
    ]
    told = facts(item, words)[1:]
    lead = line(TextRun(text=", ".join(names(item, words)), size="large", weight="bolder"))
    talk = [Container(style="emphasis", rounded_corners=True, spacing="medium",
                      items=[line(each, spacing="none") for each in told])] if told else []  # fmt: skip
    return [lead, Container(spacing="medium", items=drawn_rows), *talk]


def _row(item: SoldUseItem, view: SoldUseView, words: LocaleWords, *, first: bool) -> Element:
    """Draw a line: whose and what, and its numbers."""
    named = names(item, words)
    lead, *rest = named[1:] if view.customer and len(named) > 1 else named
    told = [row_name(lead), *(note(each, spacing="none") for each in [*rest, *facts(item, words)])]
    opened = tap(words.say("renewals.tap", name=", ".join(named), ends=facts(item, words)[0]), item.open)
    beside = "" if item.percent is None else words.percent(item.percent)
    beside = words.say("usage.opens", text=beside) if opened else beside
    columns = [Column(width="stretch", items=told)]
    if beside.strip():
        columns.append(Column(width="auto", items=[figures_line(beside, wrap=False, weight="bolder")]))
    return list_row(columns, opened, first=first)


def _foot(view: SoldUseView, first: int, end: int, words: LocaleWords) -> list[Element]:
    further: list[tuple[str, Action | None]] = [
        (words.say("ignored.again"), view.ignored),
        (words.say("usage.to_sold"), view.sold),
        (words.say("renewals.usage"), view.usage),
        (words.say("renewals.button"), view.renewals),
        (words.say("usage.digest"), view.digest),
    ]
    return list_foot(view, first, end, PAGING, further, words)
