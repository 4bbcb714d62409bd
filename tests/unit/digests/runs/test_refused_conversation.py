"""When a conversation that refuses counts as gone, and when it is tried again."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.digests.runs.refused_conversation import (
    HOUR,
    after_posting,
    is_gone,
    next_due_after_pause,
    resumes_at,
    retry_at,
)
from bot.domain.conversation import Conversation, ConversationKind
from bot.domain.recurrence import EVERY_DAY, Monthly, OneTime, Schedule, Weekly
from bot.store.digests.digest_record import REFUSED, Digest, DigestState
from tests.integration.digests.stored import stored_digest

START = datetime(2026, 3, 2, 10, tzinfo=UTC).timestamp()
DAY = 24 * HOUR
DAILY = Schedule(Weekly(EVERY_DAY), time(10), "UTC")
HERE = Conversation("19:x@thread.v2", ConversationKind.GROUP, "{}", "")


def digest(schedule: Schedule = DAILY, **changed: object) -> Digest:
    return replace(stored_digest(HERE), schedule=schedule, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("refusals", "hours", "gone"),
    [(1, 0, False), (9, 23.9, False), (2, 48, False), (3, 24, True), (4, 25, True), (3, 23.99, False)],
)
def test_conversation_is_gone_when_it_refused_thrice_over_a_day(refusals: int, hours: float, gone: bool) -> None:
    assert is_gone(digest(refusals=refusals, refused_since=START), START + hours * HOUR) is gone


def test_conversation_is_not_gone_when_no_first_refusal_is_known() -> None:
    assert not is_gone(digest(refusals=9), START)


def attempts(schedule: Schedule, later: float | None) -> list[float]:
    """Return when a digest is tried, in hours after the first refusal.

    The last attempt is the one after which its conversation counts as gone.
    """
    now, tried = START, digest(schedule, refusals=1, refused_since=START)
    found = [0.0]
    while not is_gone(tried, now):
        upcoming = None if later is None else next(START + n * later for n in range(1, 99) if START + n * later > now)
        now = retry_at(replace(tried, next_due=upcoming), now)
        tried = replace(tried, refusals=tried.refusals + 1)
        found.append((now - START) / HOUR)
    return found


def test_refused_digest_is_tried_on_a_schedule_until_a_day_is_over() -> None:
    assert attempts(Schedule(OneTime(5), None, "UTC"), None) == [0, 1 / 12, 1, 7, 25]
    assert attempts(Schedule(Monthly(1), time(10), "UTC"), 30 * DAY) == [0, 1 / 12, 1, 7, 25]
    assert attempts(DAILY, DAY) == [0, 1 / 12, 1, 7, 24]
    assert attempts(DAILY, DAY - 1)[-2:] == [(DAY - 1) / HOUR, 25]


def test_retry_comes_in_an_hour_when_the_schedule_of_retries_is_over() -> None:
    now = START + 9 * DAY
    assert retry_at(digest(refusals=2, refused_since=START), now) == now + HOUR


def test_single_time_is_due_at_once_after_a_pause_when_it_was_refused() -> None:
    once = digest(Schedule(OneTime(5), None, "UTC"))
    assert next_due_after_pause(replace(once, next_due=START + 5), START) == START + 5
    assert next_due_after_pause(replace(once, next_due=START - 5), START) is None
    assert next_due_after_pause(replace(once, last=REFUSED), START) == START


def test_digest_is_done_when_its_time_zone_is_unknown() -> None:
    assert resumes_at(digest(Schedule(Weekly(EVERY_DAY), time(10), "Mars/Olympus")), START) is None


ONCE = Schedule(OneTime(5), None, "UTC")
ACTIVE, SUSPENDED, DONE = DigestState.ACTIVE, DigestState.SUSPENDED, DigestState.DONE


@pytest.mark.parametrize(
    ("schedule", "state", "reason", "last", "posted", "expected"),
    [
        (DAILY, ACTIVE, "", "sent", 1, (ACTIVE, START + 60)),  # no retry is planned: its time stays
        (DAILY, ACTIVE, "", REFUSED, 1, (ACTIVE, START + DAY)),  # it is posted: back to its schedule
        (DAILY, ACTIVE, "", REFUSED, 2, (ACTIVE, START + 1)),  # another one was posted: this one follows now
        (DAILY, SUSPENDED, "gone", "sent", 2, (ACTIVE, START + DAY)),
        (DAILY, SUSPENDED, "uninstalled", "sent", 2, (SUSPENDED, START + 60)),
        (ONCE, ACTIVE, "", REFUSED, 1, (DONE, None)),
        (ONCE, ACTIVE, "", REFUSED, 2, (ACTIVE, START + 1)),
        (ONCE, ACTIVE, "", "", 1, (ACTIVE, START + 60)),  # a run by hand before its time
        (ONCE, SUSPENDED, "refused", REFUSED, 2, (ACTIVE, START + 60)),
        (DAILY, DigestState.PAUSED, "", REFUSED, 2, (DigestState.PAUSED, START + 60)),
    ],
)
def test_digest_resumes_when_its_conversation_takes_a_message(
    schedule: Schedule, state: DigestState, reason: str, last: str, posted: int, expected: object
) -> None:
    kept = digest(schedule, number=1, state=state, reason=reason, last=last, next_due=START + 60, refusals=2)
    assert after_posting(kept, posted, START + 1) == expected
