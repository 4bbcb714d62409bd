"""The tables of verbs and clauses are complete.

Every loop over them finds everything that a verb or a clause needs.
"""

from dataclasses import fields
from datetime import UTC, date, datetime
from importlib import resources

import pytest

from bot.commands.clauses import CLAUSES, NAME_CLAUSES, ClauseSpec, ValueKind
from bot.commands.command import Clause, Command, Name, NotUnderstood, Usage
from bot.commands.verbs import TOPICS, VERBS, VerbSpec, verb_of
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension, Field
from bot.handlers import handler_table
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.parser import TypedSentence, parse
from bot.language.text.lexicon import Lexicon
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.expression import Eq
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory

TODAY = date(2018, 10, 24)
READER = SentenceReader(demo_directory().spans, datetime(2018, 10, 24, 10, tzinfo=UTC))
LANGUAGES = tuple(
    each.name.removesuffix(".json") for each in resources.files("bot.language.text").joinpath("locales").iterdir()
)
VALUES: dict[ValueKind, object] = {
    ValueKind.NAMES: (Name("TEST COMPANY"), Name("Contoso")),
    ValueKind.EXCLUDED: tuple((clause, Name("TEST COMPANY")) for clause in Clause),
    ValueKind.DIMENSIONS: (Dimension.CUSTOMER, Dimension.PRODUCT),
    ValueKind.SHARE: ShareRange(0.2, 0.4),
    ValueKind.AMOUNTS: (AmountRange(LicenseMeasure.UNUSED, low=101), AmountRange(LicenseMeasure.ACTIVE, 5, 10)),
    ValueKind.COUNT: TopBottom(20),
    ValueKind.DAY: date(2018, 10, 14),
    ValueKind.RANGE: DayRange(date(2018, 9, 14), date(2018, 10, 14)),
    ValueKind.COMPARISON: Comparison(date(2018, 9, 14), only=Movement.DROPPED),
    ValueKind.FILTER: Eq(Field.CHANNEL, "reseller"),
}

verbs = pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
clauses = pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.field)
phrased = pytest.mark.parametrize("clause", [each for each in CLAUSES if each.role], ids=lambda clause: clause.field)
unphrased = pytest.mark.parametrize(
    "clause", [each for each in CLAUSES if not each.role], ids=lambda clause: clause.field
)
languages = pytest.mark.parametrize("language", LANGUAGES)


def understood(sentence: str) -> Command:
    """Return the command of a sentence.

    Names are those of the demo; if the reader asks about one, any name is accepted.
    """
    found = result_of(READER.read(sentence), sentence)
    command = found if isinstance(found, Command) else parse(sentence, today=TODAY)
    assert not isinstance(command, NotUnderstood)
    return command


def one_clause(clause: ClauseSpec) -> Usage:
    """Return a question with no other clause."""
    value = {clause.field: VALUES[clause.value]}
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


@languages
@verbs
def test_verb_has_phrase_in_every_language(verb: VerbSpec, language: str) -> None:
    assert all(Lexicon.load(language).canonical[role] for role in verb.roles)


@languages
@clauses
def test_clause_has_phrase_in_every_language(clause: ClauseSpec, language: str) -> None:
    assert all(Lexicon.load(language).canonical[role] for role in clause.roles)


def test_language_is_refused_when_it_has_unknown_role() -> None:
    data = Lexicon.load("en").data
    values = {name: getattr(data, name) for name in data.__struct_fields__}
    stranger = type(data.phrases[0])(("greet",), ("hail",))
    with pytest.raises(ValueError, match="greet"):
        Lexicon.of(type(data)(**values | {"phrases": (*data.phrases, stranger)}))


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [(verb, example.text) for verb in VERBS for example in verb.examples],
    ids=lambda each: each if isinstance(each, str) else each.name,
)
def test_example_has_its_verb_after_printing_and_parsing(verb: VerbSpec, sentence: str) -> None:
    command = understood(sentence)
    assert type(command) is verb.command
    assert understood(sentence_of(command)) == command


@verbs
def test_verb_is_known_without_names_when_it_needs_none(verb: VerbSpec) -> None:
    for example in verb.examples:
        found = TypedSentence(example.text, today=TODAY).without_names()
        assert (found is not None) is (verb.needs.name in {"NOTHING", "SIGN_IN"})


@verbs
def test_suggestions_hold_no_verb_that_changes_something(verb: VerbSpec) -> None:
    typed = f"{verb.examples[0].text} xyzzy"
    found = parse(typed, today=TODAY)
    for sentence in found.suggestions if isinstance(found, NotUnderstood) else ():
        command = parse(sentence, today=TODAY)
        assert not isinstance(command, NotUnderstood)
        assert not verb_of(command).changes


@unphrased
def test_clause_without_a_phrase_is_the_same_after_printing_and_reading(clause: ClauseSpec) -> None:
    question = one_clause(clause)
    assert understood(sentence_of(question)) == question


@phrased
def test_clause_is_the_same_after_printing_and_parsing(clause: ClauseSpec) -> None:
    question = one_clause(clause)
    assert parse(sentence_of(question), today=TODAY) == question


@phrased
def test_second_clause_adds_only_when_clause_is_repeatable(clause: ClauseSpec) -> None:
    said = sentence_of(one_clause(clause)).removeprefix("usage ")
    twice = parse(f"usage {said} {said}", today=TODAY)
    joined = clause.repeatable and clause.value is not ValueKind.SHARE
    if clause.value is not ValueKind.FILTER:  # a filter continues to the end of the sentence
        assert isinstance(twice, Usage) is joined


def test_every_help_topic_is_the_topic_of_a_verb() -> None:
    assert {verb.help_topic for verb in VERBS} == {topic.name for topic in TOPICS}
