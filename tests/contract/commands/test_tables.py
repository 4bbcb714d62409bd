"""The tables of verbs and clauses are complete.

Every loop over them finds everything that a verb or a clause needs.
"""

from dataclasses import fields
from datetime import UTC, date, datetime
from string import Formatter

import msgspec
import pytest

from bot.commands.answer_kind import AnswerKind, TrendMeasure, TrendStep
from bot.commands.clauses import CLAUSES, NAME_CLAUSES, ClauseSpec, ValueKind
from bot.commands.command import Clause, Command, Name, Usage
from bot.commands.verb_spec import VerbSpec
from bot.commands.verbs import TOPICS, VERBS
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension, Field
from bot.domain.report_kind import SeatMeasure
from bot.domain.subscriptions import Renewing
from bot.handlers import handler_table
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import example_in, sentence_of
from bot.language.sentence.printed_words import PrintedWords, printed_languages
from bot.language.vocabulary.vocabulary import languages
from bot.names.offline_names import OFFLINE_SPANS
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.sentence_result import needs_names, result_of
from tests.demo_directory import demo_directory
from tests.typed_sentences import parse

NOW = datetime(2018, 10, 24, 10, tzinfo=UTC)
TODAY = NOW.date()
NAMES = demo_directory()
READER = SentenceReader(NAMES.spans, NOW)
# Names that the demo's person can see, and printed as they are there.
NAMED: dict[str, object] = {
    "customers": (Name("TEST COMPANY"), Name("Focus on IT")),
    "subjects": (Name("Exchange"), Name("Teams")),
    "products": (Name("OFFICE 365 ENTERPRISE E3"),),
    "channels": (Name("reseller"),),
    "excluded": ((Clause.FOR, Name("TEST COMPANY")), (Clause.ON, Name("Teams"))),
}
VALUES: dict[ValueKind, object] = {
    ValueKind.MINE: True,
    ValueKind.DIMENSIONS: (Dimension.CUSTOMER, Dimension.PRODUCT),
    ValueKind.SHARE: ShareRange(0.2, 0.4),
    ValueKind.AMOUNTS: (AmountRange(LicenseMeasure.UNUSED, low=101), AmountRange(LicenseMeasure.ACTIVE, 5, 10)),
    ValueKind.COUNT: TopBottom(20),
    ValueKind.DAY: date(2018, 10, 14),
    ValueKind.RANGE: DayRange(date(2018, 9, 14), date(2018, 10, 14)),
    ValueKind.COMPARISON: Comparison(date(2018, 9, 14), only=Movement.DROPPED),
    ValueKind.KIND: AnswerKind.RENEWALS,
    ValueKind.AHEAD: 60,
    ValueKind.STEP: TrendStep.MONTH,
    ValueKind.RENEWING: Renewing.OFF,
    ValueKind.FILTER: Eq(Field.CHANNEL, "reseller"),
    ValueKind.SEATS: SeatMeasure.SOLD,
}

verbs = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
clauses = pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.field)
in_every_language = pytest.mark.parametrize("language", languages())


def understood(sentence: str, language: str = "en") -> Command:
    """Return the command of a sentence.

    Names are those of the demo; if the reader asks about one, any name is accepted.
    """
    found = result_of(READER.read(sentence, language), sentence)
    command = found if isinstance(found, Command) else parse(sentence, today=TODAY)
    assert isinstance(command, Command)
    return command


def one_clause(clause: ClauseSpec) -> Usage:
    """Return a question with no other clause but its kind."""
    if clause.value is ValueKind.STEP:  # only a trend has one, and one of something
        return Usage(subjects=(Name("Exchange"),), kind=AnswerKind.TREND, step=TrendStep.MONTH)
    if clause.value is ValueKind.MEASURE:
        return Usage(subjects=(Name("Exchange"),), kind=AnswerKind.TREND, measure=TrendMeasure.UNUSED)
    value = {clause.field: NAMED.get(clause.field) or VALUES[clause.value]}
    if clause.value in (ValueKind.AHEAD, ValueKind.RENEWING):  # only subscriptions end
        value["kind"] = AnswerKind.RENEWALS
    return Usage(**value)  # type: ignore[arg-type]  # the table says which field has which value


def test_verb_names_and_roles_are_unique() -> None:
    for names in ([verb.name for verb in VERBS], [role for verb in VERBS for role in verb.roles]):
        assert len(set(names)) == len(names)


