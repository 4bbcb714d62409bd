"""Split a message into pieces: words, numbers and signs, with typed offsets. Pure.

Unlike the tokens of `text.tokenizer`, which are split at blanks, a piece is the smallest thing that may have a meaning
of its own: `Teams-Nutzung` is two words, `exchange<50%` a name, a comparison, a number and a sign. A name may span
several pieces.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from bot.language.text.message_text import MessageText
from bot.language.text.tokenizer import comparable

_PIECE = re.compile(
    r"\d+(?:[.,]\d+)*(?=[^\w]|$)"  # 12,5 and 1.000; "3pm" is a word
    r"|[^\W_]+(?:['’](?=\w)[^\W_]+)*"  # words, with apostrophes inside
    r"|[<>]=|[^\s\w]|_"
)
_APOSTROPHES = "'’"
_POSSESSIVES = ("'s", "’s")  # they keep the apostrophe, so that they are no letter
_ENDS = frozenset(".?!…")
_JOINTS = frozenset("-–—/_*`~#\"“”„‟«»＂‹›'‘’‚()[]{}|.?!…:;,，；、•‣·◦")


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, number or sign.

    `folded`, without accents, is compared with the vocabulary. `left` and `right` are offsets in the plain text.
    `glued`: no blank is before it. `breaks`: a line ends before it. `is_sign`: it is punctuation, which means nothing
    alone.
    """

    text: str
    folded: str
    left: int
    right: int
    glued: bool
    breaks: bool
    is_sign: bool

    @property
    def ends(self) -> bool:
        """True for a sign that ends a sentence."""
        return self.text in _ENDS


def pieces(
    typed: MessageText,
    elisions: Collection[str] = (),
    lines: Sequence[int] = (),
    joint: Callable[[str], int] | None = None,
) -> tuple[Piece, ...]:
    """Return the pieces of `typed`.

    `elisions`: short words that some language writes together with the next one (`d'Exchange`), without apostrophe.
    `lines`: offsets in the plain text at which a line begins, in order. `joint` returns where a compound is divided
    (`Teams|nutzung`), 0 for any other word; None if no language has compounds.
    """
    found: list[Piece] = []
    for match in _PIECE.finditer(typed.text):
        left = match.start()
        line = bisect_left(lines, found[-1].right if found else 0)
        breaks = line < len(lines) and lines[line] <= left
        glued = bool(found) and found[-1].right == left
        for start, end in _parts(match.group(), elisions, joint):
            text = typed.text[left + start : left + end]
            folded = "'s" if text.casefold() in _POSSESSIVES else comparable(text)
            found.append(Piece(text, folded, left + start, left + end, glued, breaks, text in _JOINTS))
            glued, breaks = True, False
    return tuple(found)


def _parts(word: str, elisions: Collection[str], joint: Callable[[str], int] | None) -> list[tuple[int, int]]:
    """Return the parts of a compound, or of a word with an apostrophe: `d'` and `Exchange`, `Fabrikam` and `'s`."""
    if joint is not None and (divided := joint(word)):
        return [(0, divided), (divided, len(word))]
    at = next((index for index, sign in enumerate(word) if sign in _APOSTROPHES and index > 0), -1)
    if at < 0:
        return [(0, len(word))]
    if word[:at].casefold() in elisions:
        return [
            (0, at + 1),
            *((at + 1 + start, at + 1 + end) for start, end in _parts(word[at + 1 :], elisions, joint)),
        ]
    if word[at + 1 :].casefold() == "s":
        return [(0, at), (at, len(word))]
    return [(0, len(word))]
