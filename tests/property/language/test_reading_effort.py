"""A limit of steps never changes what a sentence means.

It is read as it is without a limit, or not at all.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.composing.reason import Reason
from bot.language.reading.sentence_reader import SentenceReader
from tests.demo_directory import demo_directory
from tests.language.hostile_sentences import HOSTILE

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
WORDS = sorted({word for text in HOSTILE.values() for word in text.split()[:6] if len(word) < 40})
SENTENCES = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=20).map(" ".join)


@settings(deadline=None)
@given(SENTENCES, st.integers(0, 4_000))
def test_sentence_is_read_as_without_a_limit_or_is_too_long(text: str, most: int) -> None:
    spans = demo_directory().spans
    reading = SentenceReader(spans, NOW, most).read(text)
    assert reading.reason is Reason.TOO_LONG or reading == SentenceReader(spans, NOW).read(text)
