"""Every sentence of README and QUESTIONS is read as the documents say."""

from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import Command
from bot.language.marking.worded_sentence import worded
from bot.language.reading.reading import Reading
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory
from tests.language.documented_sentences import Documented, documented

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
SENTENCES = tuple(documented())


@cache
def reader() -> SentenceReader:
    return SentenceReader(demo_directory().spans, NOW)


def read(said: Documented) -> Reading:
    before = reader().read(said.after).meaning if said.after else None
    return reader().read(said.say, "en", before)


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: f"{said.after} → {said.say}".removeprefix(" → "))
def test_sentence_is_read_as_meant(said: Documented) -> None:
    reading = read(said)
    found = result_of(reading, said.say)
    assert isinstance(found, Command)
    assert sentence_of(found) == said.means
    assert reading.not_understood == ()


@pytest.mark.parametrize("said", [each for each in SENTENCES if each.after], ids=lambda said: said.say)
def test_follow_up_means_something_else_without_the_question_before(said: Documented) -> None:
    alone = result_of(reader().read(said.say), said.say)
    assert not isinstance(alone, Command) or sentence_of(alone) != said.means or said.after == "digests"


def test_each_language_has_a_sentence() -> None:
    said = {worded(each.say, "en", NOW).vocabularies[0].language for each in SENTENCES}
    assert said == {"en", "nl", "fr", "hu", "de"}
