"""Print the clauses of a question, one after the other. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.clauses import CLAUSES, ClauseSpec, Position, RankEnd, ShareBound, ValueKind
from bot.commands.command import Clause, Name, Usage
from bot.commands.documents.document_values import MOST_ROWS
from bot.commands.verbs import verb_of
from bot.domain.compared_days import Comparison, DayRange
from bot.domain.figures import LicenseMeasure
from bot.domain.report_kind import SeatMeasure
from bot.domain.subscriptions import Renewing
from bot.language.sentence.name_quoting import is_plain
from bot.language.sentence.printed_words import PrintedWords
from bot.language.text.message_text import escape, tidy
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.share_filter import ShareRange, TopBottom

# What the numbers of sold licenses are called.
SOLD: Mapping[LicenseMeasure, str] = {
    LicenseMeasure.QUALIFIED: "sold",
    LicenseMeasure.ACTIVE: "assigned",
    LicenseMeasure.UNUSED: "unassigned",
    LicenseMeasure.BEYOND: "overassigned",
}
USAGE_ROLE = verb_of(Usage()).role


class ClausePrinter:
    """Prints clauses. Raises KeyError if the language has no words for one."""

    def __init__(self, language: str, *, quote_all: bool) -> None:
        self._language = language
        self._said = PrintedWords.load(language)
        self._quote_all = quote_all
        self._of_seats = False  # numbers are of sold licenses
        self._of_sold_use = False  # active ones of sold licenses

    def clauses(self, usage: Usage, position: Position) -> Iterator[str]:
        """Print what belongs at `position`."""
        self._of_seats = usage.seats is not None
        self._of_sold_use = usage.kind is AnswerKind.SOLD_USE
        if usage.seats is SeatMeasure.UNASSIGNED and usage.limit is not None:
            usage = replace(usage, limit=usage.limit.of_the_rest)
        for clause in CLAUSES:
            value = getattr(usage, clause.field)
            if clause.position is position and value is not None and value != ():
                yield from _PRINTERS[clause.value](self, clause, value)

    def _clause(self, role: str, **parts: object) -> str:
        return self._said.clauses[role].format_map(parts)

    def names(self, clause: ClauseSpec, names: tuple[Name, ...]) -> Iterator[str]:
        """Print `for TEST COMPANY and Contoso`."""
        form = self._said.clauses[clause.role]
        yield form.format(names=self.listed(self._name(each.text, clause.clause, form) for each in names))

    def mine(self, _clause: ClauseSpec, mine: bool) -> Iterator[str]:
        """Print `for my customers`."""
        if mine:
            yield self._said.lists["mine"]

    def excluded(self, _clause: ClauseSpec, excluded: tuple[tuple[Clause, Name], ...]) -> Iterator[str]:
        """Print `not on Skype and Teams`."""
        for kind, pairs in groupby(excluded, key=lambda pair: pair[0]):
            included = self._said.clauses[kind]
            listed = self.listed(self._name(name.text, kind, included) for _, name in pairs)
            yield self._said.excluded[kind].format(names=listed)

    def dimensions(self, clause: ClauseSpec, dimensions: Iterable[Any]) -> Iterator[str]:
        """Print `by customer and product`."""
        yield self._clause(clause.role, dimensions=self.listed(self._said.dimensions[each] for each in dimensions))

    def share(self, _clause: ClauseSpec, limit: ShareRange) -> Iterator[str]:
        """Print `below 50%`."""
        low, high = limit.low, limit.high
        if low is not None and high is not None and limit.low_included and limit.high_included and low <= high:
            yield self._clause(ShareBound.BETWEEN, low=self.percent(low), percent=self.percent(high))
            return
        least = ShareBound.AT_LEAST if limit.low_included else ShareBound.ABOVE
        most = ShareBound.AT_MOST if limit.high_included else ShareBound.BELOW
        ends = [
            self._clause(role, percent=self.percent(end))
            for role, end in ((least, low), (most, high))
            if end is not None
        ]
        yield self._clause("both", first=ends[0], last=ends[1]) if len(ends) > 1 else ends[0]

    def amounts(self, _clause: ClauseSpec, amounts: tuple[AmountRange, ...]) -> Iterator[str]:
        """Print `with more than 100 unused licenses`."""
        yield self._clause("with", amounts=self.listed(map(self._amount, amounts)))

    def _amount(self, amount: AmountRange) -> str:
        printed = self._said.figures
        bound, (*low, number) = amount.said()
        licenses = self._licenses(amount.measure)
        return printed[bound].format(low=low[0] if low else "", number=number, licenses=licenses)

    def _licenses(self, measure: LicenseMeasure | None) -> str:
        """Print a number of licenses; None for the percentage."""
        printed = self._said.figures
        if self._of_seats:
            return printed["share" if measure is None else SOLD[measure]]
        if self._of_sold_use and measure is LicenseMeasure.QUALIFIED:
            return printed["sold"]
        return printed[measure or "share"]

    def count(self, _clause: ClauseSpec, order: TopBottom) -> Iterator[str]:
        """Print `top 20`, `top 20 by unused licenses`.

        An order of all rows selects nothing, and no sentence says it.
        """
        if order.count >= MOST_ROWS:
            return
        yield self._clause(RankEnd.BOTTOM if order.lowest else RankEnd.TOP, count=order.count)
        if order.measure is not None or self._of_seats:
            yield self._clause("ranked", licenses=self._licenses(order.measure))

    def seats(self, _clause: ClauseSpec, seats: SeatMeasure) -> Iterator[str]:
        """Print `licenses sold`, in place of `usage`."""
        yield self._said.seats[seats]

    def day(self, clause: ClauseSpec, day: Any) -> Iterator[str]:
        """Print `as of 2018-10-14`."""
        yield self._clause(clause.role, day=day.isoformat())

    def range(self, _clause: ClauseSpec, period: DayRange) -> Iterator[str]:
        """Print `from 2018-10-01 to 2018-10-14`, `since 2018-10-01`."""
        first, last = period.first.isoformat(), period.last and period.last.isoformat()
        yield self._clause("since" if last is None else "range", first=first, last=last)

    def comparison(self, _clause: ClauseSpec, versus: Comparison) -> Iterator[str]:
        """Print `compared with 2018-10-01`, `dropped compared with 7 days ago`."""
        if versus.only is not None:
            yield self._said.figures[versus.only]
        if versus.day is None:
            yield self._clause("versus_ago", days=versus.days)
        else:
            yield self._clause("versus", day=versus.day.isoformat())

    def filter(self, clause: ClauseSpec, expression: Any) -> Iterator[str]:
        """Print `filter channel eq 'reseller'`."""
        yield self._clause(clause.role, filter=escape(_one_line(compile_filter(expression))))

    def kind(self, _clause: ClauseSpec, kind: AnswerKind) -> Iterator[str]:
        """Print `renewals`; nothing for a question about figures."""
        if kind is not AnswerKind.FIGURES:
            yield self._said.kinds[kind]

    def ahead(self, _clause: ClauseSpec, days: int) -> Iterator[str]:
        """Print `in the next 60 days`."""
        yield self._said.kinds["ahead"].format(days=days)

    def step(self, _clause: ClauseSpec, step: TrendStep) -> Iterator[str]:
        """Print `by month`."""
        yield self._said.kinds[step]

    def measure(self, _clause: ClauseSpec, measure: TrendMeasure) -> Iterator[str]:
        """Print `unused licenses`, behind `trend`."""
        yield self._said.figures[measure]

    def renewing(self, _clause: ClauseSpec, renewing: Renewing) -> Iterator[str]:
        """Print `without auto-renew`."""
        yield self._said.kinds[renewing]

    def customers(self, names: tuple[Name, ...]) -> str:
        """Print `TEST COMPANY and Contoso`."""
        form = self._said.clauses[Clause.FOR]
        return self.listed(self._name(each.text, Clause.FOR, form) for each in names)

    def listed(self, items: Iterable[str]) -> str:
        """Print `Exchange, Skype and Teams`."""
        *some, last = items
        return self._said.lists["several"].format(some=", ".join(some), last=last) if some else last

    def searched(self, search: str) -> str:
        """Print a text to look for."""
        text = tidy(search)
        form = self._said.clauses[Clause.FOR]
        plain = len(text) > 1 and text.isalpha() and self._is_plain(text, Clause.FOR, form)
        return self._quoted(text, plain=plain)

    def _name(self, name: str, clause: Clause, form: str) -> str:
        text = tidy(name)
        return self._quoted(text, plain=text == name and self._is_plain(text, clause, form))

    def _is_plain(self, text: str, clause: Clause, form: str) -> bool:
        before, _, behind = form.partition("{names}")
        return is_plain(text, clause, (f"{self._said.words[USAGE_ROLE]} {before}", behind), self._language)

    def _quoted(self, text: str, *, plain: bool) -> str:
        return text if plain and not self._quote_all else '"' + escape(text).replace('"', '""') + '"'

    def percent(self, fraction: float) -> str:
        """Print the exact percentage: reading it returns the same fraction."""
        number = format(Decimal(repr(fraction)).scaleb(2), "f")
        shown = number.rstrip("0").rstrip(".") if "." in number else number
        printed = self._said.numbers
        return printed["percent"].format(number=shown.replace(".", printed["decimal"]))


_PRINTERS: Mapping[ValueKind, Callable[[ClausePrinter, ClauseSpec, Any], Iterator[str]]] = {
    ValueKind.NAMES: ClausePrinter.names,
    ValueKind.MINE: ClausePrinter.mine,
    ValueKind.EXCLUDED: ClausePrinter.excluded,
    ValueKind.DIMENSIONS: ClausePrinter.dimensions,
    ValueKind.SHARE: ClausePrinter.share,
    ValueKind.AMOUNTS: ClausePrinter.amounts,
    ValueKind.COUNT: ClausePrinter.count,
    ValueKind.DAY: ClausePrinter.day,
    ValueKind.RANGE: ClausePrinter.range,
    ValueKind.COMPARISON: ClausePrinter.comparison,
    ValueKind.FILTER: ClausePrinter.filter,
    ValueKind.KIND: ClausePrinter.kind,
    ValueKind.AHEAD: ClausePrinter.ahead,
    ValueKind.STEP: ClausePrinter.step,
    ValueKind.SEATS: ClausePrinter.seats,
    ValueKind.RENEWING: ClausePrinter.renewing,
    ValueKind.MEASURE: ClausePrinter.measure,
}


def _one_line(text: str) -> str:
    """Remove what a typed sentence cannot hold. Blanks inside a value stay."""
    return "".join(tidy(f"x{character}x")[1:-1] for character in text)
