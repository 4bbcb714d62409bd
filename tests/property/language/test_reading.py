"""Every text is read, and none is answered with a word not understood."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.meaning import Act
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from tests.demo_directory import demo_directory

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
READER = SentenceReader(demo_directory().spans, NOW)
OPPOSITE = {"<": ">", ">": "<"}

UNDERSTOOD = [
    "usage for Fabrikam on Exchange",
    "how is Hawthorn Plastics doing on Teams",
    "which customers are below 50% on SharePoint",
    "show the top 10 customers on Teams",
    "customers with more than 100 unused licenses on Exchange",
    "who is not using Exchange",
    "exchange by product for Apex Wines",
    "usage for Fabrikam without Teams",
    "every monday at 9 usage for Fabrikam on Teams",
    "alert me when Teams at Fabrikam drops below 40%",
    "usage for Sterling Glass last friday",
    "compare Teams at Fabrikam with a month ago",
    "is Teams usage growing",
    "compare Fabrikam and Hawthorn on Teams",
    "stop digest 3",
    "how many customers use E3",
]
ORDINARY = [
    "banana",
    "weather",
    "invoices",
    "department",
    "healthcare",
    "teachers",
    "competitor",
    "small",
    "large",
    "cheap",
    "premiumly",
    "slowly",
    "elephants",
    "meetings",
    "passwords",
    "firewall",
    "devices",
    "browser",
    "countries",
    "freeze",
    "migrate",
    "install",
    "students",
    "holland",
    "roadmap",
    "pricingless",
    "softly",
    "certificates",
    "guests",
    "quota",
    "ticket",
    "complaint",
    "average",
    "median",
    "purple",
    "tomorrowish",
    "neighbors",
    "gardening",
    "helicopter",
]
_CONSONANTS = st.text("bcdfghjklmnpqrstvwxz", min_size=6, max_size=12)
_content = st.sampled_from(ORDINARY) | _CONSONANTS
_bits = st.sampled_from(
    [
        *sorted({word for sentence in UNDERSTOOD for word in sentence.split()}),
        *("not", "except", "and", "or", "between", "20%", "40 %", "half", "-3", "9 in 10", "1.000", "0"),
        *("\n", "\t", ",", ">", "“", "'s", "--", "🍕", "株式会社", "\u202e", "\x00", "https://x.example/?a=b"),
        *("25:00", "30 february", "é", "_"),
    ]
)  # fmt: skip


@st.composite
def _with(draw: st.DrawFn, inserted: st.SearchStrategy[str]) -> tuple[str, str, str]:
    """Return an understood sentence, what is inserted, and the sentence with it."""
    sentence, word = draw(st.sampled_from(UNDERSTOOD)), draw(inserted)
    words = sentence.split()
    at = draw(st.integers(0, len(words)))
    return sentence, word, " ".join([*words[:at], word, *words[at:]])


@pytest.mark.parametrize("sentence", UNDERSTOOD)
def test_the_sentences_that_are_varied_are_understood(sentence: str) -> None:
    assert READER.read(sentence).outcome is ReadingOutcome.ANSWER


@settings(deadline=None)
@given(_with(_content))
def test_a_word_that_nobody_knows_is_never_answered(varied: tuple[str, str, str]) -> None:
    _, word, sentence = varied
    reading = READER.read(sentence)
    assert reading.outcome is not ReadingOutcome.ANSWER or any(word in each.typed for each in reading.corrected)


@settings(deadline=None)
@given(_with(st.sampled_from(["not", "never", "don't", "no longer", "except", "without", "nobody"])))
def test_a_negation_is_never_overheard(varied: tuple[str, str, str]) -> None:
    plain, _, negated = varied
    reading = READER.read(negated)
    assert reading.outcome is not ReadingOutcome.ANSWER or reading.meaning != READER.read(plain).meaning


@settings(deadline=None)
@given(st.integers(1, 99), st.sampled_from(["Exchange", "Fabrikam on Teams", "all customers on SharePoint", "E3"]))
def test_above_is_never_below(number: int, subject: str) -> None:
    below, above = (READER.read(f"{subject} {word} {number}%").meaning for word in ("below", "above"))
    assert below is not None
    assert above is not None
    assert [OPPOSITE[each.operator] for each in below.conditions] == [each.operator for each in above.conditions]
    assert [each.value for each in below.conditions] == [each.value for each in above.conditions] == [number]


@settings(deadline=None)
@given(st.integers(1, 99), st.integers(1, 99), st.sampled_from(["{0}% {1}%", "{0} below {1}", "{0}% of {1}% at"]))
def test_two_numbers_without_a_sense_are_asked_about(one: int, other: int, form: str) -> None:
    assert READER.read(f"Exchange {form.format(one, other)}").outcome is not ReadingOutcome.ANSWER


@settings(deadline=None)
@given(st.lists(_bits, max_size=25).map(" ".join) | st.text(max_size=200))
def test_every_text_is_read(text: str) -> None:
    reading = READER.read(text)
    assert reading.outcome is not ReadingOutcome.ANSWER or not reading.not_understood
    assert reading.outcome in (ReadingOutcome.ANSWER, ReadingOutcome.HELP) or reading.reason is not None
    assert all(text[span.at : span.at + len(span.text)] == span.text for span in reading.understood)


@pytest.mark.parametrize("negation", ["not", "except", "without"])
@pytest.mark.parametrize(
    "sentence", ["compare Fabrikam and {} Hawthorn", "compare Teams {} Skype", "Fabrikam vs {} Fabrikam"]
)
def test_a_comparison_with_something_left_out_is_read(sentence: str, negation: str) -> None:
    assert READER.read(sentence.format(negation)).outcome in set(ReadingOutcome)


@settings(deadline=None)
@given(st.lists(_bits, max_size=12).map(" ".join), st.sampled_from(UNDERSTOOD))
def test_a_text_is_read_after_every_question(text: str, before: str) -> None:
    question = READER.read(before).meaning
    meaning = READER.read(text, "en", question).meaning
    assert meaning is None or isinstance(meaning.act, Act)
