"""A claim that could not be made, or given back, at once."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
import structlog

from bot.concurrency.backoff import Backoff
from bot.errors import StoreError
from bot.store.activity_claims import ClaimOutcome
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.activity.request_refused import RequestRefusedError
from bot.teams.sdk import claimed_activities
from bot.teams.sdk.claimed_activities import FIRST_TIME, ClaimedActivities

ACTIVITY = IncomingActivity("message", id="1", conversation=ConversationAccount(id="19:chat"))


NOW = 1_800_000_000.0
SENT = datetime.fromtimestamp(NOW, UTC).isoformat()


class Claims:
    """The claims of a database that is away for the first `failures` changes."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.released: list[str] = []
        self.claimed: list[tuple[str, float | None]] = []
        self.is_in_doubt = False

    async def beat(self) -> None:
        self._fail()

    async def claim(self, key: str, since: float | None = None) -> ClaimOutcome:
        self._fail()
        self.claimed.append((key, since))
        return ClaimOutcome.OWN

    def _fail(self) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreError("the database failed: away")

    async def release(self, key: str) -> None:
        self._fail()
        self.released.append(key)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claimed_activities, "RELEASE", Backoff(first=0.0, longest=0.0, attempts=3))


async def given_back(claims: Claims) -> list[str]:
    """Give a claim back and return what was logged about it."""
    with structlog.testing.capture_logs() as logs:
        await ClaimedActivities(claims).release(ACTIVITY)  # type: ignore[arg-type]
    return [each["event"] for each in logs if each["event"].startswith("activity")]


async def test_claim_is_given_back_when_the_database_is_back_soon() -> None:
    claims = Claims(failures=2)
    assert await given_back(claims) == []
    assert claims.released == [ACTIVITY.repetition_key]


async def test_claim_that_is_not_given_back_has_a_log_event_of_its_own() -> None:
    claims = Claims(failures=9)
    assert await given_back(claims) == ["activity_not_released"]
    assert (claims.released, claims.failures) == ([], 6)


def process(claims: Any, age: float = 0.0) -> ClaimedActivities:
    """Return the claims of a process, so many seconds after Teams sent `sent()`."""
    return ClaimedActivities(claims, clock=lambda: NOW + age)


def sent(timestamp: Any = SENT) -> IncomingActivity:
    return msgspec.structs.replace(ACTIVITY, timestamp=timestamp)


async def test_what_comes_for_the_first_time_is_answered_without_a_database() -> None:
    assert await process(Claims(failures=1), FIRST_TIME - 1).claim(sent()) is ClaimOutcome.OWN


async def test_what_comes_again_waits_for_the_database() -> None:
    """The process that got it before may be alive, and answers it."""
    with pytest.raises(RequestRefusedError) as refused:
        await process(Claims(failures=1), FIRST_TIME).claim(sent())
    assert refused.value.status == 503


async def test_what_comes_again_waits_until_others_could_give_a_sign_of_life() -> None:
    claims = Claims()
    claims.is_in_doubt = True
    with pytest.raises(RequestRefusedError):
        await process(claims, FIRST_TIME).claim(sent())
    assert await process(claims, FIRST_TIME - 1).claim(sent()) is ClaimOutcome.OWN
    claims.is_in_doubt = False
    assert await process(claims, FIRST_TIME).claim(sent()) is ClaimOutcome.OWN


@pytest.mark.parametrize("timestamp", [None, 7, "", "yesterday", "0001-01-01T00:00:00+23:59", "9999-12-31"])
async def test_odd_timestamp_does_not_keep_an_activity_from_its_answer(timestamp: Any) -> None:
    claims = Claims()
    claims.is_in_doubt = timestamp != "0001-01-01T00:00:00+23:59"  # a moment long ago is no odd one
    assert await process(claims, FIRST_TIME).claim(sent(timestamp)) is ClaimOutcome.OWN


async def test_what_is_answered_without_a_claim_is_claimed_later() -> None:
    claims = Claims(failures=2)
    claimed = process(claims)
    await claimed.claim(sent())
    with pytest.raises(StoreError):
        await claimed.beat()
    for _ in range(2):
        await claimed.beat()
    assert claims.claimed == [(ACTIVITY.repetition_key, NOW)]


async def test_what_could_not_be_answered_is_not_claimed_later() -> None:
    claims = Claims(failures=1)
    claimed = process(claims)
    await claimed.claim(sent())
    await claimed.release(sent())
    await claimed.beat()
    assert claims.claimed == []
