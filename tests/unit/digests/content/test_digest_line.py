"""The line of a digest: its next times, also in an unknown time zone."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.digests.content.digest_line import DigestLines
from bot.domain.conversation import Caller
from bot.domain.recurrence import EVERY_DAY, OneTime, Schedule, Weekly
from bot.store.digests.digest_record import Digest, DigestState
from tests.unit.digests.content.test_digest_content import DIGEST

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
LINES = DigestLines(Caller("tenant", "ann", "Ann"))
DAILY = replace(DIGEST, schedule=Schedule(Weekly(EVERY_DAY), time(8, 30), "Europe/Amsterdam"), next_due=DUE.timestamp())


def times(digest: Digest) -> list[str]:
    return [each.isoformat() for each in LINES.upcoming(digest, NOW.timestamp())]


def test_next_times_of_a_digest_are_in_the_zone_of_its_schedule() -> None:
    assert times(DAILY) == ["2026-12-01T08:30:00+01:00", "2026-12-02T08:30:00+01:00", "2026-12-03T08:30:00+01:00"]


@pytest.mark.parametrize("state", [DigestState.PAUSED, DigestState.SUSPENDED, DigestState.DONE])
def test_digest_that_does_not_run_has_no_next_times(state: DigestState) -> None:
    assert times(replace(DAILY, state=state)) == []


def test_digest_with_a_single_time_has_only_that() -> None:
    assert times(replace(DAILY, schedule=Schedule(OneTime(5), zone="UTC"))) == ["2026-12-01T07:30:00+00:00"]


def test_digest_on_the_last_day_that_there_is_cannot_be_skipped() -> None:
    last = datetime(9999, 12, 31, 7, 30, tzinfo=UTC).timestamp()
    assert "skip" in LINES.line(DAILY).acts
    assert "skip" not in LINES.line(replace(DAILY, next_due=last)).acts


def test_digest_in_an_unknown_zone_shows_its_stored_time_in_utc() -> None:
    digest = replace(DAILY, schedule=Schedule(Weekly(EVERY_DAY), time(8, 30), "Europe/Atlantis"))
    assert times(digest) == ["2026-12-01T07:30:00+00:00"]
    assert LINES.line(digest).number == 3
