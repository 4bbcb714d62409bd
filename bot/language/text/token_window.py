"""The folded words of a sentence by index, without bounds errors. Pure."""

from collections.abc import Collection

from bot.language.text.tokenizer import Token, TokenKind

COMMA = ","


class TokenWindow:
    """The folded words of `tokens`.

    A comma is `,`. A quoted name, and every index outside the sentence, is the empty word.
    """

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
        """Return the index after the word at `index`.

        It is `index` itself if the word is not one of `some`.
        """
        return index + 1 if self[index] in some else index

    def longest(self, index: int, some: Collection[str], most: int = 3) -> tuple[str, int] | None:
        """Return the longest of the phrases `some` at `index` and its end, or None.

        Phrases of up to `most` words are compared.
        """
        for count in range(most, 0, -1):
            words = self._words[index : index + count]
            if len(words) == count and (phrase := " ".join(words)) in some:
                return phrase, index + count
        return None
