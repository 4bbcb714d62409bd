"""Words that are easily dropped and change what is asked: understood, or named."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.cli.explanation.explanation import as_fields
from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.reading_explainer import ReadingExplainer
from bot.language.reading.sentence_reader import SentenceReader
from cards.wording.locale_words import LocaleWords
from tests.demo_directory import demo_directory

NOW = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
# What cannot be answered: sentences, each with the word that is named.
NAMED = [
    ("nl", "klanten die exchange meer gebruiken dan teams", "meer"),
    ("fr", "clients qui utilisent plus exchange que teams", "plus"),
    ("de", "kunden die exchange mehr nutzen als teams", "mehr"),
    ("fr", "clients qui utilisent teams mais pas sharepoint", "mais pas"),
    ("de", "kunden die teams nutzen aber nicht sharepoint", "aber nicht"),
    ("nl", "klanten met e3 maar zonder e1", "zonder"),
    ("nl", "nieuwe klanten op teams", "nieuwe"),
    ("de", "neue kunden bei teams", "neue"),
    ("nl", "recente klanten op teams", "recente"),
    ("fr", "les clients récents sur teams", "récents"),
    ("hu", "friss ügyfelek teamsen", "friss"),
    ("nl", "testlicenties van fabrikam", "testlicenties"),
    ("de", "testlizenzen von fabrikam bei teams", "testlizenzen"),
    ("fr", "licences de test chez fabrikam", "licences de test"),
    ("nl", "de meeste klanten op teams", "meeste klanten"),
    ("de", "die meisten kunden bei teams", "meisten kunden"),
    ("hu", "a legtöbb ügyfél teamsen", "legtöbb ügyfél"),
    ("fr", "quelques clients sur exchange", "quelques clients"),
    ("de", "die übrigen kunden bei teams", "übrigen kunden"),
    ("nl", "klanten met weinig licenties op teams", "weinig licenties"),
    ("nl", "waarom gebruikt fabrikam exchange niet", "waarom"),
    ("hu", "miért nem használja a fabrikam az exchange-et", "miért"),
    ("hu", "exchange az átlaghoz képest", "átlaghoz"),
    ("hu", "licenc nélküli felhasználók száma a fabrikamnál", "nélküli"),
    ("de", "kleine kunden bei teams", "kleine"),
    ("fr", "les petits clients sur teams", "petits"),
    ("de", "teams am wochenende bei fabrikam", "wochenende"),
    ("fr", "teams le weekend chez fabrikam", "weekend"),
]  # fmt: skip
INSTEAD = [
    ("nl", "gebruik van teams in plaats van skype"),
    ("fr", "utilisation de teams au lieu de skype"),
    ("de", "nutzung von teams statt skype"),
    ("hu", "teams használata skype helyett"),
]
WORKDAYS = [
    ("en", "every day at 8 except on the weekend teams"),
    ("nl", "elke dag om 8 uur behalve in het weekend teams"),
    ("fr", "tous les jours à 8h sauf le week-end teams"),
    ("de", "jeden tag um 8 außer am wochenende teams"),
    ("hu", "minden nap 8-kor kivéve hétvégén teams"),
]
MONDAYS = {
    "en": ("every monday at 9 usage for Fabrikam", "tuesday instead"),
    "nl": ("elke maandag om 9 uur gebruik van Fabrikam", "liever dinsdag"),
    "fr": ("chaque lundi à 9h utilisation de Fabrikam", "plutôt mardi"),
    "de": ("jeden Montag um 9 Uhr Nutzung von Fabrikam", "lieber dienstags"),
    "hu": ("minden hétfőn 9-kor Fabrikam használata", "inkább kedden"),
}


def said(language, text, *before):
    explainer = ReadingExplainer(SentenceReader(demo_directory().spans, NOW), PersonClock(NOW, "Europe/Amsterdam"))
    return as_fields("1", explainer.explain(text, LocaleWords.load("en"), before, language))


@pytest.mark.parametrize(("language", "text", "word"), NAMED, ids=lambda each: each)
def test_word_that_changes_the_question_is_named(language, text, word):
    read = said(language, text)
    assert read["outcome"] in ("ask", "refuse")
    assert word in " ".join(span["text"] for span in read["not_understood"])


@pytest.mark.parametrize(("language", "text"), INSTEAD)
def test_instead_of_leaves_out(language, text):
    read = said(language, text)
    assert read["outcome"] == "answer"
    assert read["meaning"]["filter"] == "workloadCode eq 'TEAMS' and workloadCode ne 'SFB'"


@pytest.mark.parametrize(("language", "text"), WORKDAYS)
def test_days_except_the_weekend_are_workdays(language, text):
    schedule = said(language, text)["meaning"]["schedule"]
    assert schedule == said("en", "every weekday at 8 teams")["meaning"]["schedule"]


@pytest.mark.parametrize("text", ["melde mich bitte ab", "melde mich ab"])
def test_who_signs_out_is_not_asked_for_a_digest(text):
    assert said("de", text)["meaning"]["do"] == "sign_out"


@pytest.mark.parametrize("language", MONDAYS)
def test_another_time_instead_changes_the_digest(language):
    digest, instead = MONDAYS[language]
    meaning = said(language, instead, digest)["meaning"]
    assert (meaning["act"], meaning["do"], meaning["target"]) == ("manage", "change", "last")
    assert meaning["schedule"]["next"][0].startswith("2026-12-01T09:00")


@pytest.mark.parametrize("text", ["hoeveel licenties mag fabrikam nog gebruiken"])
def test_what_may_still_be_used_is_unused(text):
    assert said("nl", text)["meaning"]["measure"] == "unused"
