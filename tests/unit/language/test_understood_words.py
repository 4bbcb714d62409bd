"""The meanings of the words of a sentence, with their offsets."""

from datetime import date

import pytest

from bot.commands.command import NewDigest, NotUnderstood, Usage
from bot.language.sentence.parser import parse
from bot.language.understanding.sentence_spans import NameRole, TextSpan, around
from bot.language.understanding.understood_words import understood_words

TODAY = date(2027, 2, 1)


def words_of(text: str, names: tuple[NameRole, ...] = ()) -> list[tuple[str, str]]:
    command = parse(text, today=TODAY)
    assert not isinstance(command, NotUnderstood)
    found = understood_words(text, command, names, TODAY).spans
    assert all(text[span.at :].startswith(span.text) for span in found)
    return [(span.text, span.taken_for) for span in found]


def named(text: str) -> tuple[NameRole, ...]:
    """Return the names of a question: customers except `Nobody`, and workloads."""
    command = parse(text, today=TODAY)
    question = command.question if isinstance(command, NewDigest) else command
    if not isinstance(question, Usage):
        return ()
    return (
        *(NameRole(name, None if name.text == "Nobody" else "customer") for name in question.customers),
        *(NameRole(name, "workload") for name in question.subjects),
        *(NameRole(name, "workload") for _, name in question.excluded),
    )


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("usage", [("usage", "act")]),
        (
            "please show usage for Acme Inc. on Exchange and SharePoint?",
            [("usage", "act"), ("for Acme Inc.", "customer"), ("on Exchange", "workload"), ("SharePoint", "workload")],
        ),
        ('usage for "Focus on IT"', [("usage", "act"), ('for "Focus on IT"', "customer")]),
        ("usage for Acme except Skype.", [("usage", "act"), ("for Acme", "customer"), ("except Skype", "workload")]),
        ("usage for Nobody on Exchange", [("usage", "act"), ("on Exchange", "workload")]),
        (
            "top 5 by product on Exchange below 50%",
            [("top 5", "keep"), ("by product", "by"), ("on Exchange", "workload"), ("below 50%", "conditions")],
        ),
        ("usage as of 2027-01-15", [("usage", "act"), ("as of 2027-01-15", "day")]),
        ("usage on Exchange yesterday", [("usage", "act"), ("on Exchange", "workload"), ("yesterday", "day")]),
        (
            "digest every monday at 9 for Acme",
            [("digest", "act"), ("every monday at 9", "schedule"), ("for Acme", "customer")],
        ),
        (
            "usage on Exchange every day at 17:00 Europe/Paris",
            [("usage", "act"), ("on Exchange", "workload"), ("every day at 17:00 Europe/Paris", "schedule")],
        ),
        ("usage filter workloadCode eq 'EXO'", [("usage", "act"), ("filter workloadCode eq 'EXO'", "filter")]),
        ("stop digest 3", [("stop digest", "act"), ("3", "target")]),
        (
            "change digest #3 to every tuesday at 9",
            [("change digest", "act"), ("#3", "target"), ("to every tuesday at 9", "schedule")],
        ),
        ("customers at least", [("customers", "act"), ("at least", "search")]),
        ("who am I?", [("who am I", "act")]),
        ("hello", []),
    ],
)
def test_every_word_with_a_meaning_is_in_a_span(text: str, spans: list[tuple[str, str]]) -> None:
    assert words_of(text, named(text)) == spans


def test_span_is_part_of_typed_text_when_teams_sent_markup() -> None:
    assert words_of("<at>Bot</at>&nbsp;usage\u200b by customer") == [("usage", "act"), ("by customer", "by")]


@pytest.mark.parametrize(
    ("start", "end", "left"),
    [
        (0, 2, [("by one two", 2)]),
        (4, 8, [("by", 2), ("two", 9)]),
        (9, 12, [("by one", 2)]),
        (2, 12, []),
    ],
)
def test_span_is_cut_when_part_of_it_was_not_understood(start: int, end: int, left: list[tuple[str, int]]) -> None:
    span = TextSpan("by one two", 2, "by")
    assert [(part.text, part.at) for part in around(span, start, end)] == left
