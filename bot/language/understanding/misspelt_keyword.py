"""A keyword of the lexicon with a typing error. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.language.text.lexicon import Lexicon
from bot.language.text.phrase_matcher import typing_error
from bot.language.text.tokenizer import Token

_STRAY = " ?!…:;,.()[]{}\"'“”‘’*_~`-–—"


@dataclass(frozen=True, slots=True)
class MisspeltKeyword:
    """A word at the 0-based offset `at` of the text.

    `meant` is the keyword that it may be.
    """

    typed: str
    at: int
    meant: str

    def mend(self, text: str) -> str:
        """Return `text` with the keyword spelled correctly."""
        return text[: self.at] + self.meant + text[self.at + len(self.typed) :]


def misspelt_keyword(token: Token, lexicon: Lexicon, keywords: Iterable[str] | None = None) -> MisspeltKeyword | None:
    """Return the keyword that `token` is with a typing error, or None.

    `keywords` are compared; None means the keywords in which the parser accepts a typing error.
    """
    among = lexicon.misspellable if keywords is None else keywords
    meant = next((right for right in among if typing_error(token.folded, right)), None)
    if meant is None:
        return None
    before = len(token.text) - len(token.text.lstrip(_STRAY))
    typed = token.text.strip(_STRAY)
    return MisspeltKeyword(typed, token.start + before, meant) if typed else None
