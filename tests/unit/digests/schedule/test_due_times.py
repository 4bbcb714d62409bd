from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.digests.schedule.due_times import next_due, upcoming
from bot.domain.recurrence import EVERY_DAY, WEEKDAYS, Monthly, MonthlyWeekday, OneDay, OneTime, Schedule, Weekly
from bot.errors import ZoneError

AMSTERDAM = "Europe/Amsterdam"
START = datetime(2026, 1, 1, tzinfo=UTC)


def daily(at: str, zone: str | None = AMSTERDAM) -> Schedule:
    return Schedule(Weekly(EVERY_DAY), time.fromisoformat(at), zone)


def moments(schedule: Schedule, after: str, count: int = 2) -> list[str]:
    found = upcoming(schedule, datetime.fromisoformat(after), count, since=START)
    return [due.isoformat(timespec="minutes") for due in found]


def test_due_time_is_the_next_minute_when_the_time_does_not_exist() -> None:
    assert moments(daily("02:30"), "2026-03-28T12:00Z") == ["2026-03-29T03:00+02:00", "2026-03-30T02:30+02:00"]
    half_an_hour = daily("02:15", "Australia/Lord_Howe")
    assert moments(half_an_hour, "2026-10-03T12:00+11:00")[0] == "2026-10-04T02:30+11:00"


def test_due_time_is_on_the_next_day_when_the_last_hour_does_not_exist() -> None:
    assert moments(daily("23:30", "America/Nuuk"), "2026-03-28T12:00Z") == [
        "2026-03-29T00:00-01:00",
        "2026-03-29T23:30-01:00",
    ]


def test_due_time_is_the_first_moment_when_the_time_exists_twice() -> None:
    assert moments(daily("02:30"), "2026-10-24T12:00Z") == ["2026-10-25T02:30+02:00", "2026-10-26T02:30+01:00"]


def test_past_time_is_not_due_again_in_a_repeated_hour() -> None:
    # 02:15 the second time: 02:30 is later in local time, but was an hour ago.
    assert moments(daily("02:30"), "2026-10-25T01:15Z", 1) == ["2026-10-26T02:30+01:00"]


def test_due_time_keeps_its_local_time_through_the_year() -> None:
    assert moments(daily("08:30"), "2026-03-28T12:00Z", 1) == ["2026-03-29T08:30+02:00"]
    assert moments(daily("08:30"), "2026-10-24T12:00Z", 1) == ["2026-10-25T08:30+01:00"]


def test_due_day_is_the_last_of_the_month_when_the_month_is_too_short() -> None:
    for day, february in ((29, "28"), (30, "28"), (31, "28")):
        schedule = Schedule(Monthly(day), time(8), "UTC")
        assert moments(schedule, "2026-01-31T12:00Z", 1) == [f"2026-02-{february}T08:00+00:00"]
    assert moments(Schedule(Monthly(30), time(8), "UTC"), "2028-01-30T12:00Z")[0] == "2028-02-29T08:00+00:00"
    assert moments(Schedule(Monthly(31), time(8), "UTC"), "2026-04-01T12:00Z")[0] == "2026-04-30T08:00+00:00"


def test_weekdays_leave_out_the_weekend() -> None:
    friday = "2026-10-09T12:00Z"
    assert moments(Schedule(Weekly(WEEKDAYS), time(8), "UTC"), friday, 1) == ["2026-10-12T08:00+00:00"]


def test_single_time_counts_from_the_request_and_is_due_once() -> None:
    said = datetime(2026, 10, 9, 12, 0, 30, 999_999, tzinfo=UTC)
    once = Schedule(OneTime(5), zone=AMSTERDAM)
    due = next_due(once, said, since=said)
    assert due == said.replace(microsecond=0) + timedelta(minutes=5)
    assert due.isoformat() == "2026-10-09T14:05:30+02:00"
    assert next_due(once, due, since=said) is None
    assert upcoming(once, said, 3, since=said) == (due,)


def test_due_time_is_in_utc_when_the_schedule_names_no_zone() -> None:
    assert moments(daily("08:30", None), "2026-07-01T00:00Z", 1) == ["2026-07-01T08:30+00:00"]


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "\0", "Europe", "x" * 300])
def test_next_due_raises_zone_error_when_the_zone_is_unknown(zone: str) -> None:
    with pytest.raises(ZoneError):
        next_due(daily("08:30", zone), START, since=START)


@pytest.mark.parametrize("on", [Weekly(frozenset()), Weekly(frozenset({9})), Monthly(0), Monthly(32), Monthly(-1)])
def test_next_due_is_none_when_the_schedule_names_no_day(on: Weekly | Monthly) -> None:
    assert next_due(Schedule(on, time(8), "UTC"), START, since=START) is None


def test_next_due_is_none_when_the_year_exceeds_9999() -> None:
    end = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    assert next_due(daily("08:30"), end, since=START) is None
    assert next_due(Schedule(Monthly(30), time(8), "Pacific/Kiritimati"), end, since=START) is None
    assert next_due(Schedule(OneTime(10**15), zone="UTC"), START, since=START) is None


def test_schedule_without_a_time_of_the_day_is_never_due() -> None:
    assert next_due(Schedule(Weekly(EVERY_DAY), None, "UTC"), START, since=START) is None
    assert next_due(Schedule(OneDay(date(2026, 12, 24)), None, "UTC"), START, since=START) is None


@pytest.mark.parametrize("on", [MonthlyWeekday(0, 1), MonthlyWeekday(6, 1), MonthlyWeekday(1, 7)])
def test_weekday_of_a_month_that_does_not_exist_is_never_due(on: MonthlyWeekday) -> None:
    assert next_due(Schedule(on, time(8), "UTC"), START, since=START) is None


def test_last_day_of_a_schedule_is_the_last_one_on_which_it_is_due() -> None:
    schedule = Schedule(Weekly(EVERY_DAY), time(8), "UTC", until=date(2026, 1, 2))
    assert moments(schedule, "2026-01-01T00:00Z", 5) == ["2026-01-01T08:00+00:00", "2026-01-02T08:00+00:00"]
