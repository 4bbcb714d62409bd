"""Read an action on an existing digest: stop digest 3, digest #3 pause. Pure."""

from collections.abc import Callable

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, ListDigests, NotUnderstood, ParseProblem
from bot.commands.verbs import VERBS, VerbArgument
from bot.language.sentence.clause_values import ClauseValues
from bot.language.text.lexicon import Lexicon, PhraseRole
from bot.language.timing.partial_schedule import PartialSchedule

Order = HandleDigest | ChangeDigest | ListDigests | NotUnderstood

_LARGEST = 9  # digits
_ACTIONS = tuple(each for each in VERBS if each.argument is VerbArgument.NUMBER)
_CHANGES = tuple(each for each in VERBS if each.argument is VerbArgument.NEW_SCHEDULE)
# These words may also begin a new digest: "start digest every monday …", "show digest of …".
_BEGINS = (DigestAction.RUN, DigestAction.RESUME, DigestAction.OPEN)


class DigestActionPhrases:
    """The actions on digests in one sentence.

    `silent(index)` returns the end of the courtesies at `index`.
    """

    def __init__(self, payloads: ClauseValues, lexicon: Lexicon, silent: Callable[[int], int]) -> None:
        self._words = payloads.words
        self._payloads = payloads
        self._language = lexicon.data
        self._silent = silent
        actions = lexicon.data.actions
        self._acts = {word: DigestAction(each.name) for each in _ACTIONS for word in actions[each.role]}
        self._changes = tuple(word for each in _CHANGES for word in actions[each.role])

    def at(self, index: int) -> Order | None:
        """Return the action in the words from `index` to the end, None if there is none."""
        if change := self._words.longest(index, self._changes):
            return self._change(change[1])
        if said := self._words.longest(index, self._acts):
            return self._act(self._acts[said[0]], said[1])
        return self._digest_first(index)

    def _act(self, act: DigestAction, index: int) -> Order | None:
        noun = self._noun(index)
        if noun is None:
            return None
        number, end = self._number(noun)
        if number:
            if self._ends(end):
                return HandleDigest(act, number)
            return self._problem(ParseProblem.UNEXPECTED, end, len(self._words))
        if act is DigestAction.OPEN and self._ends(noun):
            return ListDigests()
        if act in _BEGINS and not self._ends(noun):
            return None
        return self._numberless(noun)

    def _change(self, index: int) -> Order | None:
        noun = self._noun(index)
        if noun is None:
            return None
        number, end = self._number(noun)
        if not number:
            return self._numberless(noun)
        if self._ends(end):
            return ChangeDigest(number)
        to = self._words.longest(end, self._language.changed_to)
        return self._changed(number, to[1] if to else end)

    def _changed(self, number: int, index: int) -> Order:
        """Return the change to a whole schedule. "to 10:00" is refused, because it does not say that the days stay."""
        readings = self._payloads.schedules.at(index, asked=True)
        for reading in readings:
            if isinstance(reading.value, PartialSchedule) and reading.value.days and self._ends(reading.end):
                return ChangeDigest(number, reading.value.schedule)
        for reading in readings:
            wrong = self._payloads.scheduled(index, reading.end, reading.value).value
            if isinstance(wrong, NotUnderstood):
                return wrong
        return self._problem(
            ParseProblem.BAD_SCHEDULE, index, len(self._words), *self._language.schedule.expected["change"]
        )

    def _digest_first(self, index: int) -> Order | None:
        """Read `digest 3`, `digest 3 stop`. With other words after it, it is a question."""
        noun = self._words.skip(index, self._language.handled)
        number, end = self._number(noun) if noun > index else (0, index)
        if not number:
            return None
        if self._ends(end):
            return HandleDigest(DigestAction.OPEN, number)
        said = self._words.longest(end, self._acts)
        return HandleDigest(self._acts[said[0]], number) if said and self._ends(said[1]) else None

    def _noun(self, index: int) -> int | None:
        before = self._words.longest(index, self._language.handled_before)
        at = before[1] if before else index
        return at + 1 if self._words[at] in self._language.handled else None

    def _number(self, index: int) -> tuple[int, int]:
        """Return the number of a digest at `index` and its end; 0 and `index` if there is no number."""
        at = self._words.skip(index, self._language.numbered)
        word = self._words[at].lstrip(self._language.number_signs)
        if word.isascii() and word.isdigit() and len(word) <= _LARGEST:
            return int(word), at + 1
        number = self._language.numbers.get(word, 0)
        return number, at + 1 if number else index

    def _ends(self, index: int) -> bool:
        return self._silent(index) >= len(self._words)

    def _numberless(self, index: int) -> NotUnderstood:
        return self._problem(ParseProblem.MISSING_NUMBER, index, index + 1, self._language.forms["digest"])

    def _problem(self, problem: ParseProblem, start: int, end: int, *expected: str) -> NotUnderstood:
        if start >= len(self._words):
            missing = self._payloads.missing(start, problem, *expected)
            return NotUnderstood(problem, missing.at, "", expected)
        said = self._payloads.said(PhraseRole.ASK, start, end)
        return NotUnderstood(problem, said.at, said.found, expected)
