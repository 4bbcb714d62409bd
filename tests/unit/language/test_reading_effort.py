"""Reading a sentence has a limit of work, whatever is typed.

Work is counted in steps, and beside them by what Python really does: its calls of functions.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType
from zoneinfo import ZoneInfo

import pytest

from bot.errors import TooManyStepsError
from bot.language.composing.reason import Reason
from bot.language.marking.worded_sentence import worded
from bot.language.reading.nameless.nameless_sentence import LONGEST, nameless
from bot.language.reading.reading import Reading, ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.text.reading_effort import MOST_STEPS, STEPS_AT_ONCE, ReadingEffort, Work
from bot.usage.offline_sentence import FirstReadings
from bot.usage.sentence_result import result_of
from cards.draw import plain_text
from cards.views.answer_views import NotUnderstoodView
from cards.wording.locale_words import LocaleWords
from tests.language.hostile_sentences import HOSTILE, many_names

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
NAMES = many_names()
NAMES.spans.warm()
CALLS_OF_A_STEP = 10
PARTS = 2  # words are found first, then names and meanings


@pytest.fixture
def charged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the steps of all work, with that which was one too many."""
    steps: list[int] = []
    spend = ReadingEffort.spend

    def counting(effort: ReadingEffort, work: Work, times: int = 1) -> None:
        steps.append(work * times)
        spend(effort, work, times)

    monkeypatch.setattr(ReadingEffort, "spend", counting)
    return steps


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    calls = [0]

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        calls[0] += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def read(text: str, most: int = MOST_STEPS) -> Reading:
    for remembered in (NAMES.spans.look, NAMES.spans.near):
        remembered.cache_clear()
    first = FirstReadings().read(text, "en", NOW, most)
    if not first.needs_names or first.too_long:
        return first.reading
    return SentenceReader(NAMES.spans, NOW, most).read_worded(first.sentence)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("most", [STEPS_AT_ONCE, MOST_STEPS])
def test_hostile_sentence_is_read_with_bounded_work(text: str, most: int) -> None:
    read("usage for North Bank", most)  # what is loaded once
    with counted_calls() as calls:
        reading = read(text, most)
    assert calls[0] <= PARTS * CALLS_OF_A_STEP * most
    assert reading.reason is not Reason.TOO_LONG or reading.outcome is ReadingOutcome.REFUSE


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_sentence_takes_the_same_steps_each_time(text: str, charged: list[int]) -> None:
    read(text)  # what is remembered of words
    charged.clear()
    first = read(text)
    once = list(charged)
    charged.clear()
    assert read(text) == first
    assert charged == once


def test_ordinary_sentence_takes_few_steps(charged: list[int]) -> None:
    assert read("usage for North Bank on Teams last month below 50%").outcome is ReadingOutcome.ANSWER
    assert sum(charged) <= STEPS_AT_ONCE


def test_work_that_is_one_step_too_many_ends_the_reading() -> None:
    for text in ("usage on Teams", "usage for North Bank every monday at 9"):
        effort = ReadingEffort()
        sentence = worded(text, "en", NOW, effort=effort)
        assert not sentence.too_long
        assert worded(text, "en", NOW, effort=ReadingEffort(effort.spent)).found == sentence.found
        assert worded(text, "en", NOW, effort=ReadingEffort(effort.spent - 1)).too_long


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_kept_of_a_hostile_sentence_has_a_limit(text: str) -> None:
    assert len(nameless(worded(text, "en", NOW), NAMES.spans)) <= LONGEST


def test_nothing_is_kept_of_a_sentence_with_too_much_work_for_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    sentence = worded("usage for North Bank", "en", NOW)
    assert nameless(sentence, NAMES.spans)

    def refuse(*_: object) -> None:
        raise TooManyStepsError

    monkeypatch.setattr(ReadingEffort, "spend", refuse)
    assert nameless(sentence, NAMES.spans) == ""


@pytest.mark.parametrize("kind", ["lists within lists", "ids", "words of names", "open brackets"])
def test_sentence_with_too_much_work_is_refused_with_a_way_out(kind: str) -> None:
    view = result_of(read(HOSTILE[kind]), HOSTILE[kind])
    assert isinstance(view, NotUnderstoodView)
    assert view.problem == "too_long"
    assert "Ask with fewer of them" in plain_text(view, LocaleWords.load("en"))
