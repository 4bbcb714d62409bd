"""Find days, periods, times and schedules in a sentence. Pure."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.language.marking.costs import Costs
from bot.language.marking.marks import Mark, MarkKind
from bot.language.marking.pieces import Piece
from bot.language.moments.time_phrases import time_phrases
from bot.language.moments.time_words import TimeWords
from bot.language.text.message_text import MessageText
from bot.language.text.reading_effort import ReadingEffort
from bot.language.text.tokenizer import Token, tokens


@dataclass(frozen=True, slots=True)
class TimeMark:
    """What a phrase may mean, the likeliest first.

    `inner` is what its end or its beginning means alone: `last month` in `since …`, `múlt hónap` in `… óta`.
    """

    values: tuple[object, ...]
    inner: tuple[object, ...] = ()


Spelling = Callable[[str], str]  # the word of time that a folded word is a misspelling of, "" if it is none


def time_marks(
    typed: MessageText,
    pieces: Sequence[Piece],
    languages: Sequence[str],
    now: datetime,
    costs: Costs,
    spelling: Spelling,
    effort: ReadingEffort,
) -> Iterator[Mark]:
    """Yield the phrases of time, in no order.

    A word in them may be misspelt: `evry monday`. `languages` are those that the sentence may be in, the likeliest
    first.
    """
    words = tokens(typed)
    yield from _marks(words, pieces, languages, now, costs, effort)
    right = [spelling(token.folded) for token in words]
    if any(right):
        mended = [replace(token, text=to, folded=to) if to else token for token, to in zip(words, right, strict=True)]
        misspelt = [token.left for token, to in zip(words, right, strict=True) if to]
        for mark in _marks(mended, pieces, languages, now, costs, effort):
            left, end = pieces[mark.start].left, pieces[mark.end - 1].right
            if any(left <= each < end for each in misspelt):
                said = " ".join(token.text for token in mended if left <= token.left < end)
                yield replace(mark, cost=mark.cost + costs.words.misspelt, right=said)


def _marks(
    words: Sequence[Token],
    pieces: Sequence[Piece],
    languages: Sequence[str],
    now: datetime,
    costs: Costs,
    effort: ReadingEffort,
) -> Iterator[Mark]:
    begins = {piece.left: index for index, piece in enumerate(pieces)}
    ends = {piece.right: index + 1 for index, piece in enumerate(pieces)}
    found: dict[tuple[int, int], list[tuple[float, object]]] = {}
    for phrase in time_phrases(words, [TimeWords.load(each) for each in languages], now, effort):
        left, right = words[phrase.start].left, words[phrase.end - 1].right
        while right > left and right not in ends:
            right -= 1
        while right > left and pieces[ends[right] - 1].is_sign and pieces[ends[right] - 1].left > left:
            right = pieces[ends[right] - 2].right
        start = begins.get(left)
        while start is not None and start < len(pieces) and pieces[start].is_sign:
            start += 1
        if start is None or right not in ends or ends[right] <= start:
            continue
        rank = languages.index(phrase.language) if phrase.language in languages else 0
        cost = costs.places.time + phrase.cost + costs.words.language * rank
        cost -= costs.places.time_word * (ends[right] - start)  # a longer phrase is surer
        found.setdefault((start, ends[right]), []).append((cost, phrase.value))
    beginning: dict[int, list[tuple[int, int]]] = {}
    ending: dict[int, list[tuple[int, int]]] = {}
    for place in found:
        beginning.setdefault(place[0], []).append(place)
        ending.setdefault(place[1], []).append(place)
    for (start, end), values in found.items():
        least = min(cost for cost, _ in values)
        alternatives = tuple(value for _, value in sorted(values, key=lambda each: each[0]))
        within = [each for each in beginning[start] if each[1] < end] + [
            each for each in ending[end] if each[0] > start
        ]
        inner = [value for each in within for _, value in found[each]]
        yield Mark(start, end, MarkKind.TIME, TimeMark(alternatives, tuple(inner)), least)
