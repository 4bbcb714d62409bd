"""A sentence in words, and what explains it best. Pure.

A sentence is taken into words once. It is read without names first (`help` needs no service), then with the names that
the person can see.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache, partial
from itertools import accumulate
from unicodedata import normalize

from bot.errors import TooManyStepsError
from bot.language.marking.costs import Costs
from bot.language.marking.cover import Cover, covers
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.name_marks import NameMarks
from bot.language.marking.number_marks import number_marks
from bot.language.marking.pieces import Piece, pieces
from bot.language.marking.separable_verbs import separable_verbs
from bot.language.marking.time_marks import time_marks
from bot.language.marking.word_marks import WordMarks, time_words
from bot.language.text.message_text import MessageText, plain
from bot.language.text.reading_effort import ReadingEffort, Work
from bot.language.text.tokenizer import unaccented
from bot.language.vocabulary.vocabulary import CALLED, Vocabulary, languages
from bot.names.name_folding import loose
from bot.names.span_lookup import SpanLookup
from cards.wording.language_tag import language_of

ENGLISH = "en"
_UNDETERMINED = "und"  # https://www.rfc-editor.org/rfc/rfc5646#section-4.1
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"\"[^\"]*\"")  # a name in quotes says nothing about the language around it
LENGTH_LIMIT = 2_000  # characters; Teams' messages are refused beyond them before they are read
_HINT = 0.5  # the person's client against one common word
_FOREIGN = 0.6
_NEAR = 0.3  # languages as likely as this are all tried
_MOST = 2
SHORTEST = 4  # letters of a word that shows the language
_HEAD = 3  # letters of a name in a compound
# What so many unknown words may be misspellings of is looked for. A sentence with more of them is not answered anyway.
MOST_MISSPELT = 24
_RUNS = 3  # pieces of a misspelt name before the one that is misspelt


@dataclass(frozen=True, slots=True)
class WordedSentence:
    """A sentence in pieces.

    `found[i]` are the marks without names that begin with piece i, with these `costs`. A piece that none of them covers
    is `unknown`; `misspelt(i)` are the phrases that may be meant from piece i on. `too_long`: that is too much work, so
    it was not taken into words.
    """

    text: str
    typed: MessageText
    pieces: tuple[Piece, ...]
    vocabularies: tuple[Vocabulary, ...]
    found: tuple[tuple[Mark, ...], ...]
    costs: Costs
    unknown: tuple[bool, ...] = ()
    misspelt: Callable[[int], tuple[Mark, ...]] = field(default=lambda _: (), repr=False, compare=False)
    too_long: bool = False

    def said(self, mark: Mark) -> str:
        """Return the words of the mark as they were typed."""
        return self.typed.text[self.pieces[mark.start].left : self.pieces[mark.end - 1].right]

    @property
    def language(self) -> str:
        """The language that it is read in first, "und" if it was not taken into words."""
        return self.vocabularies[0].language if self.vocabularies else _UNDETERMINED

    @property
    def declined(self) -> bool:
        """True if it may be in a language that puts endings where others put prepositions."""
        return any(each.endings.plain for each in self.vocabularies)


def load_languages() -> None:
    """Load the words of every language.

    The first sentence does not wait for them then.

    It takes about a second and is safe in another thread.
    """
    known_languages()


def worded(
    text: str,
    language: str,
    now: datetime,
    costs: Costs | None = None,
    effort: ReadingEffort | None = None,
    typed: MessageText | None = None,
) -> WordedSentence:
    """Take `text` into words.

    `language` is that of the person's client, a BCP 47 tag: a hint. `costs` are by default those of the package. A
    sentence that takes more than `effort` is too long. `typed` is by default the plain text of `text`.
    """
    costs = costs or Costs.load()
    too_long = WordedSentence(text, plain(""), (), (), (), costs, too_long=True)
    if len(text) > LENGTH_LIMIT:
        return too_long
    try:
        return _worded(text, language, now, costs, effort or ReadingEffort(), typed)
    except TooManyStepsError:
        return too_long


def _worded(
    text: str, language: str, now: datetime, costs: Costs, effort: ReadingEffort, typed: MessageText | None
) -> WordedSentence:
    effort.spend(Work.LETTER, len(normalize("NFKD", text).encode(errors="surrogatepass")))
    typed = typed or plain(text)
    vocabularies = likely_languages(typed, language)
    elisions = {each for vocabulary in vocabularies for each in vocabulary.elisions}
    lines = [at for at, origin in enumerate(typed.origin[:-1]) if text[origin - 1 : origin] == "\n"]
    compounds = [each for each in vocabularies if each.compounds]
    parts = pieces(typed, elisions, lines, partial(_joint, vocabularies) if compounds else None)
    effort.spend(Work.PIECE, len(parts) * len(vocabularies))
    words = WordMarks(vocabularies, costs.words)
    found: list[list[Mark]] = [[] for _ in parts]
    tongues = [each.language for each in vocabularies]
    for mark in time_marks(typed, parts, tongues, now, costs, words.misspelt_time, effort):
        found[mark.start].append(mark)
    for mark in separable_verbs(parts, vocabularies, costs.words):
        found[mark.start].append(mark)
    for at in range(len(parts)):
        found[at] += [*words.at(parts, at, misspelt=False), *number_marks(parts, at, vocabularies, costs)]
    found = _without_tails(_without_hours(found, parts))
    unknown = _unknown(parts, [[mark for mark in marks if mark.kind != CALLED] for marks in found])
    # Later, of the first words that nothing explains, but counted here: a sentence takes the same steps each time.
    effort.spend(Work.GUESS, min(sum(unknown), MOST_MISSPELT) * len(vocabularies))
    misspelt = cache(lambda at: tuple(words.at(parts, at, misspelt=True)))
    marks = tuple(map(tuple, found))
    return WordedSentence(text, typed, parts, vocabularies, marks, costs, tuple(unknown), misspelt)


def guessed(sentence: WordedSentence) -> Iterator[Mark]:
    """Yield what its unknown words may be a misspelling of, whatever the names are."""
    for at in range(len(sentence.pieces)):
        if any(sentence.unknown[at : at + _RUNS]):
            yield from sentence.misspelt(at)


def covered(
    sentence: WordedSentence, lookup: SpanLookup, margin: float | None = None, effort: ReadingEffort | None = None
) -> Iterator[Cover]:
    """Yield the marks that explain the sentence best, then the next best.

    `lookup` knows the names. Raises TooManyStepsError if that is more than `effort` allows.
    """
    effort = effort or ReadingEffort()
    return covers(sentence.pieces, possible(sentence, lookup, effort), sentence.costs, margin, effort)


def possible(sentence: WordedSentence, lookup: SpanLookup, effort: ReadingEffort | None = None) -> list[list[Mark]]:
    """Return every mark that begins with each piece, names and misspelt words too."""
    parts, text, costs = sentence.pieces, sentence.typed.text, sentence.costs
    words = WordMarks(sentence.vocabularies, costs.words)
    names = NameMarks(lookup, words, sentence.vocabularies, costs.names, text, parts, effort or ReadingEffort())
    found = [[*names.called(marks), *names.at(at)] for at, marks in enumerate(sentence.found)]
    unknown = _first(_unknown(parts, found), MOST_MISSPELT)
    for at in range(len(parts)):
        if any(unknown[at : at + _RUNS]) and not _is_searched(found, at, parts, lookup):  # "how mnay"
            found[at] += names.called(sentence.misspelt(at))
        if any(unknown[at : at + _RUNS]):
            found[at] += names.misspelt(at, unknown)
    return found


def _is_searched(found: Sequence[Sequence[Mark]], at: int, parts: Sequence[Piece], lookup: SpanLookup) -> bool:
    """Return True for the beginning of a name at the end of `customers cont`: it is no misspelt "count"."""
    listed = at > 0 and any(mark.kind in ("dim", "those") and mark.end == at for mark in found[at - 1])
    return listed and at == len(parts) - 1 and lookup.begins(loose(parts[at].text))


def _first(flags: Sequence[bool], count: int) -> list[bool]:
    """Return the flags with the first `count` of those that are set."""
    numbers = accumulate(flags)
    return [flag and number <= count for flag, number in zip(flags, numbers, strict=True)]


def _without_hours(found: list[list[Mark]], parts: Sequence[Piece]) -> list[list[Mark]]:
    """Leave out times before a unit: `twenty five percent` is no time of the day, nor is `ten seats`.

    The `9:30` and the `9h` of `à 9h licences vendues` are one all the same.
    """
    units = {at for at, marks in enumerate(found) if any(mark.kind in ("percent", "seats") for mark in marks)}
    counts = {mark.end for marks in found for mark in marks if mark.kind == MarkKind.NUMBER}
    glued = {at for at, part in enumerate(parts) if at > 1 and parts[at - 1].text == ":" and part.glued}
    dropped = {at for at in units if at in counts and at - 1 not in glued}
    return [[mark for mark in marks if mark.kind != MarkKind.TIME or mark.end not in dropped] for marks in found]


def _without_tails(found: list[list[Mark]]) -> list[list[Mark]]:
    """Leave out the end of a condition that rather begins one.

    `au moins 50 %` has its number behind it, `50 % au moins` before. Nor is `et plus` the end in `… et plus de 20`.
    """
    numbers = {at for at, marks in enumerate(found) if any(mark.kind == MarkKind.NUMBER for mark in marks)}
    begun = [mark for marks in found for mark in marks if mark.kind in ("cmp", "than") and mark.end in numbers]
    whole = {(mark.start, mark.end) for mark in begun}
    counts = {mark.start for mark in begun if mark.kind == "than"}  # the `plus de` of `et plus de 20`
    return [
        [
            mark
            for mark in marks
            if mark.kind != "tail" or not ((mark.start, mark.end) in whole or mark.end - 1 in counts)
        ]
        for marks in found
    ]


def likely_languages(typed: MessageText, language: str) -> tuple[Vocabulary, ...]:
    """Return the languages that the sentence may be in, the likeliest first.

    English is always one of them.
    """
    hint = language_of(language)
    words = set(words_of(typed))
    known = known_languages()
    expected = [each for each in (hint, ENGLISH) if each in known]
    foreign = {word for word in words if len(word) >= SHORTEST}
    for each in expected:
        foreign -= known[each].words
    # How likely each language is: by its commonest words, and by words that the expected ones do not have.
    scores = {
        each: len(words & one.vocabulary.common) + _FOREIGN * len(foreign & one.words) + (each == hint) * _HINT
        for each, one in known.items()
    }
    best = max(scores.values(), default=0.0)
    near = [each for each in sorted(scores, key=lambda each: -scores[each]) if scores[each] > max(0.0, best - _NEAR)]
    return tuple(known[each].vocabulary for each in dict.fromkeys((*near[:_MOST], *expected)))


def words_of(typed: MessageText) -> list[str]:
    """Return the words outside of quotes, or all if there are no others.

    A name says nothing about the language.
    """
    folded = unaccented(typed.text.casefold())
    return _WORD.findall(_QUOTED.sub(" ", folded)) or _WORD.findall(folded)


@dataclass(frozen=True, slots=True)
class KnownLanguage:
    """A vocabulary, and the words of the language, also those for times.

    `words` are all that are known, `understood` those that mean something here.
    """

    vocabulary: Vocabulary
    words: frozenset[str]
    understood: frozenset[str]


@cache
def known_languages() -> Mapping[str, KnownLanguage]:
    found = {}
    for language in languages():
        vocabulary = Vocabulary.load(language)
        understood = vocabulary.words | time_words(language)
        found[language] = KnownLanguage(vocabulary, understood | vocabulary.real, understood)
    return found


def _joint(vocabularies: Sequence[Vocabulary], word: str) -> int:
    """Return where a compound is divided: `Teams|nutzung`. 0 for a word that is none, and for one that is known."""
    folded = unaccented(word.casefold())
    if any(folded in each.words for each in vocabularies):
        return 0
    ends = (len(word) - len(tail) for each in vocabularies for tail in each.compounds if folded.endswith(tail))
    return next((end for end in ends if end >= _HEAD), 0)


def _unknown(parts: Sequence[Piece], found: Sequence[Sequence[Mark]]) -> list[bool]:
    """Return for each piece whether no phrase, number or exact name covers it."""
    covered = [False] * len(parts)
    for marks in found:
        for mark in marks:
            if not isinstance(mark.value, NameMark) or mark.value.exact or mark.end == mark.start + 1:
                covered[mark.start : mark.end] = [True] * (mark.end - mark.start)
    return [not known and any(sign.isalnum() for sign in part.text) for known, part in zip(covered, parts, strict=True)]
