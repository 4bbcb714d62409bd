"""A question is the same after it was printed and read.

It may have numbers of licenses.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given
from hypothesis import strategies as st

from bot.commands.command import Name, NewDigest, Usage
from bot.domain.compared_days import Comparison, DayRange, Movement
from bot.domain.figures import LicenseMeasure
from bot.domain.licensing import Dimension
from bot.domain.recurrence import Monthly, Schedule, Weekly
from bot.domain.report_kind import SeatMeasure
from bot.language.reading.command_of import command_of
from bot.language.reading.meaning_of import meaning_of
from bot.language.reading.sentence_reader import SentenceReader
from bot.language.sentence.command_sentence import sentence_of
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.usage.sentence_result import result_of
from tests.demo_directory import demo_directory
from tests.property.language.test_managed_digests import CONDITIONS

SPANS = demo_directory().spans
READER = SentenceReader(SPANS, datetime(2026, 11, 30, 10, tzinfo=UTC))
MEASURES = st.sampled_from(LicenseMeasure)
NUMBERS = st.sampled_from([0, 1, 5, 10, 99, 100, 101, 1_000, 10**6]) | st.integers(0, 10**9)
BETWEEN = st.tuples(NUMBERS, NUMBERS).map(sorted)
RANGES = st.one_of(
    st.builds(lambda measure, low: AmountRange(measure, low=low), MEASURES, NUMBERS),
    st.builds(lambda measure, high: AmountRange(measure, high=high), MEASURES, NUMBERS),
    st.builds(lambda measure, both: AmountRange(measure, *both), MEASURES, BETWEEN),
)
AMOUNTS = st.lists(RANGES, max_size=4, unique_by=lambda each: each.measure).map(tuple)
SHARES = st.integers(0, 99).map(lambda percent: percent / 100)
LIMITS = st.none() | st.one_of(
    st.builds(lambda low: ShareRange(low=low), SHARES),
    st.builds(lambda high: ShareRange(high=high, high_included=False), SHARES.filter(bool)),
    st.tuples(SHARES, SHARES).map(sorted).map(lambda both: ShareRange(*both)),
)
DAYS = st.dates(date(2015, 1, 1), date(2026, 11, 28))
ORDERS = st.none() | st.builds(TopBottom, st.integers(1, 10_000), st.booleans(), st.none() | MEASURES)


def in_order(question):
    """Return the question with the later of its two days as that of the figures."""
    if question.as_of is None or question.versus is None or question.as_of >= question.versus.day:
        return question
    return replace(question, as_of=question.versus.day, versus=replace(question.versus, day=question.as_of))


def of_seats(question, seats):
    """Return the question as one about sold licenses, which have no workloads."""
    if seats is None:
        return question
    by = tuple(each for each in question.by if each is not Dimension.WORKLOAD)
    return replace(question, seats=seats, subjects=(), by=by)


OF_USAGE = st.builds(
    Usage,
    subjects=st.lists(
        st.sampled_from([Name("Exchange"), Name("Teams"), Name("SharePoint")]), unique=True, max_size=2
    ).map(tuple),
    by=st.lists(st.sampled_from(Dimension), unique=True, max_size=2).map(tuple),
    limit=LIMITS,
    amounts=AMOUNTS,
    order=ORDERS,
    as_of=st.none() | DAYS,
    versus=st.none() | st.builds(Comparison, DAYS, only=st.none() | st.sampled_from(Movement)),
).map(in_order)
SEATS = st.sampled_from([SeatMeasure.SOLD, SeatMeasure.ASSIGNED, SeatMeasure.UNASSIGNED])
QUESTIONS = st.builds(of_seats, OF_USAGE, st.none() | SEATS)
RANGES_OF_DAYS = st.one_of(
    st.builds(lambda both: DayRange(*both), st.tuples(DAYS, DAYS).map(sorted)), st.builds(DayRange, DAYS)
)
DIGESTS = st.builds(
    replace,
    QUESTIONS,
    as_of=st.none(),
    versus=st.none()
    | st.builds(Comparison, days=st.integers(2, 365), only=st.none() | st.sampled_from(Movement))
    | st.builds(Comparison, DAYS),
)
WHEN = st.builds(
    lambda on, hour: Schedule(on, time(hour)),
    st.sets(st.integers(0, 6), min_size=1).map(frozenset).map(Weekly) | st.builds(Monthly, st.integers(1, 31)),
    st.integers(0, 23),
)


def read(sentence):
    return result_of(READER.read(sentence), sentence)


@given(QUESTIONS)
def test_question_is_the_same_after_printing_and_reading(question):
    assert read(sentence_of(question)) == question


@given(
    st.builds(lambda question, days: replace(question, as_of=None, versus=None, period=days), QUESTIONS, RANGES_OF_DAYS)
)
def test_range_of_days_is_the_same_after_printing_and_reading(question):
    assert read(sentence_of(question)) == question
    meaning = meaning_of(question, SPANS)
    assert meaning is not None
    assert command_of(meaning) == question


@given(DIGESTS.filter(lambda each: each != Usage()), WHEN, st.none() | CONDITIONS)
def test_digest_is_the_same_after_printing_and_reading(question, schedule, only):
    command = NewDigest(question, schedule, None if schedule.once else only)
    assert read(sentence_of(command)) == command


@given(QUESTIONS)
def test_question_is_the_same_after_it_became_a_meaning(question):
    meaning = meaning_of(question, SPANS)
    assert meaning is not None
    assert command_of(meaning) == question
