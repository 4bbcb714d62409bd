"""One product of a customer: when it renews, and its four numbers. Pure."""

from collections.abc import Sequence

from cards.elements import Column, ColumnSet, Container, Element, TextRun
from cards.parts.card_frame import figures_line, line, note
from cards.parts.share_text import bar_of
from cards.selling.sold_text import active_name, ends, number, only_in, source, talk, term_facts, term_name, term_seats
from cards.views.kinds.selling_views import NumberView, RenewalItem, TermView
from cards.wording.locale_words import LocaleWords

_WHOLE = 100
TERMS = 6  # subscriptions of one product on a card


def renewal_tile(item: RenewalItem, words: LocaleWords) -> list[Element]:
    """Draw the date, the numbers, what there is to talk about, other subscriptions."""
    return [
        *_dates(item, words),
        Container(spacing="medium", items=number_rows(item, words)),
        *_talk(item, words),
        *_others(item, words),
    ]


def _dates(item: RenewalItem, words: LocaleWords) -> list[Element]:
    term = item.term
    if term is None:
        return [line(words.say("sold.no_term"), spacing="medium"), *_origin(item, words)]
    told = [line(TextRun(text=ends(term, words), size="large", weight="bolder")), line(term_facts(term, words))]
    if seats := term_seats(term, words):
        told.append(note(seats, spacing="none"))
    return [Container(style="warning", rounded_corners=True, spacing="medium", items=told), *_origin(item, words)]


def _origin(item: RenewalItem, words: LocaleWords) -> list[Element]:
    return [note(each, spacing="small") for each in only_in(item, words)]


def number_rows(item: RenewalItem, words: LocaleWords) -> list[Element]:
    """Draw the four numbers, each with its own day and source.

    Bars are parts of what is sold, so that they can be compared with each other.
    """
    rows = (
        (words.say("sold.number.bought"), item.sold),
        (words.say("sold.number.assigned"), item.assigned),
        (active_name(item, words), item.active),
        (words.say("sold.number.unused"), item.unused),
    )
    return [number_row(name, count, item.sold, words, first=not at) for at, (name, count) in enumerate(rows)]


def number_row(name: str, count: NumberView, sold: NumberView, words: LocaleWords, *, first: bool) -> Element:
    """Draw a number, as a part of what is `sold`, with its day and source."""
    share = _share(count, sold)
    told = [
        line(name),
        *([] if share is None else [line(bar_of(share, "small"), spacing="none")]),
        *([note(origin, spacing="none")] if (origin := source(count, words)) else []),
    ]
    known = count.number is not None
    figure = figures_line(number(count, words), wrap=not known, weight="bolder", size="large" if known else None)
    columns = [Column(width="stretch", items=told), Column(width="auto", items=[figure])]
    return ColumnSet(columns=columns, spacing="small", separator=not first or None)


def _share(count: NumberView, sold: NumberView) -> int | None:
    """Return the percentage of what is sold; None if it is not known, or more than all of it."""
    if count.number is None or not sold.number or count.number > sold.number:
        return None
    rounded = (2 * _WHOLE * count.number + sold.number) // (2 * sold.number)
    least = 1 if count.number else 0
    return min(max(rounded, least), _WHOLE if count.number == sold.number else _WHOLE - 1)


def _talk(item: RenewalItem, words: LocaleWords) -> list[Element]:
    told = talk(item, words)
    if not told:
        return []
    heading = line(TextRun(text=words.say("sold.talk"), weight="bolder"))
    items = [heading, *(line(each, spacing="none") for each in told)]
    return [Container(style="emphasis", rounded_corners=True, spacing="medium", items=items)]


def _others(item: RenewalItem, words: LocaleWords) -> list[Element]:
    """Draw every subscription of the product if there are several, or one that is not asked for."""
    if len(item.terms) < 2 and (item.term is not None or not item.terms):
        return []
    told: list[Element] = [line(TextRun(text=words.say("sold.terms", count=len(item.terms)), weight="bolder"))]
    for each in item.terms[:TERMS]:
        told += term_lines(each, words)
    if (rest := len(item.terms) - TERMS) > 0:
        told.append(note(words.say("sold.terms.more", count=rest), spacing="small"))
    return [Container(items=told, spacing="medium", separator=True)]


def term_lines(term: TermView, words: LocaleWords) -> Sequence[Element]:
    """Draw a subscription in small lines."""
    facts = [ends(term, words), term_facts(term, words), term_seats(term, words)]
    return [
        line(term_name(term, words), spacing="small"),
        *(note(each, spacing="none") for each in facts if each),
    ]
