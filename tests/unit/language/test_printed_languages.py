"""Sentences that are printed in a language, and what was misread before they were."""

from datetime import UTC, date, datetime

import pytest

from bot.commands.command import Clause, DigestAction, Export, HandleDigest, Name, Usage
from bot.domain.compared_days import Comparison
from bot.domain.licensing import Dimension
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence import command_sentence
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.printed_words import PrintedWords, printed_languages
from bot.query.filters.share_filter import ShareRange
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory
from tests.typed_sentences import parse

READER = SentenceReader(demo_directory().spans, datetime(2026, 11, 30, 10, tzinfo=UTC))
QUESTION = Usage(
    subjects=(Name("Exchange"),), by=(Dimension.CUSTOMER,), limit=ShareRange(high=0.5, high_included=False)
)


def read(sentence: str, language: str) -> object:
    return result_of(READER.read(sentence, language), sentence)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "usage on Exchange by customer below 50%"),
        ("nl-BE", "gebruik op Exchange per klant onder 50%"),
        ("de", "Nutzung auf Exchange nach Kunde unter 50 %"),
        ("fr-CA", "utilisation sur Exchange par client sous 50 %"),
        ("hu", "használat Exchange esetén ügyfelenként 50% alatt"),
        ("pl", "usage on Exchange by customer below 50%"),
    ],
)
def test_question_is_printed_in_the_language(language: str, sentence: str) -> None:
    assert sentence_of(QUESTION, language) == sentence


def test_sentence_is_english_as_a_whole_when_a_form_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    dutch = PrintedWords.load("nl")
    without = {role: form for role, form in dutch.clauses.items() if role != "below"}
    partly = PrintedWords(**{each: getattr(dutch, each) for each in dutch.__struct_fields__} | {"clauses": without})
    monkeypatch.setattr(
        command_sentence.PrintedWords, "load", {"nl": partly, "en": PrintedWords.load("en")}.__getitem__, raising=True
    )
    assert sentence_of(QUESTION, "nl") == "usage on Exchange by customer below 50%"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "pauzeer digests 2 en 4 tot 2026-12-24"),
        ("de", "pausiere Digests 2 und 4 bis 2026-12-24"),
        ("fr", "suspendre les résumés 2 et 4 jusqu'au 2026-12-24"),
        ("hu", "2. és 4. jelentés szüneteltetése 2026-12-24-ig"),
    ],
)
def test_pause_of_digests_is_printed_in_the_language(language: str, sentence: str) -> None:
    command = HandleDigest(DigestAction.PAUSE, 2, (4,), until=date(2026, 12, 24))
    assert sentence_of(command, language) == sentence
    assert read(sentence, language) == command


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", 'usage not for Fabrikam and "Focus on IT"'),
        ("nl", 'gebruik behalve bij Fabrikam en "Focus on IT"'),
        ("fr", 'utilisation sauf pour Fabrikam et "Focus on IT"'),
    ],
)
def test_name_in_quotes_behind_and_is_left_out_as_well(language: str, sentence: str) -> None:
    found = read(sentence, language)
    assert isinstance(found, Usage)
    assert [(clause, name.text) for clause, name in found.excluded] == [
        (Clause.FOR, "Fabrikam"),
        (Clause.FOR, "Focus on IT"),
    ]
    assert not found.customers


@pytest.mark.parametrize(
    ("language", "sentence", "limit"),
    [
        ("fr", "utilisation au moins 66 % par rapport au 2018-06-03", ShareRange(low=0.66)),
        ("fr", "utilisation entre 0 % et 50 % par rapport au 2018-06-03", ShareRange(0.0, 0.5)),
        ("hu", "használat 0% és 50% között a 2018-06-03 naphoz képest", ShareRange(0.0, 0.5)),
        ("hu", "használat 20% felett, 40% alatt a 2018-06-03-hoz képest", ShareRange(0.2, 0.4, False, False)),
    ],
)
def test_percentage_beside_a_comparison_is_understood(language: str, sentence: str, limit: ShareRange) -> None:
    assert read(sentence, language) == Usage(limit=limit, versus=Comparison(date(2018, 6, 3)))


def test_quoted_name_says_nothing_about_the_language_of_the_sentence() -> None:
    # With the words of the product, German was the likeliest language, and its "es" was read in place of "és".
    command = read('"EXCHANGE ONLINE PROTECTION" terméken belül "Focus on IT" és Fabrikam kivételével', "hu")
    assert isinstance(command, Usage)
    assert command.customers == ()
    assert [(clause, name.text) for clause, name in command.excluded] == [
        (Clause.FOR, "Focus on IT"),
        (Clause.FOR, "Fabrikam"),
    ]


@pytest.mark.parametrize("language", sorted(printed_languages()))
def test_blanks_inside_a_value_stay_behind_a_verb(language: str) -> None:
    question = parse("filter customerName eq 'A  B'")
    assert isinstance(question, Usage)
    assert sentence_of(Export(question), language).endswith("'A  B'")
