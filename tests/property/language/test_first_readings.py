"""A sentence that is not read without names needs them for its answer."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.marking.worded_sentence import worded
from bot.language.reading.sentence_reader import SentenceReader, is_about_names
from bot.names.offline_names import OFFLINE_SPANS
from bot.usage.sentence_result import needs_names
from tests.language.documented_sentences import documented

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
LANGUAGES = st.sampled_from(["en-US", "nl-NL", "fr-FR", "hu-HU", "de-DE", "xx"])
SENTENCES = tuple(each.say for each in documented())
# Words of sentences that need no names, beside unknown ones.
WORDS = st.sampled_from(sorted({word for each in SENTENCES for word in each.split()})) | st.sampled_from(
    ["help", "hlep", "sign", "in", "out", "stop", "digest", "report", "3", "it", "thanks", "regards", "--", "Jan",
     "Fabrikam", "hallo", "Zorgplein", "until", "monday", "digests", "?", "my", "all", "október", "között", "15."]
)  # fmt: skip


@st.composite
def typed(draw: st.DrawFn) -> str:
    words = draw(st.lists(WORDS, min_size=1, max_size=7))
    text = "".join(word + draw(st.sampled_from([" ", " ", " ", ", ", "\n"])) for word in words)
    at = draw(st.integers(0, len(text)))
    return text[:at] + text[at + draw(st.sampled_from([0, 0, 1])) :]  # a letter may be missing


@given(st.one_of(typed(), st.sampled_from(SENTENCES), st.text(max_size=40)), LANGUAGES)
@example("októbe r1. és 15. között", "fr-FR")
def test_sentence_about_names_needs_them(text: str, language: str) -> None:
    sentence = worded(text, language, NOW)
    reading = SentenceReader(OFFLINE_SPANS, NOW).read_worded(sentence)
    assert needs_names(reading) or not is_about_names(sentence)