def test_verbs_cover_every_command() -> None:
    assert {verb.command for verb in VERBS} == set(Command.__args__)


def test_clauses_cover_every_field_of_question() -> None:
    assert [clause.field for clause in CLAUSES] == list(dict.fromkeys(clause.field for clause in CLAUSES))
    assert {clause.field for clause in CLAUSES} == {field.name for field in fields(Usage)}
    assert set(NAME_CLAUSES) == set(Clause)


@verbs
def test_verb_has_handler(verb: VerbSpec) -> None:
    assert callable(handler_table.handlers()[verb.name])


def test_handlers_answer_verbs_only() -> None:
    assert handler_table.handlers().keys() == {verb.name for verb in VERBS}


def test_verbs_of_one_command_share_handler_and_needs() -> None:
    handlers = handler_table.handlers()
    for verb in VERBS:
        same = [each for each in VERBS if each.command is verb.command]
        assert {(handlers[each.name], each.needs) for each in same} == {(handlers[verb.name], verb.needs)}


def test_handlers_raise_when_verb_has_no_handler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        handler_table, "VERBS", (VerbSpec("lost", Usage, "lost", "lost", (), True, VERBS[0].needs, False),)
    )
    with pytest.raises(LookupError, match="lost"):
        handler_table.handlers()


def test_sentences_are_printed_in_every_language() -> None:
    assert printed_languages() == set(languages())


@in_every_language
@verbs
def test_verb_has_a_printed_word(verb: VerbSpec, language: str) -> None:
    assert all(PrintedWords.load(language).words[role] for role in verb.roles)


@in_every_language
@clauses
def test_clause_has_a_printed_form(clause: ClauseSpec, language: str) -> None:
    printed = PrintedWords.load(language)
    if clause.value is ValueKind.EXCLUDED:
        assert set(printed.excluded) == set(Clause)
    assert all("{" in printed.clauses[role] for role in clause.roles if clause.value is not ValueKind.EXCLUDED)


@in_every_language
def test_forms_have_the_placeholders_of_english(language: str) -> None:
    english, printed = PrintedWords.load("en"), PrintedWords.load(language)
    for field in msgspec.structs.fields(PrintedWords):
        if field.name == "examples":  # sentences
            continue
        forms, own = getattr(english, field.name), getattr(printed, field.name)
        assert {key: _placeholders(form) for key, form in own.items()} == {
            key: _placeholders(form) for key, form in forms.items()
        }


def _placeholders(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [(verb, example.text) for verb in VERBS for example in verb.examples],
    ids=lambda each: each if isinstance(each, str) else each.name,
)
def test_example_has_its_verb_after_printing_and_reading(verb: VerbSpec, sentence: str) -> None:
    command = understood(sentence)
    assert type(command) is verb.command
    assert understood(sentence_of(command)) == command


@in_every_language
@pytest.mark.parametrize(
    ("key", "sentence"),
    [(example.words_key, example.text) for verb in VERBS for example in verb.examples],
    ids=lambda each: each.removeprefix("help."),
)
def test_example_is_understood_in_every_language(key: str, sentence: str, language: str) -> None:
    asked = parse(sentence, today=TODAY)
    printed = example_in(language, sentence, key, asked)
    assert understood(printed, language) == understood(sentence)
    assert language == "en" or printed != sentence or printed == sentence_of(understood(sentence), language)


@verbs
def test_verb_is_known_without_names_when_it_needs_none(verb: VerbSpec) -> None:
    for example in verb.examples:
        reading = SentenceReader(OFFLINE_SPANS, NOW).read(example.text)
        assert needs_names(reading) is (verb.needs.name not in {"NOTHING", "SIGN_IN"})


@in_every_language
@clauses
def test_clause_is_the_same_after_printing_and_reading(clause: ClauseSpec, language: str) -> None:
    question = one_clause(clause)
    sentence = sentence_of(question)
    for found in (result_of(READER.read(sentence, language), sentence), parse(sentence, today=TODAY)):
        assert isinstance(found, Usage)
        assert sentence_of(found) == sentence
        assert getattr(found, clause.field)


def test_every_help_topic_is_the_topic_of_a_verb() -> None:
    assert {verb.help_topic for verb in VERBS} == {topic.name for topic in TOPICS}
