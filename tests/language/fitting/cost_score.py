"""Score costs of marks by the sentences of the tests.

A score compares costs: first the sentences that are answered as another question, then those that are not answered
although they could be, then how near the others are to that.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from bot.cli.explanation.explanation import as_fields
from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.reading_explainer import ReadingExplainer
from bot.commands.command import Command
from bot.commands.meaning import Meaning
from bot.domain.licensing import Dimension
from bot.language.composing.reason import Reason
from bot.language.marking.costs import Costs, Margins
from bot.language.marking.cover import Cover, covers
from bot.language.marking.marks import Mark
from bot.language.marking.worded_sentence import WordedSentence, possible, worded
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.reading.rivals import Dispute, asked_between
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.names.name_index import NameIndex
from cards.wording.locale_words import LocaleWords
from tests.demo_directory import demo_directories, demo_directory
from tests.language.fitting.linear_costs import Linear, flat, linear, nested
from tests.language.near_sentences import names_of, near_sentences, offered_sentences
from tests.language.sentence_score import Grade, grade

CORPORA = Path(__file__).parents[1]
NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
SAFE = 0.05  # a reading that would be wrong and is dearer than the right one by this is no danger
_WIDE = 0.1  # how far other readings are looked for
_PARTS = 5  # one of five sentences is held out
_EVERYWHERE = ("places.", "margins.")  # these are not sums of marks: they may change any sentence
_CHOSEN = Margins(9, 9, 9, 9)  # the rivals were chosen already
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """The least is the best.

    `danger`: how near the right sentences are to another grade, on average. 0: none is near; 1: all are there.
    """

    wrong: int
    asked: int
    danger: float
    sentences: int = field(compare=False)

    @property
    def right(self) -> float:
        """The percentage of sentences that are understood."""
        return 100 * (1 - (self.wrong + self.asked) / self.sentences)


class JudgedSentence:
    """A sentence with the grade of each reading that any costs lead to.

    It is taken into marks with the costs of `base`.
    """

    def __init__(self, line: dict[str, Any], names: NameIndex, base: Costs) -> None:
        self.text, self.language = line["text"], line["language"]
        self._line = line
        self._base = flat(base)
        self._reader = SentenceReader(names.spans, NOW)
        self._explainer = ReadingExplainer(self._reader, PersonClock(NOW, "Europe/Amsterdam"))
        self._worded: WordedSentence = worded(self.text, self.language, NOW, linear(base))
        self._marks = [] if self._worded.too_long else possible(self._worded, names.spans)
        self._readings: dict[Key, Reading] = {}
        self._grades: dict[Key, Grade] = {}
        self._judged: dict[Key, tuple[Grade, float]] = {}

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The names of the costs on which the sentence depends."""
        sums = {name for marks in self._marks for mark in marks for name in _sum_of(mark).counts}
        return tuple(name for name in self._base if name in sums or name.startswith(_EVERYWHERE))

    @cached_property
    def _before(self) -> Meaning | None:
        before: Meaning | None = None
        for earlier in self._line.get("after", ()):
            before = self._reader.read(earlier, self.language, before).meaning or before
        return before

    def judged(self, values: Mapping[str, float]) -> tuple[Grade, float]:
        """Return the grade with these costs, and how near another grade is."""
        key = tuple(values[name] for name in self.counted)
        if key not in self._judged:
            self._judged[key] = self._judge(values)
        return self._judged[key]

    def _judge(self, values: Mapping[str, float]) -> tuple[Grade, float]:
        if not self.text.strip() or not self._marks:
            return Grade.RIGHT, _WIDE
        costs = nested(values)
        sentence = replace(self._worded, costs=costs)
        marks = [[replace(mark, cost=_sum_of(mark).at(values, self._base)) for mark in marks] for marks in self._marks]
        number = {id(mark): (at, rank) for at, each in enumerate(marks) for rank, mark in enumerate(each)}
        best, *others = covers(sentence.pieces, marks, costs, max(_WIDE, costs.margins.widest))
        keys = {id(cover): _key(cover, number) for cover in (best, *others)}
        spare = {id(each): self._spare(best, each, costs) for each in others}
        near = [each for each in others if spare[id(each)] >= 0]

        def read(cover: Cover) -> Reading:
            key = keys[id(cover)]
            if key not in self._readings:
                self._readings[key] = self._reader._composed(sentence, self._before, cover)
            return self._readings[key]

        def given(first: Cover, rivals: Sequence[Cover]) -> Grade:
            ways = tuple(keys[id(cover)] for cover in (first, *rivals))
            return self._graded(ways, lambda: asked_between(read(first), first, rivals, read, sentence.said, _CHOSEN))

        if (grade_ := given(best, near)) is not Grade.RIGHT:
            return grade_, 0.0
        gaps = [_WIDE]
        for each in others:
            if given(each, ()) is not Grade.RIGHT and not near:
                gaps.append(each.cost - best.cost)
            changed = [other for other in near if other is not each] if each in near else [*near, each]
            if spare[id(each)] > -_WIDE and given(best, changed) is not Grade.RIGHT:
                gaps.append(abs(spare[id(each)]))
        return Grade.RIGHT, min(gaps)

    def _spare(self, best: Cover, other: Cover, costs: Costs) -> float:
        """Return by how much the other cover is a rival, below 0 if it is none."""
        return Dispute.between(best, other).margin(costs.margins) - (other.cost - best.cost)

    def _graded(self, ways: Key, read: Callable[[], Reading]) -> Grade:
        if ways not in self._grades:
            self._grades[ways] = self._grade(read())
        return self._grades[ways]

    def _grade(self, reading: Reading) -> Grade:
        if "expect" not in self._line:
            return _near_grade(self._line, reading)
        explained = self._explainer._explained(reading, self.text, LocaleWords.load("en"))
        return grade(self._line["expect"], as_fields("", explained), _identity)


