"""The sentences that the README promises are understood."""

import re
from datetime import date
from pathlib import Path

import pytest

from bot.commands.command import NotUnderstood
from bot.language.sentence.parser import parse

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
TABLE = README.split("| Sentence | Answers |")[1].split("\n\n")[0]
SENTENCES = [sentence for row in TABLE.splitlines()[2:] for sentence in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_there_are_sentences() -> None:
    assert len(SENTENCES) > 20


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_of_the_readme_is_understood(sentence: str) -> None:
    assert not isinstance(parse(sentence, today=date(2018, 10, 24)), NotUnderstood)
