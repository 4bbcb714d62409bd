"""The words of a sentence as their readers look at them: folded, and none beyond its ends. Pure."""

from collections.abc import Collection

from bot.language.text.tokenizer import Token, TokenKind

COMMA = ","


class TokenWindow:
    """The folded words of `tokens`: a comma is `,`, a quoted name and what lies beyond the end the empty word."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._words = tuple(
            COMMA if token.kind is TokenKind.COMMA else token.folded if token.kind is TokenKind.WORD else ""
            for token in tokens
        )

    def __len__(self) -> int:
        return len(self._words)

    def __getitem__(self, index: int) -> str:
        return self._words[index] if 0 <= index < len(self._words) else ""

    def skip(self, index: int, some: Collection[str]) -> int:
        """Behind the word at `index` if it is one of `some`."""
        return index + 1 if self[index] in some else index

    def longest(self, index: int, some: Collection[str], most: int = 3) -> tuple[str, int] | None:
        """The longest of the phrases `some` at `index`, up to `most` words, and its end."""
        for count in range(most, 0, -1):
            words = self._words[index : index + count]
            if len(words) == count and (phrase := " ".join(words)) in some:
                return phrase, index + count
        return None
