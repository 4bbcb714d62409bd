"""Find days, periods, times of the day and schedules in a sentence. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.language.moments.readings import Context
from bot.language.moments.rules import TOP
from bot.language.moments.time_chart import TimeChart
from bot.language.moments.time_values import NoSuchDay, NoSuchTime, Period, TimeValue, UnofferedRecurrence
from bot.language.moments.time_words import TimeWords
from bot.language.moments.word_units import units
from bot.language.text.tokenizer import Token

_DOUBTFUL = 0.5


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


def time_phrases(tokens: Sequence[Token], words: Sequence[TimeWords], now: datetime) -> list[TimePhrase]:
    """Return every phrase about time, also those that overlap and those within longer ones.

    `words` are those of the languages that the sentence may be in, the most likely first. `now` is in the zone of the
    person. A phrase of several meanings is returned once for each: "on friday" is a day of the past, a day to come and
    every friday. The caller chooses.
    """
    found: dict[tuple[int, int, Any], TimePhrase] = {}
    for language in words:
        for phrase in _phrases(tokens, language, now):
            known = found.setdefault((phrase.start, phrase.end, phrase.value), phrase)
            if phrase.cost < known.cost:
                found[phrase.start, phrase.end, phrase.value] = phrase
    return sorted(found.values(), key=lambda phrase: (phrase.start, -phrase.end, phrase.cost))


def _phrases(tokens: Sequence[Token], words: TimeWords, now: datetime) -> list[TimePhrase]:
    parts = units(tokens, words.splitter)
    chart = TimeChart(parts, words, Context(now, words.data.order))
    found: list[TimePhrase] = []
    for at, unit in enumerate(parts):
        if not unit.opens or not chart.may_begin(TOP, at):
            continue
        for (end, value), cost in chart.find(TOP, at).items():
            if parts[end - 1].closes:
                last = parts[end - 1].token + 1
                said = " ".join(token.text for token in tokens[unit.token : last])
                doubt = _DOUBTFUL if end == at + 1 and unit.text in words.data.doubtful else 0.0
                found.append(TimePhrase(unit.token, last, _with_text(value, said), words.data.language, cost + doubt))
        if chart.exhausted:
            break
    return found


def _with_text(value: TimeValue, said: str) -> TimeValue:
    match value:
        case Period():
            return replace(value, said=said)
        case NoSuchDay() | NoSuchTime() | UnofferedRecurrence():
            return replace(value, text=said)
        case _:
            return value
