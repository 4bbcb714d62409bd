"""A Command -> its canonical sentence. Pure; `parse(show(command)) == command`.

A name is quoted where its words could be read as something else. Inside quotes a double quote is written twice, and
what looks like an HTML entity or tag is escaped (Teams sends markup). Days are ISO, shares percentages.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from bot.commands.command import (
    ChangeDigest,
    Clause,
    Command,
    Customers,
    ForgetMe,
    HandleDigest,
    Hello,
    Help,
    ListDigests,
    Name,
    NewDigest,
    SignIn,
    SignOut,
    Usage,
    WhoAmI,
    Workloads,
)
from bot.domain.recurrence import Schedule
from bot.language.sentence.parser import parse
from bot.language.text.lexicon import ENGLISH, Lexicon, PhraseRole
from bot.language.text.message_text import escape, tidy
from bot.language.timing.schedule_sentence import schedule_sentence
from bot.names import workload_aliases as aliases
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.share_filter import ShareRange

_ROLES = {Clause.FOR: PhraseRole.FOR, Clause.ON: PhraseRole.ON, Clause.IN: PhraseRole.IN, Clause.VIA: PhraseRole.VIA}
_CHECKED = 500  # characters
_ALONE: dict[type[Command], PhraseRole] = {
    Hello: PhraseRole.HELLO,
    Workloads: PhraseRole.WORKLOADS,
    SignIn: PhraseRole.SIGN_IN,
    SignOut: PhraseRole.SIGN_OUT,
    WhoAmI: PhraseRole.WHO_AM_I,
    ForgetMe: PhraseRole.FORGET_ME,
    ListDigests: PhraseRole.DIGESTS,
}
_PLAIN_NAME = re.compile(r"[\w'’./+&-]+(?: [\w'’./+&-]+)*")


def sentence_of(command: Command, *, lexicon: Lexicon = ENGLISH) -> str:
    """The sentence that says `command` again."""
    sentence = _Printer(lexicon, quote_all=False).sentence(command)
    # What a name can be taken for only the parser knows; a long sentence is not worth its time.
    if len(sentence) <= _CHECKED and parse(sentence, today=date.max, lexicon=lexicon) == command:
        return sentence
    return _Printer(lexicon, quote_all=True).sentence(command)


class _Printer:
    def __init__(self, lexicon: Lexicon, *, quote_all: bool) -> None:
        self._lexicon = lexicon
        self._quote_all = quote_all

    def sentence(self, command: Command) -> str:
        match command:
            case Usage():
                return " ".join(self._usage(command))
            case NewDigest(question, schedule):
                when = schedule_sentence(schedule, self._lexicon) if schedule else None
                return " ".join(filter(None, (self._word(PhraseRole.DIGEST), when, *self._usage(question))))
            case HandleDigest(act, number):
                return f"{self._lexicon.data.orders[act][0]} {self._word(PhraseRole.DIGEST)} {number}"
            case ChangeDigest(number, schedule):
                return " ".join(self._change(number, schedule))
            case _:
                return self._simple(command)

    def _simple(self, command: Command) -> str:
        match command:
            case Help(topic):
                return " ".join(filter(None, (self._word(PhraseRole.HELP), topic and self._word(PhraseRole(topic)))))
            case Customers(search):
                return " ".join(filter(None, (self._word(PhraseRole.CUSTOMERS), search and self._name(search))))
            case _:
                return self._word(_ALONE[type(command)])

    def _change(self, number: int, schedule: Schedule | None) -> Iterator[str]:
        yield self._lexicon.data.changes[0]
        yield self._word(PhraseRole.DIGEST)
        yield str(number)
        if schedule:
            yield self._lexicon.data.schedule.printed["to"]
            yield schedule_sentence(schedule, self._lexicon)

    def _usage(self, usage: Usage) -> Iterator[str]:
        clauses = tuple(self._clauses(usage))
        if usage.order:
            yield f"{self._word(PhraseRole.BOTTOM if usage.order.lowest else PhraseRole.TOP)} {usage.order.count}"
        elif clauses or usage.expression is None:
            yield self._word(PhraseRole.USAGE)
        yield from clauses
        if usage.expression is not None:
            yield f"{self._word(PhraseRole.FILTER)} {escape(_one_line(compile_filter(usage.expression)))}"

    def _clauses(self, usage: Usage) -> Iterator[str]:
        lists = ((Clause.FOR, usage.customers), (Clause.ON, usage.subjects))
        for clause, names in (*lists, (Clause.IN, usage.products), (Clause.VIA, usage.channels)):
            if names:
                yield f"{self._word(_ROLES[clause])} {self._names(names, clause)}"
        for clause, pairs in groupby(usage.excluded, key=lambda pair: pair[0]):
            listed = self._names(tuple(name for _, name in pairs), clause)
            yield f"{self._word(PhraseRole.NOT)} {self._word(_ROLES[clause])} {listed}"
        if usage.by:
            yield f"{self._word(PhraseRole.BY)} {self._list(map(self._lexicon.dimension_word, usage.by))}"
        if usage.limit:
            yield from self._limit(usage.limit)
        if usage.as_of:
            yield f"{self._word(PhraseRole.AS_OF)} {usage.as_of.isoformat()}"

    def _limit(self, limit: ShareRange) -> Iterator[str]:
        low, high = limit.low, limit.high
        if low is not None and high is not None and limit.low_included and limit.high_included and low <= high:
            yield f"{self._word(PhraseRole.BETWEEN)} {self._list((_percent(low), _percent(high)))}"
            return
        if low is not None:
            yield f"{self._word(PhraseRole.AT_LEAST if limit.low_included else PhraseRole.ABOVE)} {_percent(low)}"
        if high is not None:
            yield f"{self._word(PhraseRole.AT_MOST if limit.high_included else PhraseRole.BELOW)} {_percent(high)}"

    def _names(self, names: tuple[Name, ...], clause: Clause) -> str:
        return self._list(self._name(name.text, clause) for name in names)

    def _list(self, items: Iterable[str]) -> str:
        *some, last = items
        return f"{', '.join(some)} {self._word(PhraseRole.AND)} {last}" if some else last

    def _name(self, name: str, clause: Clause | None = None) -> str:
        text = tidy(name)
        if self._quote_all or not self._is_plain(text, clause):
            return '"' + escape(text).replace('"', '""') + '"'
        return text

    def _is_plain(self, text: str, clause: Clause | None) -> bool:
        """No word of the name is a keyword, nor the name that of a workload where it stands for something else."""
        if not _PLAIN_NAME.fullmatch(text) or (clause is not Clause.ON and aliases.meanings(text)):
            return False
        spellings = (self._lexicon.phrases.get(word.casefold(), ()) for word in text.split())
        return all(phrase.opening for phrases in spellings for phrase in phrases)

    def _word(self, role: PhraseRole) -> str:
        return self._lexicon.canonical[role]


def _percent(fraction: float) -> str:
    """Exact: reading it back gives the same number."""
    number = format(Decimal(repr(fraction)).scaleb(2), "f")
    return (number.rstrip("0").rstrip(".") if "." in number else number) + "%"


def _one_line(text: str) -> str:
    """Nothing that the typed sentence could not carry; blanks inside a value are kept."""
    return "".join(tidy(f"x{character}x")[1:-1] for character in text)
