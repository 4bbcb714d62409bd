"""Print a command as its canonical sentence. Pure.

Reading the sentence returns the same command. A name is quoted if its words could be read as something else. Inside
quotes a double quote is doubled, and text that looks like an HTML entity or tag is escaped, because Teams sends markup.
Days are in the ISO form, ratios are percentages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from bot.commands.clauses import CLAUSES, NAME_CLAUSES, ClauseSpec, Position, RankEnd, ShareBound, ValueKind
from bot.commands.command import ChangeDigest, Clause, Command, ExportForm, ListDigests, Name, NewDigest, Usage
from bot.commands.verbs import VERBS, VerbArgument, verb_of
from bot.domain.compared_days import Comparison, DayRange
from bot.domain.recurrence import Schedule
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_words import TimeWords
from bot.language.sentence.name_quoting import is_plain
from bot.language.sentence.printed_words import AND, PrintedWords
from bot.language.text.message_text import escape, tidy
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.share_filter import ShareRange, TopBottom

_QUOTED_FROM = 500  # characters: a quoted name is one word, and a sentence has a limit of words
_ROLES = {verb.name: verb.role for verb in VERBS}
_QUESTION = verb_of(Usage()).role
_DIGEST = verb_of(NewDigest(Usage())).role
_DIGESTS = verb_of(ListDigests()).role


def sentence_of(command: Command) -> str:
    """Return the canonical sentence of `command`."""
    sentence = _Printer(quote_all=False).sentence(command)
    return sentence if len(sentence) <= _QUOTED_FROM else _Printer(quote_all=True).sentence(command)


class _Printer:
    """Prints one command."""

    def __init__(self, *, quote_all: bool) -> None:
        self._said = PrintedWords.load()
        self._quote_all = quote_all

    def sentence(self, command: Any) -> str:
        verb = verb_of(command)
        match verb.argument:
            case VerbArgument.QUESTION:
                said = self._question(command)
            case VerbArgument.SCHEDULE:
                said = iter((self._word(verb.role), *self._when(command.schedule), *self._question(command.question)))
            case VerbArgument.FILE:
                form = "" if command.form is ExportForm.CSV else self._said.forms[command.form]
                said = iter((self._word(verb.role), form, *self._question(command.question)))
            case VerbArgument.NUMBER | VerbArgument.NEW_SCHEDULE:
                said = self._action(verb.role, command)
            case VerbArgument.TOPIC:
                said = iter((self._word(verb.role), self._word(_ROLES[command.topic]) if command.topic else ""))
            case VerbArgument.LANGUAGE:
                said = iter((self._word(verb.role), command.code or ""))
            case VerbArgument.SEARCH:
                searched = self._name(command.search, None, "") if command.search else ""
                said = iter((self._word(verb.role), searched))
            case _:
                said = iter((self._word(verb.role),))
        return " ".join(filter(None, said))

    def _action(self, role: str, command: Any) -> Iterator[str]:
        """Print an action on existing digests."""
        printed = self._said.digests
        yield self._word(role)
        if isinstance(command, ChangeDigest):
            yield from self._target(() if command.number is None else (command.number,))
            if command.schedule or command.at:
                yield printed["to"]
            yield from self._when(command.schedule)
            yield command.at.isoformat("minutes") if command.at else ""
        else:
            yield from self._target(command.numbers, every=command.every)
            if command.until:
                yield f"{printed['until']} {command.until.isoformat()}"

    def _target(self, numbers: tuple[int, ...], *, every: bool = False) -> Iterator[str]:
        """Print `digest 2`, `digests 2 and 4`, `all digests` or `it`."""
        printed = self._said.digests
        if every:
            yield printed["all"]
        if len(numbers) == 1:
            yield self._word(_DIGEST)
        elif every or numbers:
            yield self._word(_DIGESTS)
        else:
            yield printed["it"]
        if numbers:
            yield self._list(map(str, numbers))

    def _when(self, schedule: Schedule | None) -> Iterator[str]:
        if schedule:
            yield schedule_words(schedule, TimeWords.load(ENGLISH))

    def _question(self, usage: Usage) -> Iterator[str]:
        said = {position: tuple(self._clauses(usage, position)) for position in Position}
        if said[Position.FIRST]:
            yield from said[Position.FIRST]
        elif said[Position.MIDDLE] or not said[Position.LAST]:
            yield self._word(_QUESTION)
        yield from said[Position.MIDDLE]
        yield from said[Position.LAST]

    def _clauses(self, usage: Usage, position: Position) -> Iterator[str]:
        for clause in CLAUSES:
            value = getattr(usage, clause.field)
            if clause.position is position and value is not None and value != ():
                yield from _PRINTERS[clause.value](self, clause, value)

    def names(self, clause: ClauseSpec, names: tuple[Name, ...]) -> Iterator[str]:
        """Print `for TEST COMPANY and Contoso`."""
        keyword = self._word(clause.role)
        listed = self._list(self._name(each.text, clause.clause, keyword) for each in names)
        yield f"{keyword} {listed}"

    def excluded(self, clause: ClauseSpec, excluded: tuple[tuple[Clause, Name], ...]) -> Iterator[str]:
        """Print `not on Skype and Teams`."""
        for kind, pairs in groupby(excluded, key=lambda pair: pair[0]):
            for listed in self.names(NAME_CLAUSES[kind], tuple(name for _, name in pairs)):
                yield f"{self._word(clause.role)} {listed}"

    def dimensions(self, clause: ClauseSpec, dimensions: Iterable[Any]) -> Iterator[str]:
        """Print `by customer and product`."""
        yield f"{self._word(clause.role)} {self._list(self._said.dimensions[each] for each in dimensions)}"

    def share(self, _clause: ClauseSpec, limit: ShareRange) -> Iterator[str]:
        """Print `below 50%`."""
        low, high = limit.low, limit.high
        if low is not None and high is not None and limit.low_included and limit.high_included and low <= high:
            yield f"{self._word(ShareBound.BETWEEN)} {self._list((_percent(low), _percent(high)))}"
            return
        if low is not None:
            yield f"{self._word(ShareBound.AT_LEAST if limit.low_included else ShareBound.ABOVE)} {_percent(low)}"
        if high is not None:
            yield f"{self._word(ShareBound.AT_MOST if limit.high_included else ShareBound.BELOW)} {_percent(high)}"

    def amounts(self, _clause: ClauseSpec, amounts: tuple[AmountRange, ...]) -> Iterator[str]:
        """Print `with more than 100 unused licenses`."""
        printed = self._said.figures
        yield f"{printed['with']} {self._list(map(self._amount, amounts))}"

    def _amount(self, amount: AmountRange) -> str:
        printed = self._said.figures
        bound, (*low, number) = amount.said()
        return printed[bound].format(low=low[0] if low else "", number=number, licenses=printed[amount.measure])

    def count(self, _clause: ClauseSpec, order: TopBottom) -> Iterator[str]:
        """Print `top 20`, `top 20 by unused licenses`."""
        yield f"{self._word(RankEnd.BOTTOM if order.lowest else RankEnd.TOP)} {order.count}"
        if order.measure is not None:
            printed = self._said.figures
            yield printed["by"].format(licenses=printed[order.measure])

    def day(self, clause: ClauseSpec, day: Any) -> Iterator[str]:
        """Print `as of 2018-10-14`."""
        yield f"{self._word(clause.role)} {day.isoformat()}"

    def range(self, _clause: ClauseSpec, period: DayRange) -> Iterator[str]:
        """Print `from 2018-10-01 to 2018-10-14`, `since 2018-10-01`."""
        printed = self._said.figures
        form = printed["since" if period.last is None else "range"]
        yield form.format(first=period.first.isoformat(), last=period.last and period.last.isoformat())

    def comparison(self, _clause: ClauseSpec, versus: Comparison) -> Iterator[str]:
        """Print `compared with 2018-10-01`, `dropped compared with 7 days ago`."""
        printed = self._said.figures
        if versus.only is not None:
            yield printed[versus.only]
        day = printed["days_ago"].format(days=versus.days) if versus.day is None else versus.day.isoformat()
        yield printed["versus"].format(day=day)

    def filter(self, clause: ClauseSpec, expression: Any) -> Iterator[str]:
        """Print `filter channel eq 'reseller'`."""
        yield f"{self._word(clause.role)} {escape(_one_line(compile_filter(expression)))}"

    def _list(self, items: Iterable[str]) -> str:
        *some, last = items
        return f"{', '.join(some)} {self._word(AND)} {last}" if some else last

    def _name(self, name: str, clause: Clause | None, keyword: str) -> str:
        text = tidy(name)
        if clause is None:  # a text to look for
            plain = len(text) > 1 and text.isalpha() and is_plain(text, Clause.FOR, self._word(Clause.FOR))
        else:
            plain = text == name and is_plain(text, clause, keyword)
        return text if plain and not self._quote_all else '"' + escape(text).replace('"', '""') + '"'

    def _word(self, role: str) -> str:
        return self._said.words[role]


_PRINTERS: Mapping[ValueKind, Callable[[_Printer, ClauseSpec, Any], Iterator[str]]] = {
    ValueKind.NAMES: _Printer.names,
    ValueKind.EXCLUDED: _Printer.excluded,
    ValueKind.DIMENSIONS: _Printer.dimensions,
    ValueKind.SHARE: _Printer.share,
    ValueKind.AMOUNTS: _Printer.amounts,
    ValueKind.COUNT: _Printer.count,
    ValueKind.DAY: _Printer.day,
    ValueKind.RANGE: _Printer.range,
    ValueKind.COMPARISON: _Printer.comparison,
    ValueKind.FILTER: _Printer.filter,
}


def _percent(fraction: float) -> str:
    """Return the exact percentage: reading it returns the same fraction."""
    number = format(Decimal(repr(fraction)).scaleb(2), "f")
    return (number.rstrip("0").rstrip(".") if "." in number else number) + "%"


def _one_line(text: str) -> str:
    """Remove what a typed sentence cannot hold. Blanks inside a value stay."""
    return "".join(tidy(f"x{character}x")[1:-1] for character in text)
