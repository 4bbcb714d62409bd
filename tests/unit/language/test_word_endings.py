"""Words of a language that declines them are found without their endings."""

import pytest

from bot.language.vocabulary.vocabulary import Vocabulary
from bot.language.vocabulary.word_endings import WordEndings

HUNGARIAN = Vocabulary.load("hu").endings


@pytest.mark.parametrize(
    ("typed", "stem"),
    [
        ("Fabrikamnál", "Fabrikam"),
        ("fabrikamnal", "fabrikam"),
        ("Fabrikammal", "Fabrikam"),
        ("SharePointtal", "SharePoint"),
        ("Teamsszel", "Teams"),
        ("Skype-pal", "Skype"),
        ("exchange-et", "exchange"),
        ("E3-on", "E3"),
        ("E3ra", "E3"),
        ("Keystone Films-nek", "Keystone Films"),
        ("Contosónál", "Contosó"),
        ("használatát", "használat"),
        ("licenceik", "licenc"),
    ],
)
def test_an_ending_is_taken_off(typed, stem):
    assert stem in list(HUNGARIAN.stems(typed))


@pytest.mark.parametrize("typed", ["ban", "ok", "", "e", "-t", "teams és", "Fabrikam"])
def test_what_has_no_ending_has_no_stem_of_a_word(typed):
    assert [stem for stem in HUNGARIAN.stems(typed) if len(stem) < 2 or stem.endswith((" ", "-"))] == []


def test_no_stem_is_given_twice():
    stems = list(HUNGARIAN.stems("használatainkban"))
    assert len(stems) == len(set(stems))


def test_a_language_without_endings_has_no_stems():
    assert list(WordEndings().stems("Fabrikamnál")) == []
