"""A year of any schedule, in zones of different clock changes.

Their clocks change by an hour, by half an hour, at midnight, and never.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from croniter import croniter
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.schedule.due_times import next_due
from bot.domain.recurrence import (
    EVERY_DAY,
    LAST_DAY,
    LAST_WEEK,
    WEEKDAYS,
    EveryFewWeeks,
    Monthly,
    MonthlyWeekday,
    OneDay,
    Schedule,
    Weekly,
)

ZONES = (
    "Europe/Amsterdam",  # 02:00 to 03:00 and back
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # at midnight: a day may begin at one
    "America/Nuuk",  # the last hour of a day: a time that does not exist becomes the first of the next day
    "Asia/Kolkata",  # never
)
TIMES = st.builds(time, st.one_of(st.sampled_from([0, 1, 2, 3, 23]), st.integers(0, 23)), st.integers(0, 59))
DAYS = st.one_of(st.sampled_from([EVERY_DAY, WEEKDAYS]), st.frozensets(st.integers(0, 6), min_size=1))
PERIODS = st.one_of(
    st.builds(Weekly, DAYS),
    st.builds(Monthly, st.integers(1, LAST_DAY)),
    st.builds(MonthlyWeekday, st.integers(1, LAST_WEEK), st.integers(0, 6)),
    st.builds(EveryFewWeeks, DAYS, st.integers(2, 8), st.dates(date(2020, 1, 1), date(2035, 1, 1))),
)
SCHEDULES = st.builds(Schedule, PERIODS, TIMES, st.sampled_from(ZONES))
YEARS = st.integers(2024, 2030)
# Seconds from the start of 2024 to the start of 2030.
MOMENTS = st.integers(1_704_067_200, 1_893_456_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def a_year(schedule: Schedule, year: int) -> list[datetime]:
    zone = ZoneInfo(schedule.zone or "")
    start, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    found: list[datetime] = []
    due = next_due(schedule, start, since=start)
    while due is not None and due.astimezone(UTC) < end.astimezone(UTC):
        found.append(due)
        due = next_due(schedule, due, since=start)
    return found


def named(schedule: Schedule, day: date) -> bool:
    """Return True if the schedule names this day, computed without cron."""
    if isinstance(schedule.on, Weekly):
        return day.weekday() in schedule.on.days
    if isinstance(schedule.on, EveryFewWeeks):
        weeks = (day - timedelta(days=day.weekday()) - _monday(schedule.on.anchor)).days // 7
        return day.weekday() in schedule.on.days and weeks % schedule.on.weeks == 0
    last = monthrange(day.year, day.month)[1]
    if isinstance(schedule.on, MonthlyWeekday):
        nth = LAST_WEEK if schedule.on.nth == LAST_WEEK and day.day + 7 > last else (day.day + 6) // 7
        return day.weekday() == schedule.on.weekday and nth == schedule.on.nth
    assert isinstance(schedule.on, Monthly)
    return day.day == min(schedule.on.day, last)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def first_valid(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the first moment from `at` of `day` on that exists in local time.

    If it exists twice, this is the first of the two.
    """
    moment = datetime.combine(day, at, zone)
    while moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(tzinfo=None):
        moment += timedelta(minutes=1)  # in local time
    return moment


def _croniter_has(schedule: Schedule) -> bool:
    return not isinstance(schedule.on, EveryFewWeeks) and schedule.on not in (Monthly(29), Monthly(30))


@settings(max_examples=150)
@given(SCHEDULES, YEARS)
def test_each_named_day_has_one_moment_at_its_time_or_the_next_minute(schedule: Schedule, year: int) -> None:
    zone = ZoneInfo(schedule.zone or "")
    start = datetime(year, 1, 1, tzinfo=zone).astimezone(UTC)
    end = datetime(year + 1, 1, 1, tzinfo=zone).astimezone(UTC)
    days = [date(year, 1, 1) + timedelta(days=each) for each in range(366)]
    wanted = [first_valid(day, schedule.at or time(), zone).astimezone(UTC) for day in days if named(schedule, day)]
    found = [due.astimezone(UTC) for due in a_year(schedule, year)]
    assert found == [each for each in wanted if start < each < end]
    assert all(before < after for before, after in pairwise(found))


@settings(max_examples=40)
@given(SCHEDULES.filter(_croniter_has), YEARS)
def test_another_cron_library_says_the_same_but_for_times_that_come_twice(schedule: Schedule, year: int) -> None:
    """Compare with croniter.

    croniter posts twice if the hour is repeated, which is not wanted here. It cannot express "the 30th, in February the
    last", nor every few weeks: the test above covers those days.
    """
    zone = ZoneInfo(schedule.zone or "")
    start, end = datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)
    assert schedule.at is not None
    if isinstance(schedule.on, Weekly):
        period = "* * " + ",".join(str((day + 1) % 7) for day in schedule.on.days)
    elif isinstance(schedule.on, MonthlyWeekday):
        weekday = (schedule.on.weekday + 1) % 7
        period = f"* * L{weekday}" if schedule.on.nth == LAST_WEEK else f"* * {weekday}#{schedule.on.nth}"
    else:
        assert isinstance(schedule.on, Monthly)
        period = ("L" if schedule.on.day == LAST_DAY else str(schedule.on.day)) + " * *"
    others = croniter(f"{schedule.at.minute} {schedule.at.hour} {period}", start, ret_type=datetime)
    theirs: list[datetime] = []
    while (due := others.get_next()).astimezone(UTC) < end.astimezone(UTC):
        theirs.append(due.astimezone(zone))
    repeated = [due for due in theirs if due.fold]
    assert all(due.replace(fold=0) in theirs for due in repeated)
    assert len(repeated) <= 1
    once = [due for due in theirs if not due.fold]
    assert [due.astimezone(UTC) for due in a_year(schedule, year)] == [due.astimezone(UTC) for due in once]


@settings(max_examples=40)
@given(SCHEDULES, MOMENTS)
def test_next_moment_is_later_than_any_moment_with_none_between(schedule: Schedule, after: datetime) -> None:
    due = next_due(schedule, after, since=after)
    assert due is not None
    assert due.astimezone(UTC) > after
    assert next_due(schedule, due.astimezone(UTC) - timedelta(seconds=1), since=after) == due
    between = after + (due.astimezone(UTC) - after) / 2
    assert next_due(schedule, between, since=after) == due


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), TIMES, st.sampled_from(ZONES), MOMENTS)
def test_a_day_is_due_once_at_its_time_or_the_next_minute(day: date, at: time, name: str, after: datetime) -> None:
    due = first_valid(day, at, ZoneInfo(name)).astimezone(UTC)
    found = next_due(Schedule(OneDay(day), at, name), after, since=after)
    assert (found and found.astimezone(UTC)) == (due if due > after else None)
    assert next_due(Schedule(OneDay(day), at, name), due, since=after) is None


@settings(max_examples=60)
@given(SCHEDULES, MOMENTS, st.integers(-1, 400))
def test_a_schedule_is_not_due_after_its_last_day(schedule: Schedule, after: datetime, days: int) -> None:
    until = after.astimezone(ZoneInfo(schedule.zone or "")).date() + timedelta(days=days)
    endless = next_due(schedule, after, since=after)
    assert endless is not None
    found = next_due(replace(schedule, until=until), after, since=after)
    assert found == (endless if endless.date() <= until else None)
