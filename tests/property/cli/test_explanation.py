"""Tests that any typed text has an explanation of the published shape.

What the explanation says of the text is true.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from bot.cli.explanation.explanation import Outcome, as_fields
from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.reading_explainer import ReadingExplainer
from bot.cli.explanation.sentence_lines import SentenceLine, SentenceLineError, sentence_lines
from bot.domain.licensing import Dimension, Entry
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.vocabulary.vocabulary import Vocabulary
from bot.names.name_index import NameIndex
from bot.usage.offline_sentence import unlisted_reader
from cards.wording.locale_words import LocaleWords

CONTRACT = Draft202012Validator(json.loads(Path(__file__).with_name("explanation_schema.json").read_text("utf-8")))
CUSTOMERS = ("Adatum", "Adatum", "Adatum Polska", "Tailspin Toys", "Not for Sale", "O'Hara & Daughters", "Usage")
OTHERS = (
    Entry(Dimension.WORKLOAD, "EXO", "Exchange"),
    Entry(Dimension.WORKLOAD, "SPO", "SharePoint"),
    Entry(Dimension.PRODUCT, "6FD2C87F-B296-42F0-B197-1E91E994B900", "OFFICE 365 ENTERPRISE E3"),
    Entry(Dimension.CHANNEL, "reseller", "reseller"),
)
CLOCK = PersonClock(datetime.fromisoformat("2027-03-25T23:30:00+00:00"), "Europe/Budapest")
WORDS = LocaleWords.load("en")


def customer_id(number: int) -> str:
    return f"{number:08X}-0D54-4A4C-9A3E-3B1F1D5A0001"


NAMES = NameIndex.of(
    [*(Entry(Dimension.CUSTOMER, customer_id(at), name) for at, name in enumerate(CUSTOMERS)), *OTHERS]
)
explainers = {
    "directory": ReadingExplainer(SentenceReader(NAMES.spans, CLOCK.local), CLOCK),
    "offline": ReadingExplainer(unlisted_reader(CLOCK.local), CLOCK),
}
phrases = sorted(Vocabulary.load("en").words)
bits = st.sampled_from(
    (
        *phrases,
        *CUSTOMERS,
        *(entry.name for entry in OTHERS),
        *("Tailspn Toys", "Exchagne", "usgae", "bellow", "nobody at all", "frobnicated", '"Adatum"', "“Tailspin Toys”"),
        *("50%", "12,5 %", "ten", "2027-03-01", "31 february", "tomorrow", "every monday at 8:30", "at 25:00", "daily"),
        *("stop digest 3", "digest #4", "workloadCode eq 'EXO'", ",", "?", "\n\n", "&amp;", "<at>Bot</at>", "\ud800"),
        *("\x00", "\u200b", "é", "🍕", "👍"),
    )
)
texts = st.text(max_size=60) | st.lists(bits, max_size=9).map(" ".join)


@pytest.mark.parametrize("kind", ["directory", "offline"])
@given(text=texts)
def test_explanation_fits_the_contract_when_any_text_is_typed(kind: str, text: str) -> None:
    explained = explainers[kind].explain(text, WORDS)
    line = as_fields("7", explained)
    assert list(CONTRACT.iter_errors(line)) == []
    assert json.loads(json.dumps(line)) == line
    for spans in (explained.understood, explained.not_understood):
        assert all(text[span.at :].startswith(span.text) for span in spans)
        ends = [span.at + len(span.text) for span in spans]
        assert all(end <= span.at for end, span in zip(ends, spans[1:], strict=False))


@settings(max_examples=30)  # each one parses up to ten more sentences
@example("erase of my data are our licences of erase of my data")
@given(texts)
def test_choices_are_understood_when_they_are_pressed(text: str) -> None:
    explainer = explainers["directory"]
    for choice in explainer.explain(text, WORDS).choices:
        assert explainer.explain(choice.text, WORDS).outcome is not Outcome.REFUSE


@given(texts)
def test_moments_of_a_schedule_are_aware_and_to_come(text: str) -> None:
    meaning = explainers["directory"].explain(text, WORDS).meaning or {}
    schedule = meaning.get("schedule")
    moments = [datetime.fromisoformat(each) for each in schedule["next"]] if isinstance(schedule, dict) else []
    assert moments == sorted(moments)
    assert all(moment > CLOCK.now for moment in moments)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "text", "after", "language", "more")), inner, max_size=5)
    ),
    max_leaves=8,
)


@given(st.binary(max_size=60) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_sentence_or_an_error_with_its_line(line: bytes) -> None:
    good = b'{"id": "1", "text": "usage", "after": [], "language": "en"}'
    lines = sentence_lines([good, line])
    assert next(lines) == SentenceLine("1", "usage", (), "en")
    found = _next_or_error(lines)
    if isinstance(found, SentenceLineError):
        assert (found.number, str(found)[:8]) == (2, "line 2: ")
    else:
        assert isinstance(found.text, str)
        assert isinstance(found.id, str | int)


def _next_or_error(lines: Iterator[SentenceLine]) -> SentenceLine | SentenceLineError:
    try:
        return next(lines)
    except SentenceLineError as error:
        return error
