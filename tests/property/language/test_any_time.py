"""Any text is searched for times without an error and with bounded work."""

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import TooManyStepsError
from bot.language.moments.readings import Context
from bot.language.moments.time_chart import TimeChart
from bot.language.moments.time_phrases import time_phrases
from bot.language.moments.time_values import Period, Recurring
from bot.language.moments.time_words import TimeWords
from bot.language.moments.word_units import units
from bot.language.text.message_text import plain
from bot.language.text.reading_effort import MOST_STEPS, ReadingEffort, Work
from bot.language.text.tokenizer import tokens

LANGUAGES = ("en", "nl", "fr", "hu", "de")
PHRASES = {
    language: sorted(json.loads((Path(__file__).parents[2] / f"language/times/{language}.json").read_text("utf-8")))
    for language in LANGUAGES
}
WORDS = sorted({word for phrases in PHRASES.values() for phrase in phrases for word in phrase.split()})
SENTENCES = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=12)), max_size=30).map(" ".join),
    st.lists(st.sampled_from([phrase for some in PHRASES.values() for phrase in some]), max_size=4).map(" ".join),
)
ZONES = st.sampled_from(["Europe/Amsterdam", "America/Nuuk", "Africa/Cairo", "Pacific/Kiritimati", "UTC"]).map(ZoneInfo)
MOMENTS = st.builds(
    lambda seconds, zone: datetime.fromtimestamp(seconds, UTC).astimezone(zone),
    st.one_of(st.integers(946_684_800, 4_102_444_800), st.sampled_from([-62_135_000_000, 253_402_100_000])),
    ZONES,
)


@settings(max_examples=300, deadline=None)
@given(SENTENCES, MOMENTS)
def test_any_text_has_phrases_within_its_tokens(text: str, now: datetime) -> None:
    words = tokens(plain(text))
    for phrase in time_phrases(words, [TimeWords.load(language) for language in LANGUAGES], now):
        assert 0 <= phrase.start < phrase.end <= len(words)
        assert phrase.cost >= 0
        if isinstance(phrase.value, Period):
            assert phrase.value.first <= phrase.value.last
        if isinstance(phrase.value, Recurring):
            assert phrase.value.schedule.at is not None


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LANGUAGES), st.data())
def test_a_phrase_is_found_between_any_other_words(language: str, data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(PHRASES[language]))
    now = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
    length = len(tokens(plain(phrase)))
    words = [TimeWords.load(language)]
    alone = {each.value for each in time_phrases(tokens(plain(phrase)), words, now) if each.end - each.start == length}
    among = time_phrases(tokens(plain(f"qwx {phrase} zxq")), words, now)
    assert alone <= {each.value for each in among if (each.start, each.end) == (1, 1 + length)}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.sampled_from(LANGUAGES))
def test_work_is_bounded_however_often_words_repeat(some: list[str], language: str) -> None:
    text = (" ".join(some) + " ") * 400
    now = datetime(2026, 11, 30, 10, tzinfo=UTC)
    words = TimeWords.load(language)
    effort = ReadingEffort()
    chart = TimeChart(units(tokens(plain(text[:2_000])), words.splitter), words, Context(now, words.data.order), effort)
    with suppress(TooManyStepsError):
        for at in range(len(chart.units)):
            chart.phrases(at)
    assert effort.spent <= MOST_STEPS + Work.MOMENT
