"""The column of a schedule, as text."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recurrence import EveryFewWeeks, Monthly, MonthlyWeekday, OneDay, OneTime, Schedule, Weekly
from bot.store.digests.schedule_column import read, write

EVERY = st.one_of(
    st.frozensets(st.integers(0, 6)).map(Weekly),
    st.builds(EveryFewWeeks, st.frozensets(st.integers(0, 6)), st.integers(2, 52), st.dates()),
    st.integers(1, 31).map(Monthly),
    st.builds(MonthlyWeekday, st.integers(1, 5), st.integers(0, 6)),
    st.integers(0, 10**6).map(OneTime),
    st.dates().map(OneDay),
)
SCHEDULES = st.builds(
    Schedule,
    EVERY,
    st.none() | st.times().map(lambda at: at.replace(microsecond=0, fold=0)),
    st.none() | st.sampled_from(["UTC", "Europe/Amsterdam", "America/St_Johns"]),
    st.none() | st.dates(),
)


@given(SCHEDULES)
def test_schedule_is_equal_after_writing_and_reading(schedule: Schedule) -> None:
    assert read(write(schedule)) == schedule


def test_text_is_the_same_as_in_older_releases() -> None:
    assert write(Schedule(Weekly(frozenset({4, 0})), time(8, 30), "UTC")) == (
        '{"days":[0,4],"at":"08:30:00","zone":"UTC"}'
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        "null",
        '{"days":"x"}',
        '{"day":1',
        '{"day":1,"at":"25:00"}',
        "{" * 9_999,
        '{"days":[0],"weeks":2}',
    ],
)
def test_read_raises_value_error_when_the_text_is_no_schedule(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read(text)
