"""The parser never raises.

What it does not understand is answered with an offset and suggestions.
"""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.command import Account, Clause, Customers, DigestCommand, Hello, Help, NotUnderstood, Usage, Workloads
from bot.commands.verbs import VerbNeeds, verb_of
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.parser import TypedSentence, parse
from bot.language.text.lexicon import ENGLISH

TODAY = date(2018, 10, 24)

_words = sorted(
    {" ".join(phrase.words) for phrases in ENGLISH.phrases.values() for phrase in phrases}
    | set(ENGLISH.dimensions)
    | set(ENGLISH.data.months)
    | set(ENGLISH.data.weekdays)
    | set(ENGLISH.data.schedule.days)
    | set(ENGLISH.data.schedule.alone)
    | set(ENGLISH.data.schedule.every)
    | {verb for words in ENGLISH.data.actions.values() for verb in words}
)
_bits = st.sampled_from(
    [
        *_words,
        *(
            '"',
            "'",
            "“",
            "”",
            "‘",
            "’",
            "«",
            ",",
            ";",
            "?",
            "&",
            "&amp;",
            "&#39;",
            "&nbsp;",
            "<at>Bot</at>",
            "<p>",
            "<",
        ),
        *("TEST COMPANY", "Focus on IT", "O'Brien & Sons", "Exchange", "exo", "usgae", "fro", "50%", "20", "0.5", "-1"),
        *(
            "2018-10-14",
            "10/14/2018",
            "2018-13-40",
            "8:30",
            "25:00",
            "at 9",
            "5pm",
            "Europe/Amsterdam",
            "Europa/Berlin",
            "UTC",
            "new york time",
            "#3",
            "1st",
            "32nd",
            "of each month",
            "in 5 minutes",
            "every",
            "digest",
            "14",
            "workloadCode eq 'SFB'",
            "(",
            ")",
            "\x00",
            "\u200b",
            "\ud800",
        ),
    ]
)
_sentences = st.lists(_bits, max_size=14).map(" ".join)
_any_text = st.text(max_size=80) | st.text(st.characters(), max_size=40) | _sentences


@settings(deadline=None)
@given(_any_text)
def test_text_is_command_or_problem_with_offset(text: str) -> None:
    found = parse(text, today=TODAY)
    if isinstance(found, NotUnderstood):
        assert 0 <= found.at <= len(text)
        assert len(found.found) <= 60
    else:
        assert isinstance(found, Usage | Help | Hello | Customers | Workloads | Account | DigestCommand)


@settings(deadline=None)
@given(_sentences)
def test_every_suggestion_is_understood(text: str) -> None:
    found = parse(text, today=TODAY)
    if isinstance(found, NotUnderstood):
        assert found.suggestions
        for sentence in found.suggestions:
            assert not isinstance(parse(sentence, today=TODAY), NotUnderstood)


@settings(deadline=None)
@given(_any_text, st.sets(st.sampled_from(["TEST COMPANY", "Focus on IT", "usage", "for", "on Exchange"])))
def test_parser_does_not_raise_when_there_is_a_directory(text: str, known: set[str]) -> None:
    def knows(clause: Clause, name: str) -> bool:
        return clause is Clause.FOR and name in known

    assert parse(text, today=TODAY, knows=knows) is not None


@settings(deadline=None)
@given(_any_text)
def test_canonical_sentence_has_same_meaning_as_text(text: str) -> None:
    command = parse(text, today=TODAY)
    if not isinstance(command, NotUnderstood):
        assert parse(sentence_of(command), today=TODAY) == command


@settings(deadline=None)
@given(_sentences)
def test_names_have_offsets_in_text(text: str) -> None:
    found = parse(text, today=TODAY)
    if isinstance(found, Usage):
        for name in (*found.customers, *found.subjects, *found.products, *found.channels):
            assert name.at is not None
            assert 0 <= name.at < len(text)


@settings(deadline=None)
@given(_any_text)
def test_what_is_known_without_names_is_what_is_read_without_them(text: str) -> None:
    found = TypedSentence(text, today=TODAY).without_names()
    if found is not None:
        assert verb_of(found).needs < VerbNeeds.NAMES
        assert parse(text, today=TODAY) == found
