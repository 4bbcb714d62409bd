"""Renewals and calls as tables in a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.output.streams import printable
from bot.cli.output.tables.usage_table import Side, drawn_table
from cards.draw import summary
from cards.parts.correction_text import corrections_in_words
from cards.selling import sold_use_card
from cards.selling.calls_card import notes, reason, rules
from cards.selling.renewals_card import sold_numbers
from cards.selling.sold_text import counted, ends, number, product_name, source_lines, term_facts
from cards.views.kinds.selling_views import CallsView, NumberView, RenewalItem, RenewalsView
from cards.views.kinds.sold_use_view import SoldUseItem, SoldUseView
from cards.wording.locale_words import LocaleWords

NARROWEST = 40  # columns


def show_sold(view: RenewalsView | CallsView | SoldUseView, words: LocaleWords, *, stderr: bool = False) -> None:
    """Print what ends first, the table, and what is not in it.

    On stderr all but the table.
    """
    console = Console(stderr=stderr, highlight=False, soft_wrap=True)
    console.width = max(console.width, NARROWEST)
    console.print(_text(summary(view, words)))
    for told in corrections_in_words(view.corrected, words):
        console.print(_text(told))
    if not stderr and view.items:
        console.print(_table(view, words, console.width))
    for told in _notes(view, words):
        console.print(_text(told))


def _table(view: RenewalsView | CallsView | SoldUseView, words: LocaleWords, width: int) -> Table:
    match view:
        case RenewalsView():
            return renewals_table(view, words, width=width)
        case CallsView():
            return calls_table(view, words, width=width)
    return sold_use_table(view, words, width=width)


def _notes(view: RenewalsView | CallsView | SoldUseView, words: LocaleWords) -> list[str]:
    """Return what is not in the table, the days of the sources, and the rules of an order."""
    if isinstance(view, SoldUseView):
        return sold_use_card.notes(view, words)
    if isinstance(view, CallsView):
        return [*notes(view, words), words.say("calls.rules"), *rules(view.rules, words)]
    return [*counted(view.counted, words), *source_lines(view.sources, words)]


def calls_table(view: CallsView, words: LocaleWords, *, width: int = 80) -> Table:
    """Return a table with one line per customer, for `width` columns."""
    heads = ["", words.say("dimension.customer").capitalize(), words.say("calls.why")]
    lines = [
        [words.number(place), item.customer, "; ".join(reason(each, words) for each in item.reasons)]
        for place, item in enumerate(view.items, 1)
    ]
    return drawn_table(heads, ["right", "left", "left"], lines, width, total=False)


def renewals_table(view: RenewalsView, words: LocaleWords, *, width: int = 80) -> Table:
    """Return a table with one line per product of a customer, for `width` columns."""
    heads = [
        words.say("dimension.customer").capitalize(),
        words.say("dimension.product").capitalize(),
        words.say("renewals.button"),
        words.say("sold.number.bought"),
        words.say("sold.number.assigned"),
        words.say("sold.number.active"),
        words.say("sold.number.unused"),
        words.say("dimension.workload").capitalize(),
    ]
    left: Side = "left"
    right: Side = "right"
    sides = [left, left, left, right, right, right, right, left]
    lines = [_cells(each, words) for each in view.items]
    return drawn_table(heads, sides, lines, width, total=False)


def sold_use_table(view: SoldUseView, words: LocaleWords, *, width: int = 80) -> Table:
    """Return a table of sold licenses and their use, for `width` columns."""
    heads = [
        words.say("dimension.customer").capitalize(),
        words.say("dimension.product").capitalize(),
        words.say("sold.number.bought"),
        words.say("sold.number.assigned"),
        words.say("sold.number.active"),
        words.say("sold_use.number.idle"),
        words.say("dimension.workload").capitalize(),
    ]
    sides: list[Side] = ["left", "left", "right", "right", "right", "right", "left"]
    lines = [_use_cells(each, words) for each in view.items]
    return drawn_table(heads, sides, lines, width, total=False)


def _use_cells(item: SoldUseItem, words: LocaleWords) -> list[str]:
    """Return the numbers of a line; of several workloads those of the product with most that is not active."""
    worst = item.worst if item.worst is not None and not item.workload else None
    idle = item.not_active if worst is None else worst.not_active
    numbers = [number(each, words) for each in (item.sold, item.assigned, item.active)]
    named = item.workload if worst is None else ", ".join(filter(None, (worst.product, worst.workload)))
    return [item.customer, item.product, *numbers, number(NumberView(idle), words), named]


def _cells(item: RenewalItem, words: LocaleWords) -> list[str]:
    term = item.term
    when = words.say("sold.no_term") if term is None else f"{ends(term, words)}, {term_facts(term, words)}"
    return [item.customer, product_name(item, words), when, *sold_numbers(item, words), item.workload]


def _text(text: str) -> Text:
    return Text(printable(text))