def _sum_of(mark: Mark) -> Linear:
    cost: Any = mark.cost
    return cost if isinstance(cost, Linear) else Linear(cost, {})


def _key(cover: Cover, number: Mapping[int, tuple[int, int]]) -> Key:
    return tuple(number.get(id(mark), mark.start) for mark in cover.marks)


def _near_grade(line: dict[str, Any], reading: Reading) -> Grade:
    if reading.reason is Reason.NEAR:
        return Grade.RIGHT if [_printed(each) for each in reading.choices] == line.get("choices") else Grade.ASKED
    answered = reading.outcome is ReadingOutcome.ANSWER and reading.meaning is not None
    said = _printed(reading.meaning) if answered else reading.reason
    if said == line.get("reads"):
        return Grade.RIGHT
    return Grade.WRONG if answered else Grade.ASKED


def _printed(meaning: Meaning | None) -> str:
    command = command_of(meaning) if meaning is not None else None
    return sentence_of(command) if isinstance(command, Command) else repr(command)


def _identity(kind: str, name: str) -> str:
    entries = demo_directories()[1].entries(Dimension(kind))  # also products that only were sold
    return next(entry.id for entry in entries if entry.name.casefold() == name.casefold()).casefold()


def judged_sentences(base: Costs, *, held_out: bool | None = None) -> list[JudgedSentence]:
    """Return the sentences of all corpora, in marks with these costs.

    `held_out`: only those that are held out, or only the others.
    """
    corpora = (path.read_text("utf-8").splitlines() for path in sorted(CORPORA.glob("*.jsonl")))
    lines = [(json.loads(line), demo_directory()) for corpus in corpora for line in corpus]
    lines += [(line, names_of(line)) for line in (*near_sentences(), *offered_sentences())]
    wanted = (each for each in lines if held_out in (None, is_held_out(each[0])))
    return [JudgedSentence(line, names, base) for line, names in wanted]


def score(sentences: Iterable[JudgedSentence], values: Mapping[str, float]) -> Score:
    """Return the score of these costs."""
    judged = [sentence.judged(values) for sentence in sentences]
    grades = [given for given, _ in judged]
    danger = sum(max(0.0, SAFE - gap) / SAFE for given, gap in judged if given is Grade.RIGHT)
    return Score(grades.count(Grade.WRONG), grades.count(Grade.ASKED), danger / max(len(judged), 1), len(judged))


def is_held_out(line: Mapping[str, Any]) -> bool:
    """Return True for a sentence on which no costs are fitted."""
    return crc32(line["text"].encode()) % _PARTS == 0
