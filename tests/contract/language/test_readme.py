"""The tables of sentences in README and QUESTIONS are those of the catalog.

QUESTIONS has every example of every verb.
"""

from pathlib import Path

import pytest

from bot.commands.verbs import VERBS
from tests.language.documented_sentences import QUESTIONS, README, catalog, documented, written


@pytest.mark.parametrize("document", [README, QUESTIONS], ids=lambda path: path.stem)
def test_tables_of_sentences_are_those_of_the_catalog(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert text == written(document, text), "run `uv run poe sentences`"


def test_readme_shows_ten_sentences_with_a_follow_up_and_a_language() -> None:
    first = [row["sentences"][0] for row in catalog()["answer"] if "readme" in row]
    assert len(first) == 10
    assert [each["say"] for each in first if "after" in each] == ["and SharePoint?"]
    assert "wer nutzt Exchange nicht?" in [each["say"] for each in first]


def test_document_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"README\.md does not have <!-- sentences"):
        written(README, "# A page")


def test_questions_shows_every_example_of_verbs_in_the_menu() -> None:
    topics = {verb.name for verb in VERBS if verb.menu}
    examples = {example.text for verb in VERBS if verb.help_topic in topics for example in verb.examples}
    assert examples - {each.say for each in documented()} == set()
