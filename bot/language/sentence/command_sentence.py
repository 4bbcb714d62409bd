"""Print a command as its canonical sentence. Pure.

Reading the sentence returns the same command. A name is quoted if its words could be read as something else. Inside
quotes a double quote is doubled, and text that looks like an HTML entity or tag is escaped, because Teams sends markup.
Days are in the ISO form, ratios are percentages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from bot.commands.clauses import CLAUSES, ClauseSpec, Position, RankEnd, ShareBound, ValueKind
from bot.commands.command import ChangeDigest, Clause, Command, ExportForm, Name, Usage
from bot.commands.documents.document_values import MOST_ROWS
from bot.commands.run_condition import RunCondition
from bot.commands.verb_spec import VerbArgument
from bot.commands.verbs import VERBS, verb_of
from bot.domain.compared_days import Comparison, DayRange
from bot.domain.recurrence import Schedule
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_words import TimeWords
from bot.language.sentence.name_quoting import is_plain
from bot.language.sentence.printed_words import PrintedWords, printed_languages
from bot.language.text.message_text import escape, tidy
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.share_filter import ShareRange, TopBottom
from cards.wording.language_tag import language_of

_QUOTED_FROM = 500  # characters: a quoted name is one word, and a sentence has a limit of words
_ROLES = {verb.name: verb.role for verb in VERBS}
_USAGE = verb_of(Usage()).role


def sentence_of(command: Command, language: str = ENGLISH) -> str:
    """Return the canonical sentence of `command`.

    `language` is a tag like `nl-BE`. The sentence is in English if that language does not print what the command says.
    """
    code = printed_language(language)
    try:
        return _printed(command, code)
    except KeyError:  # the file of the language leaves it out
        if code == ENGLISH:
            raise
    return _printed(command, ENGLISH)


def printed_language(language: str) -> str:
    """Return the code of the language that is printed for a reader's tag."""
    code = language_of(language)
    return code if code in printed_languages() else ENGLISH


def example_in(language: str, text: str, key: str, command: object) -> str:
    """Return the example `text`, which asks `command`, as it is typed in `language`.

    A sentence that says days otherwise than it is printed, as `last month`, is in the file of the language by its key.
    """
    if language == ENGLISH:
        return text
    said = PrintedWords.load(language).examples.get(key)
    return said or (sentence_of(command, language) if isinstance(command, Command) else text)


def _printed(command: Command, language: str) -> str:
    sentence = _Printer(language, quote_all=False).sentence(command)
    return sentence if len(sentence) <= _QUOTED_FROM else _Printer(language, quote_all=True).sentence(command)


