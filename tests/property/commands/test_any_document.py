"""Every command survives being written and read, and whatever else a document is, it is refused without an error."""

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.command import Command, NewDigest, Usage
from bot.commands.command_document import BYTES_LIMIT, Unreadable, read, read_object, write, write_object
from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, OneTime, Schedule, Weekly
from bot.language.vocabulary.vocabulary import Vocabulary
from tests.property.language.test_round_trip import _commands
from tests.typed_sentences import parse

TODAY = date(2018, 10, 24)
WORDS = sorted(Vocabulary.load("en").words)
TOKENS = (
    *WORDS, "TEST COMPANY", '"Focus on IT"', "Exchange", "below 50%", "top 20", "by customer", "as of 2018-10-14",
    "every monday at 9", "in 5 minutes", "filter channel eq 'a''b'", "digest", "stop digest 3", "(", ",", "🚀",
    "&quot;", "\ud800", "\x00",
)  # fmt: skip
SENTENCES = st.one_of(
    st.lists(st.sampled_from(TOKENS), min_size=1, max_size=9).map(" ".join),
    st.text(st.characters(), max_size=60),
    st.sampled_from(WORDS).map(lambda word: f"usage for {word} " + ", ".join(f'"{number}' for number in range(200))),
)
RECURRING = st.one_of(
    st.builds(Weekly, st.frozensets(st.integers(0, 6), min_size=1)),
    st.builds(EveryFewWeeks, st.frozensets(st.integers(0, 6), min_size=1), st.integers(2, 52), st.dates()),
    st.builds(Monthly, st.integers(1, 31)),
    st.builds(MonthlyWeekday, st.integers(1, 5), st.integers(0, 6)),
    st.builds(OneDay, st.dates()),
)
SCHEDULES = st.one_of(
    st.builds(Schedule, RECURRING, st.times().map(lambda at: at.replace(microsecond=0, fold=0)),
              st.none() | st.sampled_from(["UTC", "Europe/Amsterdam"]), st.none() | st.dates()),
    st.builds(Schedule, st.builds(OneTime, st.integers(1, 10_000))),
)  # fmt: skip
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(_commands)
def test_command_survives_being_written_and_read(command: Any) -> None:
    assert read(write(command)) == command
    assert read_object(write_object(command)) == command
    assert read(json.dumps(write_object(command))) == command


@given(SCHEDULES)
def test_schedule_of_any_kind_survives_being_written_and_read(schedule: Schedule) -> None:
    command = NewDigest(Usage(), schedule)
    assert read(write(command)) == command


@given(SENTENCES)
def test_command_of_any_sentence_survives_being_written_and_read(sentence: str) -> None:
    command = parse(sentence, today=TODAY)
    if isinstance(command, Command):
        written = write(command)
        assert read(written) == command
        assert len(written.encode()) <= BYTES_LIMIT


@given(st.binary(max_size=200) | JSON.map(json.dumps) | st.text(st.characters(), max_size=99))
def test_any_bytes_are_a_command_or_refused(data: Any) -> None:
    assert isinstance(read(data), Unreadable)


@given(JSON)
def test_any_value_is_a_command_or_refused(value: Any) -> None:
    assert isinstance(read_object(value), Unreadable)


@given(_commands, st.data())
def test_document_with_one_value_changed_is_a_command_or_refused(command: Any, data: st.DataObject) -> None:
    document = write_object(command)
    places = list(_places(document))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(JSON)
    found = read_object(document)
    assert isinstance(found, Unreadable) or read(write(found)) == found


@given(_commands, st.text(st.characters(), max_size=9), JSON)
def test_document_with_one_more_key_is_refused(command: Any, key: str, value: Any) -> None:
    document = write_object(command)
    if key not in document:
        found = read_object(document | {key: value})
        assert isinstance(found, Unreadable) or key in write_object(found)


def _places(value: Any) -> Any:
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
