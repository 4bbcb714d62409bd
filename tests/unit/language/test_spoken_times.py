"""Test days, periods, times and schedules in the words of each language.

The files of `tests/language/times` hold the phrases. A language is tested as soon as it has a file there.
"""

import json
from pathlib import Path

import pytest

from tests.language.spoken_times import meanings

FILES = sorted((Path(__file__).parents[2] / "language" / "times").glob("*.json"))
PHRASES = [
    (file.stem, phrase, expected if isinstance(expected, list) else [expected])
    for file in FILES
    for phrase, expected in json.loads(file.read_text("utf-8")).items()
]


@pytest.mark.parametrize(("language", "phrase", "expected"), PHRASES)
def test_phrase_has_its_values_in_the_order_of_doubt(language: str, phrase: str, expected: list[str]) -> None:
    assert meanings(phrase, language) == expected


def test_each_language_is_tested_with_sixty_phrases_or_more() -> None:
    counts = {file.stem: sum(1 for language, *_ in PHRASES if language == file.stem) for file in FILES}
    assert [language for language, count in counts.items() if count < 60] == []
