"""Find the phrases of the vocabularies in a sentence. Pure."""

from collections.abc import Iterator, Sequence
from functools import cache

from rapidfuzz.distance import OSA

from bot.language.marking.costs import WordCosts
from bot.language.marking.mark_stream import SILENT
from bot.language.marking.marks import Mark
from bot.language.marking.pieces import Piece
from bot.language.moments.time_words import TimeWords
from bot.language.text.tokenizer import unaccented
from bot.language.vocabulary.near_words import NearWords
from bot.language.vocabulary.vocabulary import LEAF, Meaning, Trie, Vocabulary

_SHORTEST = 4  # letters of a word that may be misspelt
_SHORT_WORD = 6
_SHORT_STEM = 3
_DENYING = frozenset({"not", "none", "except"})  # a name that resembles one must not turn a question round: Piet, niet
_DENYING_LETTERS = 6
_SWAPPED_LETTERS = 5
# Kinds that are not missed: an unknown word must resemble such a word much before it is dropped as one (Land, hand).
_WEAK = frozenset({
    "filler", "article", "polite", "stress", "it", "to", "and", "prep", "inof", "have", "also", "follow", "instead",
    "versus", "small", "closing", "seelist", "start", "event", "now", "same", "again", "all", "only", "particle",
})  # fmt: skip
_WEAK_LETTERS = 7
_OPEN = ("cmp", "than", "tail")  # a comparison is nothing without a number
_PASSED = frozenset("-'’,")  # signs between the words of a phrase: `sag mir, wenn`
_SPELLED = ("fro", "ofr", "adn", "teh", "hwo")  # three letters in another order: too short for a rule


class WordMarks:
    """Finds phrases, the words of the first vocabulary being the likeliest."""

    def __init__(self, vocabularies: Sequence[Vocabulary], costs: WordCosts) -> None:
        self._vocabularies = vocabularies
        self._costs = costs
        # Words without meaning, where they may have one.
        doubts = {"filler": costs.filler, "polite": costs.polite, "small": costs.small}
        doubts |= dict.fromkeys(_OPEN, costs.comparison)
        self._doubts = dict.fromkeys(_WEAK, costs.weak) | doubts

    def known(self, pieces: Sequence[Piece]) -> list[bool]:
        """Return for each piece whether some phrase has it, with or without an ending."""
        return [any(_has(each, piece.folded) for each in self._vocabularies) for piece in pieces]

    def meaning(self, pieces: Sequence[Piece], kind: str, but: str | None = None) -> set[int]:
        """Return the positions of the words that may be of this kind alone.

        With another value than `but`.
        """
        return {at for at, piece in enumerate(pieces) if self.means(piece.folded, kind, but)}

    def means(self, word: str, kind: str, but: str | None = None) -> bool:
        """Return True if the word alone may be of this kind, not of value `but`."""
        leaves = (m for each in self._vocabularies for m in each.trie.get(word, {}).get(LEAF, ()))
        return any(m.kind == kind and m.value != but for m in leaves)

    def is_real(self, word: str) -> bool:
        """Return True for a word of one of the languages that no phrase has.

        It is no misspelling.
        """
        return any(word in each.real for each in self._vocabularies)

    def misspelt_time(self, typed: str) -> str:
        """Return the word of time that `typed` is a misspelling of.

        "" if it is a word itself, or none is near.
        """
        if len(typed) < _SHORTEST or not typed.isalpha() or self.is_real(typed):
            return ""
        if any(_has(each, typed) or typed in time_words(each.language) for each in self._vocabularies):
            return ""
        for each in self._vocabularies:
            words = _long_time_words(each.language).near(typed)
            if near := [word for word in words if _is_misspelt(typed, word)]:
                return min(near, key=lambda word: (OSA.distance(typed, word), word))
        return ""

    def at(self, pieces: Sequence[Piece], start: int, *, misspelt: bool) -> Iterator[Mark]:
        """Yield every phrase that begins with the piece at `start`.

        `misspelt`: the piece is no known word, so it may be a misspelling of one.
        """
        if (end := self._ending(pieces, start)) is not None:
            yield Mark(start, end, "article", "", self._costs.ending)
        for rank, vocabulary in enumerate(self._vocabularies):
            base = self._costs.phrase + rank * self._costs.language
            yield from self._follow(vocabulary, pieces, start, base, misspelt=misspelt)

    def _follow(
        self, vocabulary: Vocabulary, pieces: Sequence[Piece], start: int, base: float, *, misspelt: bool
    ) -> Iterator[Mark]:
        """Walk along the phrases; signs between their words do not matter."""
        ways: list[tuple[int, Trie, float, str]] = [(start, vocabulary.trie, base, "")]
        while ways:
            at, node, cost, right = ways.pop()
            if at > start and (meanings := node.get(LEAF)):
                for meaning in meanings:
                    if not right or _is_sure(meaning.kind, right, pieces[start:at]):
                        yield _mark(start, at, meaning, cost + self._doubts.get(meaning.kind, 0.0), right)
            here = at
            while start < here < len(pieces) - 1 and pieces[here].text in _PASSED and pieces[here].folded not in node:
                here += 1
            if here >= len(pieces):
                continue
            for word, dearer, spelled in self._words(vocabulary, pieces[here].folded, node, misspelt=misspelt):
                if word and word in node:  # a lone accent folds to nothing
                    said = " ".join(filter(None, (right, spelled)))
                    further = self._costs.word if at > start else 0.0  # a phrase of two words is surer than two phrases
                    ways.append((here + 1, node[word], cost + dearer - further, said))

    def _words(
        self, vocabulary: Vocabulary, typed: str, node: Trie, *, misspelt: bool
    ) -> Iterator[tuple[str, float, str]]:
        """Yield the words of the vocabulary that `typed` may be.

        Each with its cost, and with the spelling if it was misspelt.
        """
        yield typed, 0.0, ""
        stems = list(vocabulary.endings.stems(typed))
        for stem in stems:
            short = len(stem) <= _SHORT_STEM  # `minden` is all, and no form of `min`
            if stem in node and not (short and (typed in vocabulary.words or _is_silent(node[stem]))):
                yield stem, self._costs.inflected, ""
        if misspelt and typed not in vocabulary.words and typed.isalpha() and typed not in vocabulary.real:
            foreign = self.is_real(typed)  # then only swapped letters are a misspelling: `stpo` is a German law
            for word in vocabulary.beginnings.near(typed) if node is vocabulary.trie else node:
                if word and _is_misspelt(typed, word) and (not foreign or sorted(typed) == sorted(word)):
                    yield word, self._costs.misspelt, word
            for stem in stems:
                for word in vocabulary.beginnings.near(stem) if node is vocabulary.trie else node:
                    if not foreign and sorted(stem) == sorted(word) and _is_misspelt(stem, word):
                        yield word, self._costs.misspelt + self._costs.inflected, word

    def _ending(self, pieces: Sequence[Piece], start: int) -> int | None:
        """Return the end of an ending that was put behind a number or a sign: the `-ot` of `50%-ot`."""
        if pieces[start].text != "-" or not start or start + 1 >= len(pieces):
            return None
        behind = pieces[start].glued and pieces[start + 1].glued and not pieces[start - 1].text.isalpha()
        known = any(each.endings.has(pieces[start + 1].folded) for each in self._vocabularies)
        return start + 2 if behind and known else None


