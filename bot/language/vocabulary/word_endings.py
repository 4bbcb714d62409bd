"""Remove the endings of a word.

`Fabrikamnál` may be `Fabrikam`, `SharePointtal` `SharePoint`. Pure.

The result is what the word may have been, not what it was: a list of words or names decides that.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.language.text.tokenizer import unaccented
from bot.language.vocabulary.word_patterns import phrases

_WORDS = 4_096  # whose stems are remembered
_SHORTEST = 3  # letters of what is left
_JOINTS = "-–'’"
# The consonants that are written for the last sound of a foreign word: `Teamsszel`, `Skype-pal`.
_SOUNDS = ("sz", "zs", "dzs", "ssz", "cs", "s", "z", "j")


@dataclass(frozen=True, slots=True)
class WordEndings:
    """The endings of a language.

    `plain` are put behind a word, `doubling` behind its last consonant, which is written twice: `Fabrikammal`.
    """

    plain: frozenset[str] = frozenset()
    doubling: frozenset[str] = frozenset()
    longest: int = 0  # letters of an ending

    @classmethod
    def of(cls, plain: Iterable[str], doubling: Iterable[str]) -> "WordEndings":
        """Expand the patterns of a word file.

        The words of a pattern are endings one after the other.
        """
        joined = {"".join(phrase) for pattern in plain for phrase in phrases(pattern)}
        behind, doubled = frozenset(map(unaccented, joined)), frozenset(map(unaccented, doubling))
        return cls(behind, doubled, max(map(len, behind | doubled), default=0))

    def has(self, text: str) -> bool:
        """Return True if the folded `text` is an ending: the `ot` of `50%-ot`."""
        return text in self.plain or any(text.endswith(each) and len(text) < 5 for each in self.doubling)

    @lru_cache(_WORDS)  # noqa: B019 - the endings of a language are never deleted
    def stems(self, typed: str) -> tuple[str, ...]:
        """Return what `typed` may be without an ending, the longest first.

        Found once a word: marks of several kinds ask for it.
        """
        folded = unaccented(typed.casefold())
        if len(folded) != len(typed) or not self.plain:
            return ()
        seen: dict[str, None] = {}
        for end in range(len(typed) - 1, max(1, len(typed) - 1 - self.longest), -1):
            for left in self._left(folded, end):
                stem = typed[:left]
                joined = stem.rstrip(_JOINTS)
                if (
                    not joined[-1:].isspace()
                    and len(joined) >= (2 if joined != stem or joined[-1:].isdigit() else _SHORTEST)
                    and joined not in seen
                ):
                    seen[joined] = None
        return tuple(seen)

    def _left(self, folded: str, end: int) -> Iterator[int]:
        """Yield how much is left if an ending begins at `end`."""
        if folded[end:] in self.plain:
            yield end
        if folded[end:] not in self.doubling:
            return
        if folded[end - 1] == folded[end - 2]:
            yield end - 1
        for sound in _SOUNDS:
            if folded[:end].endswith(sound):
                yield end - len(sound)
        if folded[end - 2] in _JOINTS:
            yield end - 1
