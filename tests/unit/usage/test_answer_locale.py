"""In which locale a person is answered: chosen, written, or that of their Teams."""

import pytest

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.language.marking.foreign_language import foreign_language
from bot.names.name_index import NameIndex
from bot.usage.memory.answer_locale import AnswerLocale, answer_locale, chosen_locale, locale_in
from bot.usage.memory.chosen_languages import RememberedLanguages

DUTCH = "welke klanten gebruiken Exchange niet?"


def person(locale: str) -> Caller:
    return Caller("tenant", "ann", "Ann", locale)


@pytest.mark.parametrize(
    ("chosen", "client", "expected"),
    [
        (None, "en-GB", "en-GB"),
        ("nl", "en-GB", "nl"),
        ("en", "en-GB", "en-GB"),
        ("nl", "nl-BE", "nl-BE"),
        ("fr", "sv-SE", "fr"),
        ("klingon", "de-AT", "de-AT"),
    ],
)
def test_region_of_the_client_stays_when_its_language_is_chosen(chosen, client, expected):
    assert chosen_locale(chosen, client) == expected


async def test_sentence_in_another_language_is_answered_in_it():
    assert await answer_locale(RememberedLanguages(), person("en-US"), DUTCH) == AnswerLocale("nl", passing=True)


async def test_chosen_language_wins_over_that_of_the_sentence():
    chosen = RememberedLanguages()
    await chosen.choose(person("en-US"), "fr")
    assert await answer_locale(chosen, person("en-US"), DUTCH, "nl") == AnswerLocale("fr")
    assert await locale_in(chosen)(person("fr-CA")) == "fr-CA"


async def test_button_keeps_the_language_of_its_card():
    assert await answer_locale(RememberedLanguages(), person("en-US"), mark="nl") == AnswerLocale("nl", passing=True)


@pytest.mark.parametrize("mark", ["sv", "../nl", "nl-BE", "qps-ploc", "hu"])
async def test_mark_of_no_other_language_is_ignored(mark):
    assert await answer_locale(RememberedLanguages(), person("hu-HU"), mark=mark) == AnswerLocale("hu-HU")


def test_passing_language_leaves_that_of_the_client_known():
    caller = AnswerLocale("nl", passing=True).of(person("en-US"))
    assert (caller.locale, caller.own_locale) == ("nl", "en-US")
    assert AnswerLocale("nl").of(person("en-US")).own_locale == "nl"


@pytest.mark.parametrize(
    ("text", "client", "expected"),
    [
        (DUTCH, "en-US", "nl"),
        (DUTCH, "nl-NL", ""),
        (DUTCH, "fr-FR", "nl"),
        ("hilfe", "en-US", "de"),
        ("aide", "en-US", "fr"),
        ("hulp", "en-GB", "nl"),
        ("súgó", "en-US", "hu"),
        ("Nutzung für Fabrikam auf Exchange", "en-US", "de"),
        ("utilisation pour Fabrikam sur Exchange", "en-US", "fr"),
        ("melyik ügyfél nem használja az Exchange-et?", "en-US", "hu"),
        ("usage for Fabrikam on Exchange", "nl-NL", ""),
        ("help", "de-DE", ""),
        ("digests", "hu-HU", ""),
        ("Fabrikam", "en-US", ""),
        ("Bäckerei Schmidt", "en-US", ""),
        ("Sparkasse Bank", "en-US", ""),
        ("usage for Bakkerij de Vries", "en-US", ""),
        ("van der Berg", "en-US", ""),
        ("Café de la Paix", "en-US", ""),
        ("Exchange", "sv-SE", ""),
        ("", "en-US", ""),
        ("?!", "nl", ""),
    ],
)
def test_language_is_shown_by_words_that_the_bot_understands(text, client, expected):
    assert foreign_language(text, client) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Entreprise Martin",
        "entreprise martin",
        "Société Durand et Fils",
        "Bedrijf Jansen",
        "Firma Huber",
        "Alles Wurst",
    ],
)
def test_word_beside_an_unknown_one_may_be_of_a_name_and_shows_nothing(text):
    assert foreign_language(text, "en-US") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("utilisation chez Entreprise Martin", "fr"),
        ("montre Entreprise Martin", "fr"),
        ("Nutzung Firma Huber", "de"),
        ("klanten", "nl"),
    ],
)
def test_words_around_a_name_show_the_language(text, expected):
    assert foreign_language(text, "en-US") == expected


@pytest.mark.parametrize("text", ["Gute Reise", "gute reise", "Gute Reise Berlin", "Schöne Aussicht"])
async def test_words_of_a_known_name_do_not_show_the_language(text):
    known = ("Gute Reise Berlin", "Schöne Aussicht")
    names = NameIndex.of([Entry(Dimension.CUSTOMER, each, each) for each in known]).spans
    assert foreign_language(text, "en-US") == "de"
    assert await answer_locale(RememberedLanguages(), person("en-US"), text, names=names) == AnswerLocale("en-US")
    asked = f"Nutzung für {text}"
    assert (await answer_locale(RememberedLanguages(), person("en-US"), asked, names=names)).tag == "de"


@pytest.mark.parametrize(
    "text", ["exclude test company", "email archiving at test company", "teams history test company"]
)
def test_sentence_with_more_english_words_than_foreign_ones_is_english(text):
    assert foreign_language(text, "en-US") == ""
