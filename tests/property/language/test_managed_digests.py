"""Every command about digests survives being printed and being written."""

from datetime import UTC, date, datetime, time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest
from bot.commands.command_document import read, read_object, write, write_object
from bot.commands.documents.condition_document import MOST_UNUSED
from bot.commands.run_condition import ALWAYS, RunCondition
from bot.domain.recurrence import Schedule, Weekly
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.names.offline_names import OFFLINE_SPANS
from bot.usage.sentence_result import result_of

NOW = datetime(2026, 11, 30, 10, tzinfo=UTC)
READER = SentenceReader(OFFLINE_SPANS, NOW)
NUMBERS = st.lists(st.integers(1, 9_999), min_size=1, max_size=6, unique=True)
TIMES = st.times().map(lambda at: time(at.hour, at.minute))
DAYS = st.dates(date(2026, 12, 1), date(2027, 12, 31))
ACTS = st.sampled_from([each for each in DigestAction if each is not DigestAction.OPEN])
SCHEDULES = st.builds(lambda days, at: Schedule(Weekly(days), at), st.frozensets(st.integers(0, 6), min_size=1), TIMES)


SHARES = st.integers(1, 1_000).map(lambda tenths: tenths / 1_000)
CONDITIONS = st.one_of(
    st.just(RunCondition(changed=True)),
    st.builds(lambda share: RunCondition(below=share), SHARES),
    st.builds(lambda share: RunCondition(drops_below=share), SHARES),
    st.builds(lambda number: RunCondition(unused_above=number), st.integers(0, MOST_UNUSED)),
)


@st.composite
def _handled(draw: st.DrawFn) -> HandleDigest:
    act = draw(ACTS)
    until = draw(st.none() | DAYS) if act is DigestAction.PAUSE else None
    if draw(st.booleans()):
        first, *more = draw(NUMBERS)
        return HandleDigest(act, first, tuple(more), until=until)
    every = draw(st.booleans())
    return HandleDigest(act, last=not every, every=every, until=until)


@st.composite
def _changed(draw: st.DrawFn) -> ChangeDigest:
    number = draw(st.none() | st.integers(1, 9_999))
    schedule = draw(st.none() | SCHEDULES)
    at = draw(st.none() | TIMES) if schedule is None else None
    only = draw(st.none() | st.just(ALWAYS) | CONDITIONS)
    return ChangeDigest(number, schedule, at, last=number is None, only=only)


COMMANDS = _handled() | _changed()


@given(COMMANDS)
def test_command_survives_being_written_and_read(command: Any) -> None:
    assert read(write(command)) == command
    assert read_object(write_object(command)) == command


@settings(deadline=None)
@given(COMMANDS)
def test_command_is_the_same_after_printing_and_reading(command: Any) -> None:
    sentence = sentence_of(command)
    assert result_of(READER.read(sentence), sentence) == command, sentence
