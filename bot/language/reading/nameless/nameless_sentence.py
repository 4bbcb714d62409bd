"""A sentence without the names in it. Pure.

It is kept for the people who improve the bot.

Names that the reader recognized become what they are (`<customer>`), and so does every sequence of words that is a
name of the directory, whatever the reader considered it. Of the other words only harmless ones stay, see
`harmless_words`: an unknown word where a name would be, or in quotes, becomes `<name>`, any other one `<word>`.
Addresses, mentions, ids and long numbers have placeholders of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.guid import pasted_guid
from bot.errors import TooManyStepsError
from bot.language.marking.marks import Mark, MarkKind, NameMark
from bot.language.marking.pieces import Piece
from bot.language.marking.worded_sentence import WordedSentence, covered
from bot.language.reading.nameless.harmless_words import HarmlessWords
from bot.names.name_folding import loose
from bot.names.span_lookup import Likeness, SpanLookup

LONGEST = 300  # characters that are kept
_LONGEST_NAME = 40  # words
_BEGINNING = 3  # words, after which a name must begin with what was read of it
_NUMBER = 5  # digits of a number that may be an id
_NUMBERS = 7  # digits of several numbers in a row: of a telephone, of an account
_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]{1,200}[\"“”„«»]")
_BEFORE_NAMES = frozenset({"prep", "follow", "inof"})
_BETWEEN = frozenset({"article", MarkKind.UNKNOWN, MarkKind.SIGN})
_NAME, _WORD = "<name>", "<word>"
_SITE = re.compile(r"(?:www\.|[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,})(?:[/:?#].*)?", re.IGNORECASE)
_TIDY = re.compile(r" (?=[%.,;:?!)])")


@dataclass(frozen=True, slots=True)
class _Token:
    """A word, number or sign that stays, or a placeholder.

    `digits`: how many of a number that is no time. `titled`: a word with a capital letter that needs none.
    """

    text: str
    digits: int = 0
    titled: bool = False

    @property
    def stays(self) -> bool:
        return not self.text.startswith("<") or len(self.text) == 1


def nameless(sentence: WordedSentence, lookup: SpanLookup) -> str:
    """Return the sentence in lower case, with placeholders instead of names.

    At most `LONGEST` characters; "" for a sentence that takes too much work to be read. `lookup` has the names that the
    person can see: without them, names that consist of common words would stay.
    """
    try:
        tokens = _without_known_names(_without_first_names(_tokens(sentence, lookup)), lookup)
    except TooManyStepsError:
        return ""
    texts = [each for each, _ in groupby(token.text for token in _without_long_numbers(tokens))]
    return _cut(texts)


def _tokens(sentence: WordedSentence, lookup: SpanLookup) -> list[_Token]:
    if not sentence.pieces or sentence.too_long:
        return []
    words = HarmlessWords(sentence.vocabularies, lookup.has_word)
    shapes, quoted = _shapes(sentence), set(_quoted(sentence))
    found: list[_Token] = []
    before: Mark | None = None
    for mark in next(covered(sentence, lookup)).marks:
        placed = mark.kind == MarkKind.UNKNOWN and before is not None and before.kind in _BEFORE_NAMES
        if mark.start in shapes:
            found.append(_Token(shapes[mark.start]))
        elif isinstance(mark.value, NameMark):
            found.append(_Token(_name(mark.value, sentence, mark)))
        elif mark.start in quoted or placed:
            found.append(_Token(_NAME))
        elif mark.right:
            found.append(_Token(mark.right))
        else:
            found += [_token(sentence, mark, at, words) for at in range(mark.start, mark.end)]
        before = before if mark.kind in _BETWEEN else mark
    return found


def _name(named: NameMark, sentence: WordedSentence, mark: Mark) -> str:
    if named.entries:
        return f"<{named.entries[0].dimension.value}>"
    text = sentence.typed.text[sentence.pieces[mark.start].left : sentence.pieces[mark.end - 1].right]
    return "<id>" if pasted_guid(text) else _NAME


def _token(sentence: WordedSentence, mark: Mark, at: int, words: HarmlessWords) -> _Token:
    """Return one piece as it is kept."""
    piece = sentence.pieces[at]
    if not any(map(str.isalnum, piece.text)):
        return _Token(piece.text if piece.text.isprintable() else "?")
    digits = sum(map(str.isdigit, piece.text))
    if not any(map(str.isalpha, piece.text)):
        is_time = mark.kind == MarkKind.TIME
        return _Token(piece.text) if is_time else _Token(piece.text if digits < _NUMBER else "<number>", digits)
    opens = at == 0 or piece.breaks or sentence.pieces[at - 1].ends
    if words.keeps(piece, mark, opens=opens):
        return _Token(piece.text.casefold(), titled=words.is_titled(piece, opens=opens))
    return _Token("<id>" if digits else _WORD)


def _shapes(sentence: WordedSentence) -> dict[int, str]:
    """Return the placeholders of addresses and mentions by the position of their pieces."""
    found: dict[int, str] = {}
    for glued in _glued(sentence.pieces):
        text = sentence.typed.text[sentence.pieces[glued[0]].left : sentence.pieces[glued[-1]].right]
        if text.startswith("@"):
            shape = "<person>"
        elif "@" in text or "://" in text or "\\\\" in text or _SITE.fullmatch(text.strip("()[]<>\"'.,;:!?")):
            shape = "<address>"
        else:
            continue
        found.update(dict.fromkeys(glued, shape))
    return found


def _quoted(sentence: WordedSentence) -> Iterator[int]:
    """Yield the positions of the pieces that are in quotes: people quote names."""
    for match in _QUOTED.finditer(sentence.typed.text):
        for at, piece in enumerate(sentence.pieces):
            if match.start() < piece.left and piece.right < match.end():
                yield at


def _glued(pieces: Sequence[Piece]) -> Iterator[list[int]]:
    """Yield the positions of pieces between which there is no blank."""
    run: list[int] = []
    for at, piece in enumerate(pieces):
        if run and not piece.glued:
            yield run
            run = []
        run.append(at)
    if run:
        yield run


def _without_first_names(tokens: Sequence[_Token]) -> list[_Token]:
    """Replace words with a capital letter beside an unknown one: the `Rose` of `Rose Baker` is no flower."""
    unknown = ("", *(token.text for token in tokens), "")
    return [
        _Token(_WORD) if token.titled and {unknown[at], unknown[at + 2]} & {_WORD, _NAME} else token
        for at, token in enumerate(tokens)
    ]


def _without_known_names(tokens: Sequence[_Token], lookup: SpanLookup) -> list[_Token]:
    """Replace what is a name of the directory, though the reader considered it something else: `Top`, `Focus on IT`."""
    words = [(word, at) for at, token in enumerate(tokens) for word in _words(token)]
    replaced: dict[int, str] = {}
    for start in range(len(words)):
        end, placeholder = _known_name([word for word, _ in words[start : start + _LONGEST_NAME]], lookup)
        if placeholder:  # the signs between its words
            replaced |= dict.fromkeys(range(words[start][1], words[start + end - 1][1] + 1), placeholder)
    return [_Token(replaced[at]) if at in replaced else token for at, token in enumerate(tokens)]


def _words(token: _Token) -> Sequence[str]:
    """Return the words of a token as names are compared: `10.10` has two. A placeholder is "", which no name has."""
    if not token.stays:
        return ("",)
    return loose(token.text).split()


def _known_name(words: Sequence[str], lookup: SpanLookup) -> tuple[int, str]:
    """Return the number of words of the longest name that begins here, and its placeholder; 0 if none does."""
    longest = 0, ""
    for end in range(1, len(words) + 1):
        if not words[end - 1]:
            break
        text = " ".join(words[:end])
        sure = Likeness.EXACT if end == 1 else Likeness.JOINED
        match = next((match for match in lookup.find(text) if match.likeness <= sure), None)
        if match is not None:
            longest = end, f"<{match.dimension.value}>"
        if end >= _BEGINNING and not lookup.begins(loose(text)):
            break
    return longest


def _without_long_numbers(tokens: Sequence[_Token]) -> Iterator[_Token]:
    """Replace numbers in a row that are one number together: `020 123 4567`."""
    at = 0
    while at < len(tokens):
        end = at
        while tokens[at].digits and end < len(tokens) and (tokens[end].digits or _joins(tokens[end].text)):
            end += 1
        if sum(token.digits for token in tokens[at:end]) >= _NUMBERS:
            yield _Token("<number>")
            at = end
        else:
            yield tokens[at]
            at += 1


def _joins(text: str) -> bool:
    return len(text) == 1 and not text.isalnum()


def _cut(texts: Sequence[str]) -> str:
    text = _TIDY.sub("", " ".join(texts))
    if len(text) <= LONGEST:
        return text
    return text[: text.rfind(" ", 0, LONGEST - 1)] + " …"
