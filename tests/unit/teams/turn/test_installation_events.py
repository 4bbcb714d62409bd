"""Installation events are reported until they are stored, in their order.

Teams sends each event only once.
"""

import asyncio

import pytest

from bot.concurrency.backoff import Backoff
from bot.errors import StoreError
from bot.teams.activity.incoming_activity import ConversationAccount, IncomingActivity
from bot.teams.running.background_turns import BackgroundTurns
from bot.teams.turn.installation_events import AGAIN, InstallationEvents
from bot.teams.turn.listeners import Listeners


class Installations:
    """A listener that fails a number of times, then keeps what was reported."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.reported: list[str] = []

    async def gone(self, tenant_id: str, conversation_id: str) -> None:
        await self._report("gone", tenant_id, conversation_id)

    async def back(self, tenant_id: str, conversation_id: str) -> None:
        await self._report("back", tenant_id, conversation_id)

    async def _report(self, *what: str) -> None:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise StoreError("the disk is full")
        self.reported.append(" ".join(what))


class Scene:
    def __init__(self, failures: int) -> None:
        self.installations = Installations(failures)
        self.background = BackgroundTurns(limit=10, per_owner=10)
        self.events = InstallationEvents(
            Listeners(installations=self.installations),
            self.background,
            Backoff(first=0.0, longest=0.0, attempts=AGAIN.attempts),
        )

    async def end(self) -> list[str]:
        assert await self.background.close(60.0) == 0
        return self.installations.reported


def activity(conversation_id: str = "19:a", tenant_id: str | None = "t") -> IncomingActivity:
    return IncomingActivity(
        "installationUpdate", conversation=ConversationAccount(conversation_id, tenant_id=tenant_id)
    )


async def test_removal_is_reported_again_when_the_store_failed() -> None:
    scene = Scene(failures=3)
    scene.events.removed(activity())
    assert await scene.end() == ["gone t 19:a"]


async def test_report_is_abandoned_when_four_attempts_have_failed() -> None:
    scene = Scene(failures=4)
    scene.events.removed(activity())
    assert await scene.end() == []
    assert scene.installations.failures == 0


@pytest.mark.parametrize("failures", [0, 1, 3])
async def test_reports_keep_their_order_when_one_is_repeated(failures: int) -> None:
    scene = Scene(failures)
    scene.events.removed(activity())
    scene.events.added(activity())
    scene.events.removed(activity("19:b"))
    reported = await scene.end()
    assert [each for each in reported if each.endswith("19:a")] == ["gone t 19:a", "back t 19:a"]
    assert "gone t 19:b" in reported


async def test_nothing_is_reported_when_the_tenant_is_missing() -> None:
    scene = Scene(failures=0)
    scene.events.removed(activity(tenant_id=None))
    assert await scene.end() == []