@cache
def time_words(language: str) -> frozenset[str]:
    """Return the words for times of a language, without accents."""
    return frozenset(map(unaccented, TimeWords.load(language).known))


@cache
def _long_time_words(language: str) -> NearWords:
    return NearWords(word for word in sorted(time_words(language)) if len(word) > _SHORTEST)


def _has(vocabulary: Vocabulary, word: str) -> bool:
    return word in vocabulary.words or not vocabulary.words.isdisjoint(vocabulary.endings.stems(word))


def _is_sure(kind: str, right: str, typed: Sequence[Piece]) -> bool:
    """Return True if a misspelt phrase may be considered one of this kind."""
    if kind in _DENYING:
        return len(right) >= _DENYING_LETTERS or (len(right) >= _SWAPPED_LETTERS and _is_swapped(right, typed))
    if kind not in _WEAK or len(typed) > 1:
        return True
    return len(right) >= _WEAK_LETTERS or _is_swapped(right, typed)


def _is_swapped(right: str, typed: Sequence[Piece]) -> bool:
    """Return True for one word whose letters are in another order: `nciht`."""
    return len(typed) == 1 and sorted(right) == sorted(typed[0].folded)


def _mark(start: int, end: int, meaning: Meaning, cost: float, right: str) -> Mark:
    return Mark(start, end, meaning.kind, meaning.value, cost, right)


def _is_misspelt(typed: str, word: str) -> bool:
    if len(typed) < _SHORTEST or len(word) < _SHORTEST:
        return len(word) == 3 and typed in _SPELLED and sorted(typed) == sorted(word)
    if typed[0] != word[0] and typed[1::-1] != word[:2]:  # the first letter is seldom wrong: "kill" is no "will"
        return False
    if abs(len(typed) - len(word)) > 1 or OSA.distance(typed, word, score_cutoff=1) > 1:
        return False
    return len(word) > _SHORT_WORD or _is_slip(typed, word)


def _is_slip(typed: str, word: str) -> bool:
    """Return True for letters that were left out, swapped or typed twice: another letter makes another short word."""
    if len(typed) == len(word):
        return sorted(typed) == sorted(word)
    return len(typed) < len(word) or any(typed[at] == typed[at - 1] for at in range(1, len(typed)))


def _is_silent(node: Trie) -> bool:
    """Return True if the phrase that ends here carries no meaning: content must not be considered it."""
    return all(meaning.kind in SILENT for meaning in node.get(LEAF, ())) and LEAF in node
