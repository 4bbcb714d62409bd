"""Any text is read without a directory, and what is printed for it means the same."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.command import Command
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.language.vocabulary.vocabulary import Vocabulary
from bot.names.offline_names import OFFLINE_SPANS
from bot.usage.offline_sentence import offline_command, unlisted_reader

NOW = datetime(2018, 10, 24, 10, 0, 30, tzinfo=UTC)
WORDS = sorted(Vocabulary.load("en").words)
BITS = st.sampled_from([
    *WORDS, '"', "'", "“", "”", "‘", "«", ",", ";", "?", "&", "&amp;", "&nbsp;", "<at>Bot</at>", "<p>", "<",
    "TEST COMPANY", "Focus on IT", "O'Brien & Sons", '"Focus on IT"', "Exchange", "exo", "usgae", "A", "50%", "20",
    "0.5", "-1", "2018-10-14", "10/14/2018", "8:30", "at 9", "5pm", "Europe/Amsterdam", "Europa/Berlin", "#3", "1st",
    "32nd", "in 5 minutes", "Daily", "workloadCode eq 'SFB'", "filter channel eq 'x'",
    "1A000000-0D54-4A4C-9A3E-3B1F1D5A0001", "(", ")", "\x00", "\u200b", "\ud800", "\n", "\U00013000\U00013000",
])  # fmt: skip
TEXTS = st.text(max_size=80) | st.text(st.characters(), max_size=40) | st.lists(BITS, max_size=10).map(" ".join)


@settings(deadline=None)
@given(TEXTS)
def test_any_text_is_read_and_its_spans_are_in_it(text: str) -> None:
    reading = unlisted_reader(NOW).read(text)
    for span in (*reading.understood, *reading.not_understood):
        assert text[span.at :].startswith(span.text)


@settings(deadline=None)
@given(TEXTS)
def test_no_name_has_a_stand_in(text: str) -> None:
    reading = unlisted_reader(NOW).read(text)
    names = () if reading.meaning is None else reading.meaning.names
    said = "".join((reading.what, *(each.text for each in names), *(each.entries[0].name for each in names)))
    assert "\U00013000" not in said or "\U00013000" in text


@settings(deadline=None)
@given(TEXTS)
def test_what_is_understood_without_names_is_the_same(text: str) -> None:
    known = SentenceReader(OFFLINE_SPANS, NOW).read(text)
    if not known.not_understood and not any(quote in text for quote in "\"'“”‘«"):
        meaning = unlisted_reader(NOW).read(text).meaning
        assert (meaning and meaning.act) == (known.meaning and known.meaning.act)


@settings(deadline=None)
@given(TEXTS)
def test_printed_sentence_means_what_was_typed(text: str) -> None:
    command = offline_command(text, NOW)
    if isinstance(command, Command):
        printed = sentence_of(command)
        again = offline_command(printed, NOW)
        assert isinstance(again, Command)
        assert sentence_of(again) == printed
