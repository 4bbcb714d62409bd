"""A limit between two numbers needs both of them."""

from datetime import UTC, datetime

import pytest

from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from tests.demo_directory import demo_directory


@pytest.mark.parametrize(
    "text", ["20 40 százalék közötti ügyfelek teamsen", "30% online 60% között a fabrikam exchange-en"]
)
def test_range_with_one_end_is_not_answered(text: str) -> None:
    reading = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=UTC)).read(text, "hu")
    assert reading.outcome is ReadingOutcome.REFUSE
    assert reading.not_understood
