"""Find days, periods, times of the day and schedules in a sentence. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.language.moments.readings import Context
from bot.language.moments.time_chart import TimeChart
from bot.language.moments.time_values import NoSuchDay, NoSuchTime, Period, TimeValue, UnofferedRecurrence
from bot.language.moments.time_words import TimeWords
from bot.language.moments.word_units import units
from bot.language.text.reading_effort import ReadingEffort
from bot.language.text.tokenizer import Token

_DOUBTFUL = 0.5
_SHORT = 3  # letters of a word that is one by accident: "fr" may be Friday, or a misspelt "for"
_ACCIDENTAL = 0.9


@dataclass(frozen=True, slots=True)
class TimePhrase:
    """A value said by the tokens from `start` up to `end`, in `language`.

    `cost` is above 0 if the words often mean something else.
    """

    start: int
    end: int
    value: TimeValue
    language: str
    cost: float = 0.0


def time_phrases(
    tokens: Sequence[Token], words: Sequence[TimeWords], now: datetime, effort: ReadingEffort | None = None
) -> list[TimePhrase]:
    """Return every phrase about time.

    Phrases may overlap, and short ones are found within longer ones. `words` are those of the languages that the
    sentence may be in, the most likely first. `now` is in the zone of the person. A phrase of several meanings is
    returned once for each: "on friday" is a day of the past, a day to come and every friday. The caller chooses. Raises
    TooManyStepsError if that is more than `effort` allows.
    """
    found: dict[tuple[int, int, Any], TimePhrase] = {}
    for language in words:
        chart = TimeChart(units(tokens, language.splitter), language, Context(now, language.data.order), effort)
        for phrase in _phrases(tokens, chart):
            known = found.setdefault((phrase.start, phrase.end, phrase.value), phrase)
            if phrase.cost < known.cost:
                found[phrase.start, phrase.end, phrase.value] = phrase
    return sorted(found.values(), key=lambda phrase: (phrase.start, -phrase.end, phrase.cost))


def _phrases(tokens: Sequence[Token], chart: TimeChart) -> Iterator[TimePhrase]:
    language = chart.words.data
    for at, unit in enumerate(chart.units):
        if not unit.opens:
            continue
        for (end, value), cost in chart.phrases(at).items():
            if not chart.units[end - 1].closes:
                continue
            last = chart.units[end - 1].token + 1
            said = " ".join(token.text for token in tokens[unit.token : last])
            doubt = _doubt(unit.text) if end == at + 1 and unit.text in chart.words.doubtful else 0.0
            yield TimePhrase(unit.token, last, _with_text(value, said), language.language, cost + doubt)


def _doubt(word: str) -> float:
    return _ACCIDENTAL if len(word) <= _SHORT else _DOUBTFUL


def _with_text(value: TimeValue, said: str) -> TimeValue:
    match value:
        case Period():
            return replace(value, said=said)
        case NoSuchDay() | NoSuchTime() | UnofferedRecurrence():
            return replace(value, text=said)
        case _:
            return value
