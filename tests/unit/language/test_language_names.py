"""The names by which a language is chosen."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.command import ChooseLanguage
from bot.commands.meaning import Act
from bot.language.reading.command_of import command_of
from bot.language.reading.reading import ReadingOutcome
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.vocabulary.vocabulary import languages
from bot.language.vocabulary.word_patterns import in_tongues
from tests.demo_directory import demo_directory

READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam")))
CODES = ("en", "nl", "fr", "hu", "de")
NAMES = {
    "language": ("english", "dutch", "french", "hungarian", "german"),
    "taal": ("engels", "nederlands", "frans", "hongaars", "duits"),
    "langue": ("anglais", "néerlandais", "français", "hongrois", "allemand"),
    "nyelv": ("angol", "holland", "francia", "magyar", "német"),
    "sprache": ("englisch", "niederländisch", "französisch", "ungarisch", "deutsch"),
}


@pytest.mark.parametrize(
    ("text", "code"),
    [(f"{word} {name}", code) for word, names in NAMES.items() for name, code in zip(names, CODES, strict=True)]
    + [(f"{word} {code}", code) for word in NAMES for code in CODES],
)
@pytest.mark.parametrize("client", ["en-US", "hu-HU", "sv-SE"])
def test_language_is_chosen_by_its_name_or_code(text: str, code: str, client: str) -> None:
    reading = READER.read(text, client)
    assert (reading.outcome, reading.not_understood) == (ReadingOutcome.ANSWER, ())
    assert reading.meaning is not None
    assert command_of(reading.meaning) == ChooseLanguage(code)


@pytest.mark.parametrize("word", NAMES)
def test_word_for_language_alone_shows_the_languages(word: str) -> None:
    meaning = READER.read(word).meaning
    assert meaning is not None
    assert command_of(meaning) == ChooseLanguage()


@pytest.mark.parametrize("text", ["language nl or de", "Language: dutch and french"])
def test_two_languages_choose_none(text: str) -> None:
    meaning = READER.read(text).meaning
    assert meaning is not None
    assert command_of(meaning) == ChooseLanguage()


def test_question_for_an_answer_in_another_language_is_kept() -> None:
    reading = READER.read("usage for Fabrikam in french")
    assert (reading.outcome, reading.what) == (ReadingOutcome.REFUSE, "language")
    assert reading.meaning is not None
    assert reading.meaning.act is Act.USAGE
    assert [each.text for each in reading.meaning.names] == ["Fabrikam"]


@pytest.mark.parametrize(
    "text", ["usage in de EU", "német ügyfelek", "language for Fabrikam", "usage by language", "dutch customers"]
)
def test_name_of_a_language_elsewhere_chooses_none(text: str) -> None:
    reading = READER.read(text)
    made = None if reading.meaning is None else command_of(reading.meaning)
    assert reading.outcome is not ReadingOutcome.ANSWER or not isinstance(made, ChooseLanguage)


def test_pattern_names_each_language() -> None:
    tongues = {"nl": ("dutch|flemish", "nederlands"), "other": ("polish", "")}
    found = list(in_tongues(["language", "speak {name}", "language to| {code}"], "language", tongues))
    assert found == [
        ("language", "language"),
        ("speak dutch|flemish", "language nl"),
        ("speak polish", "language other"),
        ("language to| dutch|flemish|nederlands|nl", "language nl"),
        ("language to| polish|other", "language other"),
    ]


def test_every_language_that_is_read_can_be_chosen() -> None:
    assert set(languages()) == set(CODES)
