"""Put stand-ins in place of names in a text. Pure.

No word of a name is read then.

A stand-in is two letters of a script that no sentence is written in. It keeps the place of the name in the typed text.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.language.reading.filters.filter_tail import question_end
from bot.language.text.message_text import MessageText
from bot.language.text.tokenizer import TokenKind, tokens

_FIRST, _LAST = 0x13000, 0x1342E  # https://www.unicode.org/charts/PDF/U13000.pdf


@dataclass(frozen=True, slots=True)
class TextPart:
    """The characters of a plain text from `left` up to `right`, which name `name`."""

    left: int
    right: int
    name: str


def quoted(typed: MessageText) -> Iterator[TextPart]:
    """Yield the quoted names of a text. A filter has quotes of its own."""
    end = question_end(typed.text)
    for token in tokens(typed):
        if token.kind is TokenKind.QUOTED and token.text and token.left < end:
            yield TextPart(token.left, token.right, token.text)


class StandIns:
    """A text with a stand-in for each of `parts`.

    They are in the order of the text and do not overlap.
    """

    def __init__(self, typed: MessageText, parts: Sequence[TextPart]) -> None:
        free = (letter for letter in map(chr, range(_FIRST, _LAST)) if letter not in typed.text)
        self.parts = {letter * 2: part for letter, part in zip(free, parts, strict=False)}
        self._typed = typed
        text: list[str] = []
        origin: list[int] = []
        at = 0
        for letters, part in self.parts.items():
            text += [typed.text[at : part.left], letters]
            origin += [*typed.origin[at : part.left], typed.origin[part.left], typed.origin[part.right - 1]]
            at = part.right
        text.append(typed.text[at:])
        self.typed = MessageText("".join(text), (*origin, *typed.origin[at:]))

    def restored(self, text: str) -> str:
        """Return `text` with the names in place of their stand-ins."""
        for letters, part in self.parts.items():
            text = text.replace(letters, part.name)
        return text

    def part(self, left: int, right: int) -> TextPart:
        """Return a part of the text without stand-ins.

        `left` and `right` are its places in the text with them.
        """
        shift, start, end = 0, left, right
        for letters, part in self.parts.items():
            place = part.left + shift  # of the stand-in
            if place < left:
                start += part.right - part.left - len(letters)
            if place < right:
                end += part.right - part.left - len(letters)
            shift += len(letters) - (part.right - part.left)
        return TextPart(start, end, " ".join(self._typed.text[start:end].split()))