class _Printer:
    """Prints one command. Raises KeyError if the language has no words for it."""

    def __init__(self, language: str, *, quote_all: bool) -> None:
        self._language = language
        self._said = PrintedWords.load(language)
        self._quote_all = quote_all

    def sentence(self, command: Any) -> str:  # noqa: PLR0911 - one for each kind of argument
        verb = verb_of(command)
        said = self._said
        match verb.argument:
            case VerbArgument.QUESTION:
                return self._question(command)
            case VerbArgument.SCHEDULE:
                question = self._question(command.question, self._only(command.only))
                return self._behind(verb.role, when=self._when(command.schedule), question=question)
            case VerbArgument.FILE:
                form = "" if command.form is ExportForm.CSV else said.files[command.form]
                return self._behind(verb.role, form=form, question=self._question(command.question))
            case VerbArgument.NUMBER | VerbArgument.NEW_SCHEDULE:
                return self._action(verb.role, command)
            case VerbArgument.TOPIC if command.topic:
                return self._behind(verb.role, topic=said.words[_ROLES[command.topic]])
            case VerbArgument.LANGUAGE if command.code:
                return self._behind(verb.role, code=command.code)
            case VerbArgument.SEARCH if command.search:
                return self._behind(verb.role, search=self._searched(command.search))
        return said.words[verb.role]

    def _behind(self, role: str, **parts: str) -> str:
        """Print a verb with what is behind it, which may be nothing."""
        form = self._said.sentences[role]
        for part in (name for name, text in parts.items() if not text):
            form = form.replace(f"{{{part}}} ", "")
        return form.format_map(parts)

    def _action(self, role: str, command: Any) -> str:
        """Print an action on existing digests."""
        printed = self._said.digests
        if not isinstance(command, ChangeDigest):
            which = self._which(command.numbers, every=command.every)
            if command.until:
                return printed[f"{role}_until"].format(digests=which, day=command.until.isoformat())
            return printed[role].format(digests=which)
        which = self._which(() if command.number is None else (command.number,))
        when = command.at.isoformat("minutes") if command.at else self._when(command.schedule)
        when = " ".join(filter(None, (when, self._only(command.only))))
        return printed[f"{role}_to" if when else role].format(digests=which, when=when)

    def _which(self, numbers: tuple[int, ...], *, every: bool = False) -> str:
        """Print `digest 2`, `digests 2 and 4`, `all digests` or `it`."""
        form = "all" if every else "it" if not numbers else "one" if len(numbers) == 1 else "several"
        printed = self._said.digests
        listed = self._list(printed["number"].format(number=each) for each in numbers) if numbers else ""
        return printed[form].format(numbers=listed)

    def _when(self, schedule: Schedule | None) -> str:
        return schedule_words(schedule, TimeWords.load(self._language)) if schedule else ""

    def _only(self, only: RunCondition | None) -> str:
        """Print `only if something changed`; "" for no condition."""
        if only is None:
            return ""
        printed = self._said.conditions
        if only.unused_above is not None:
            return printed["unused"].format(number=only.unused_above)
        for form, share in (("below", only.below), ("dropped", only.drops_below)):
            if share is not None:
                return printed[form].format(percent=self._percent(share))
        return printed["changed" if only.changed else "always"]

    def _question(self, usage: Usage, only: str = "") -> str:
        """Print a question, with what must `only` hold before a filter, which lasts until the end."""
        said = {position: tuple(self._clauses(usage, position)) for position in Position}
        first = said[Position.FIRST]
        if not first and (said[Position.MIDDLE] or not said[Position.LAST]):
            first = (self._said.words[_USAGE],)
        *others, last = (*first, *said[Position.MIDDLE], *said[Position.LAST])
        parts = (*others, only, last) if usage.expression is not None else (*others, last, only)
        return " ".join(filter(None, parts))

    def _clauses(self, usage: Usage, position: Position) -> Iterator[str]:
        for clause in CLAUSES:
            value = getattr(usage, clause.field)
            if clause.position is position and value is not None and value != ():
                yield from _PRINTERS[clause.value](self, clause, value)

    def _clause(self, role: str, **parts: object) -> str:
        return self._said.clauses[role].format_map(parts)

    def names(self, clause: ClauseSpec, names: tuple[Name, ...]) -> Iterator[str]:
        """Print `for TEST COMPANY and Contoso`."""
        form = self._said.clauses[clause.role]
        yield form.format(names=self._list(self._name(each.text, clause.clause, form) for each in names))

    def excluded(self, _clause: ClauseSpec, excluded: tuple[tuple[Clause, Name], ...]) -> Iterator[str]:
        """Print `not on Skype and Teams`."""
        for kind, pairs in groupby(excluded, key=lambda pair: pair[0]):
            included = self._said.clauses[kind]
            listed = self._list(self._name(name.text, kind, included) for _, name in pairs)
            yield self._said.excluded[kind].format(names=listed)

    def dimensions(self, clause: ClauseSpec, dimensions: Iterable[Any]) -> Iterator[str]:
        """Print `by customer and product`."""
        yield self._clause(clause.role, dimensions=self._list(self._said.dimensions[each] for each in dimensions))

    def share(self, _clause: ClauseSpec, limit: ShareRange) -> Iterator[str]:
        """Print `below 50%`."""
        low, high = limit.low, limit.high
        if low is not None and high is not None and limit.low_included and limit.high_included and low <= high:
            yield self._clause(ShareBound.BETWEEN, low=self._percent(low), percent=self._percent(high))
            return
        least = ShareBound.AT_LEAST if limit.low_included else ShareBound.ABOVE
        most = ShareBound.AT_MOST if limit.high_included else ShareBound.BELOW
        ends = [
            self._clause(role, percent=self._percent(end))
            for role, end in ((least, low), (most, high))
            if end is not None
        ]
        yield self._clause("both", first=ends[0], last=ends[1]) if len(ends) > 1 else ends[0]

    def amounts(self, _clause: ClauseSpec, amounts: tuple[AmountRange, ...]) -> Iterator[str]:
        """Print `with more than 100 unused licenses`."""
        yield self._clause("with", amounts=self._list(map(self._amount, amounts)))

    def _amount(self, amount: AmountRange) -> str:
        printed = self._said.figures
        bound, (*low, number) = amount.said()
        return printed[bound].format(low=low[0] if low else "", number=number, licenses=printed[amount.measure])

    def count(self, _clause: ClauseSpec, order: TopBottom) -> Iterator[str]:
        """Print `top 20`, `top 20 by unused licenses`.

        An order of all rows selects nothing, and no sentence says it.
        """
        if order.count >= MOST_ROWS:
            return
        yield self._clause(RankEnd.BOTTOM if order.lowest else RankEnd.TOP, count=order.count)
        if order.measure is not None:
            yield self._clause("ranked", licenses=self._said.figures[order.measure])

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

    def _list(self, items: Iterable[str]) -> str:
        *some, last = items
        return self._said.lists["several"].format(some=", ".join(some), last=last) if some else last

    def _searched(self, search: str) -> str:
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
        return is_plain(text, clause, (f"{self._said.words[_USAGE]} {before}", behind), self._language)

    def _quoted(self, text: str, *, plain: bool) -> str:
        return text if plain and not self._quote_all else '"' + escape(text).replace('"', '""') + '"'

    def _percent(self, fraction: float) -> str:
        """Print the exact percentage: reading it returns the same fraction."""
        number = format(Decimal(repr(fraction)).scaleb(2), "f")
        shown = number.rstrip("0").rstrip(".") if "." in number else number
        printed = self._said.numbers
        return printed["percent"].format(number=shown.replace(".", printed["decimal"]))


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


def _one_line(text: str) -> str:
    """Remove what a typed sentence cannot hold. Blanks inside a value stay."""
    return "".join(tidy(f"x{character}x")[1:-1] for character in text)
