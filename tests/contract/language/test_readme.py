"""The sentences of README and QUESTIONS are understood.

QUESTIONS has every example of every verb.
"""

import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from bot.commands.command import Command, NotUnderstood
from bot.commands.verbs import VERBS
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.parser import parse
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory

NOW = datetime(2018, 10, 24, 10, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


def sentences_of(path: str) -> list[str]:
    """Return the sentences in the first column of the table of sentences."""
    table = (ROOT / path).read_text(encoding="utf-8").split("| Sentence | Answer |")[1].split("\n\n")[0]
    return [sentence for row in table.splitlines()[2:] for sentence in re.findall(r"`([^`]+)`", row.split("|")[1])]


@cache
def reader() -> SentenceReader:
    return SentenceReader(demo_directory().spans, NOW)


README, QUESTIONS = sentences_of("README.md"), sentences_of(".github/QUESTIONS.md")


def test_readme_shows_ten_sentences_of_questions() -> None:
    assert len(README) == 10
    assert set(README) <= set(QUESTIONS)


@pytest.mark.parametrize("sentence", QUESTIONS)
def test_sentence_of_questions_is_understood(sentence: str) -> None:
    found = result_of(reader().read(sentence), sentence)
    assert isinstance(found, Command) or not isinstance(parse(sentence, today=NOW.date()), NotUnderstood)


def test_questions_shows_every_example_of_verbs_in_the_menu() -> None:
    topics = {verb.name for verb in VERBS if verb.menu}
    examples = {example.text for verb in VERBS if verb.help_topic in topics for example in verb.examples}
    assert examples - set(QUESTIONS) == set()
