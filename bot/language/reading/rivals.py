"""Other readings that are nearly as likely: the bot asks which one is meant. Pure.

A sentence has many covers that differ in words without weight. Another reading is a rival only if

- a name or a time is in dispute: they come from outside, so they may be like each other, or like a word, by accident.
  Of two meanings of a word in the vocabulary the words around it decide;
- it costs no more than the margin for that kind of dispute;
- it understands no less of the sentence: who leaves a word out has not found another meaning of it. (A preposition
  carries no meaning by itself, so of two customers where one is called like the other with such a word, either may be
  meant);
- it leads to another command, and the bot can carry it out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from bot.commands.command import Command
from bot.commands.meaning import Meaning
from bot.domain.licensing import Dimension
from bot.language.composing.reason import Reason
from bot.language.marking.costs import Margins
from bot.language.marking.cover import Cover
from bot.language.marking.mark_stream import SILENT
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading, ReadingOutcome

_FOREIGN = (MarkKind.NAME, MarkKind.TIME)  # what comes from outside of the vocabulary
# One is a part of the other, and both are called alike: it does not matter which one is meant.
_TWICE = 0.005  # how much dearer a name may be if the word was said before: `usage for usage`
_ALIKE = frozenset({Dimension.WORKLOAD, Dimension.SERVICE})


@dataclass(frozen=True, slots=True)
class Dispute:
    """The marks by which two covers differ, without those that carry no meaning."""

    mine: Sequence[Mark]
    theirs: Sequence[Mark]

    @classmethod
    def between(cls, one: Cover, other: Cover) -> "Dispute":
        """Compare two covers of a sentence."""
        return cls(_only_in(one, other), _only_in(other, one))

    @property
    def mark(self) -> Mark | None:
        """A name or time that one of them has; None if the dispute is about others."""
        return next((mark for mark in (*self.theirs, *self.mine) if mark.kind in _FOREIGN), None)

    def margin(self, margins: Margins) -> float:
        """Return how much dearer the other cover may be.

        Below 0 if it is no rival at any cost.
        """
        mine, theirs = ({mark.kind for mark in marks if mark.kind in _FOREIGN} for marks in (self.mine, self.theirs))
        if not mine | theirs or self._is_one_thing():
            return -1.0
        if any(mark.kind == MarkKind.UNKNOWN for mark in self.theirs):
            alone = len(self.mine) == len(self.theirs) == 1  # else the sentence is another one
            return margins.unknown if MarkKind.TIME in mine and alone else -1.0
        if self.is_nested:
            return margins.widest
        if not mine or not theirs:
            return margins.words
        return margins.times if MarkKind.TIME in mine | theirs else margins.names

    @property
    def is_nested(self) -> bool:
        """True if one customer is called like another with one word more.

        That word has a meaning, too: `usage for Klant Adatum` is about the customer Klant Adatum, or it says that
        Adatum is a customer. A detail after a name is no such word: it says which of several is meant.
        """
        if any(mark.kind == MarkKind.UNKNOWN for mark in (*self.mine, *self.theirs)):
            return False
        pairs = product(filter(_is_customer, self.mine), filter(_is_customer, self.theirs))
        return any(_are_others(one, other) and (_holds(one, other) or _holds(other, one)) for one, other in pairs)

    def _is_one_thing(self) -> bool:
        """Return True if the dispute is whether words are a workload or its service."""
        both = [mark for mark in (*self.mine, *self.theirs) if mark.kind in _FOREIGN]
        return all(isinstance(mark.value, NameMark) and _dimensions(mark.value) <= _ALIKE for mark in both)


def _is_customer(mark: Mark) -> bool:
    """Return True for the whole name of customers."""
    named = mark.value
    return isinstance(named, NameMark) and named.exact and _dimensions(named) == {Dimension.CUSTOMER}


def _are_others(one: Mark, other: Mark) -> bool:
    """Return True if the customers of one mark are not those of the other."""
    first, second = one.value, other.value
    return isinstance(first, NameMark) and isinstance(second, NameMark) and not {*first.entries} & {*second.entries}


def _holds(one: Mark, other: Mark) -> bool:
    return one.start <= other.start and other.end <= one.end


def _says_twice(cover: Cover, dispute: Dispute) -> bool:
    said = [(mark.kind, mark.value) for mark in cover.marks if mark.kind == "act"]
    return any(said.count((mark.kind, mark.value)) > 1 for mark in dispute.mine)


def _only_in(one: Cover, other: Cover) -> tuple[Mark, ...]:
    return tuple(mark for mark in one.marks if mark.kind not in SILENT and mark not in other.marks)


def _dimensions(named: NameMark) -> set[Dimension]:
    return {entry.dimension for entry in named.entries}


def asked_between(
    best: Reading,
    cover: Cover,
    others: Iterable[Cover],
    read: Callable[[Cover], Reading],
    said: Callable[[Mark], str],
    margins: Margins,
) -> Reading:
    """Return the best reading, which asks if another one is nearly as likely.

    `read` reads one of the `others`, the cheapest of which is the first. `said` returns the words of a mark.
    """
    choices = _meant(best)
    if not choices:
        return best
    disputed = ""
    for other in others:
        dispute = Dispute.between(cover, other)
        if dispute.mark is None or other.cost - cover.cost > dispute.margin(margins) + _TWICE * _says_twice(
            cover, dispute
        ):
            continue
        unknown = [said(mark) for mark in dispute.theirs if mark.kind == MarkKind.UNKNOWN]
        found = _meant(read(other)) if dispute.is_nested else _rival(best, read(other), unknown)
        if not found.keys() <= choices.keys():
            disputed = disputed or said(dispute.mark)
            choices = choices | {led: meaning for led, meaning in found.items() if led not in choices}
    if not disputed:
        return best
    return replace(best, outcome=ReadingOutcome.ASK, reason=Reason.NEAR, what=disputed, choices=tuple(choices.values()))


def _rival(best: Reading, other: Reading, unknown: Sequence[str]) -> dict[Command, Meaning]:
    """Return what the other reading leads to; {} if it is no rival. `unknown`: words that it does not understand."""
    if unknown:
        left = [span.text for span in other.not_understood]
        whole = replace(other, outcome=ReadingOutcome.ANSWER) if left == list(unknown) else other
        return _meant(whole)
    return _meant(other) if _understood(other) >= _understood(best) else {}


def _meant(reading: Reading) -> dict[Command, Meaning]:
    """Return the commands that a reading leads to, or that it lets choose from."""
    several = reading.outcome is ReadingOutcome.ASK and reading.reason is Reason.SEVERAL
    if reading.outcome is not ReadingOutcome.ANSWER and not several:
        return {}
    meanings = reading.choices if several else (reading.meaning,)
    led = [(command_of(meaning), meaning) for meaning in meanings if meaning is not None]
    return {command: meaning for command, meaning in led if isinstance(command, Command)}


def _understood(reading: Reading) -> int:
    """Return how many characters carry the meaning."""
    return sum(len(span.text) for span in reading.understood if span.taken_for)
