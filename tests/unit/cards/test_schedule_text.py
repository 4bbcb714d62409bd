from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cards.parts.schedule_text import in_words, moment
from cards.views.digest_views import ScheduleView
from cards.wording.locale_words import LocaleWords

WORDS, BRITISH = LocaleWords.load("en-US"), LocaleWords.load("en-GB")
AT = time(8, 30)
ZONE = "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("when", "text"),
    [
        (ScheduleView("daily", AT, ZONE), "Every day at 08:30 (Europe/Amsterdam)"),
        (ScheduleView("weekdays", AT, ZONE), "Every weekday at 08:30 (Europe/Amsterdam)"),
        (ScheduleView("weekly", AT, ZONE, days=(0,)), "Every Monday at 08:30 (Europe/Amsterdam)"),
        (ScheduleView("weekly", AT, ZONE, days=(4, 0)), "Every Monday and Friday at 08:30 (Europe/Amsterdam)"),
        (ScheduleView("monthly", AT, ZONE, day=1), "On day 1 of every month at 08:30 (Europe/Amsterdam)"),
        (ScheduleView("monthly", AT, ZONE, day=31), "On the last day of every month at 08:30 (Europe/Amsterdam)"),
        (ScheduleView("once", None, ZONE), "Once"),
        (
            ScheduleView("few_weeks", AT, ZONE, days=(0, 3), weeks=2),
            "Every 2 weeks on Monday and Thursday at 08:30 (Europe/Amsterdam)",
        ),
        (
            ScheduleView("month_weekday", AT, ZONE, days=(4,), nth=5),
            "On the last Friday of every month at 08:30 (Europe/Amsterdam)",
        ),
        (
            ScheduleView("one_day", AT, ZONE, once=date(2026, 12, 24)),
            "Once, on 24 December 2026 at 08:30 (Europe/Amsterdam)",
        ),
        (
            ScheduleView("daily", AT, ZONE, until=date(2026, 12, 24)),
            "Every day at 08:30 until 24 December 2026 (Europe/Amsterdam)",
        ),
    ],
)
def test_a_schedule_is_written_in_words(when: ScheduleView, text: str) -> None:
    assert in_words(when, BRITISH) == text


def test_a_day_missing_in_some_months_names_the_last_day() -> None:
    text = in_words(ScheduleView("monthly", AT, ZONE, day=30), BRITISH, zone=False)
    assert text == "On day 30 of every month, or on its last day if it is shorter, at 08:30"


def test_the_clock_has_the_hours_of_the_readers_locale() -> None:
    assert in_words(ScheduleView("daily", time(17), "UTC"), WORDS) == "Every day at 5:00\u202fPM (UTC)"


INCOMPLETE = [ScheduleView(kind, AT, ZONE) for kind in ("few_weeks", "month_weekday", "one_day")]


@pytest.mark.parametrize(
    "when",
    [ScheduleView("fortnightly", AT, ZONE), ScheduleView("weekly", AT, ""), ScheduleView("", None, ""), *INCOMPLETE],
)
def test_an_unknown_schedule_is_no_error(when: ScheduleView) -> None:
    assert in_words(when, BRITISH, zone=False) == "At other times"


def test_a_moment_names_its_zone_when_the_schedule_has_another() -> None:
    daily = ScheduleView("daily", AT, ZONE)
    at = datetime(2018, 10, 15, 8, 30, tzinfo=ZoneInfo(ZONE))
    assert moment(at, BRITISH, daily) == "Monday, 15 October 2018, 08:30"
    assert moment(at.astimezone(ZoneInfo("Asia/Kolkata")), BRITISH, daily) == (
        "Monday, 15 October 2018, 12:00 (Asia/Kolkata)"
    )
    assert moment(at.astimezone(UTC), BRITISH, daily).endswith("06:30 (UTC)")
    assert moment(at, BRITISH, ScheduleView("once", None, ZONE)).endswith("08:30 (Europe/Amsterdam)")
