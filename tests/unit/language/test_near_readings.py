"""Where two readings are near, the bot asks which one is meant."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import Command
from bot.language.composing.reason import Reason
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.sentence_result import result_of
from cards.draw import draw
from cards.views.answer_views import NotUnderstoodView
from cards.wording.locale_words import LocaleWords
from tests.language.near_sentences import names_of, near_sentences, offered_sentences

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
LINES = list(near_sentences())
NEAR = [line for line in LINES if "choices" in line]
FAR = [line for line in LINES if "reads" in line]


def read(line):
    return SentenceReader(names_of(line).spans, NOW).read(line["text"], line["language"])


def printed(meaning):
    command = command_of(meaning)
    assert isinstance(command, Command)
    return sentence_of(command)


def named(line):
    return f"{line['language']} {line['text']}"


@pytest.mark.parametrize("line", NEAR, ids=named)
def test_both_readings_are_offered_the_likeliest_first(line):
    reading = read(line)
    assert (reading.outcome, reading.reason) == (ReadingOutcome.ASK, Reason.NEAR)
    assert [printed(meaning) for meaning in reading.choices] == line["choices"]
    assert reading.what in line["text"]


@pytest.mark.parametrize("line", [*FAR, *offered_sentences()], ids=named)
def test_what_is_clear_is_not_asked_about(line):
    reading = read(line)
    answered = reading.outcome is ReadingOutcome.ANSWER
    assert (printed(reading.meaning) if answered else reading.reason.value) == line["reads"]


def test_each_reading_is_a_button_of_the_card():
    line = NEAR[0]
    view = result_of(read(line), line["text"])
    assert isinstance(view, NotUnderstoodView)
    assert [suggestion.text for suggestion in view.suggestions] == line["choices"]
    drawn = str(draw(view, LocaleWords.load("en")))
    assert all(sentence in drawn for sentence in line["choices"])
    assert f"“{read(line).what}” can mean more than one thing here." in drawn
