"""A claim that could not be given back at once."""

import pytest
import structlog

from bot.concurrency.backoff import Backoff
from bot.errors import StoreError
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.sdk import claimed_activities
from bot.teams.sdk.claimed_activities import ClaimedActivities

ACTIVITY = IncomingActivity("message", id="1", conversation=ConversationAccount(id="19:chat"))


class Claims:
    """The claims of a database that is away for the first `failures` changes."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.released: list[str] = []

    async def release(self, key: str) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreError("the database failed: away")
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
