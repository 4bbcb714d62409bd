"""Sentences that take back a question that is being answered."""

import pytest

from bot.language.vocabulary.cancelling_sentence import LONGEST, is_cancelling


@pytest.mark.parametrize(
    "text",
    [
        "cancel",
        "STOP!",
        "Never mind.",
        "nevermind",
        "please cancel that",
        "forget it",
        "abbrechen",
        "Brich das ab, bitte",
        "vergiss es",
        "Annule, s’il te plaît",
        "arrete",
        "laisse tomber",
        "Mégse",
        "megse",
        "hagyd abba",
        "laat maar",
        "Annuleer dat",
        "stop maar",
        "  cancel  \n",
        "me\u0301gse",
    ],
)
def test_whole_sentence_takes_the_question_back(text: str) -> None:
    assert is_cancelling(text)


@pytest.mark.parametrize(
    "text",
    ["", "!", "stop digest 3", "cancel my digest", "cancel Fabrikam", "usage", "annule le résumé 2", "stop " * LONGEST],
)
def test_sentence_that_says_more_is_left_to_the_reader(text: str) -> None:
    assert not is_cancelling(text)
