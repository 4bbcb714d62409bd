"""Upgrade a database of release 0.1.

Every digest and every run continues, and no message is posted twice.
"""

import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest
from sqlalchemy import text

from bot.commands.command import Usage
from bot.commands.command_document import read
from bot.digests.manage.question_upgrade import UNREADABLE, QuestionUpgrade
from bot.errors import NotSignedInError
from bot.simulator.connector.teams_people import SimulatedConversation
from tests.integration.digests import release_0_1 as old
from tests.integration.digests.scheduler.conftest import _services
from tests.integration.digests.stage import OWNER, SignIns, group_chats, store_at, until

PENDING = {"status": "PENDING", "executor_id": "old"}
ENQUEUED: dict[str, str] = {}


class OldScene:
    """A database of release 0.1.

    `scene` has the simulated services. Its store is None until this release opens it, which upgrades the tables.
    """

    def __init__(self, url: str, scene: Any, places: list[SimulatedConversation], held: AsyncExitStack) -> None:
        self.url = url
        self.scene = scene
        self.now = time.time()
        self._places = places
        self._held = held

    async def open(self) -> None:
        """Upgrade the tables."""
        if self.scene.store is None:
            self.scene.store = await self._held.enter_async_context(store_at(self.url))

    @asynccontextmanager
    async def engine(self, **given: Any) -> AsyncIterator[Any]:
        """Start a scheduler of this release."""
        await self.open()
        async with self.scene.engine(**given) as engine:
            yield engine

    def digest(self, **differing: Any) -> tuple[int, SimulatedConversation]:
        place = self._places.pop()
        self.scene.connector.state.join(place)
        with old.connected(self.url) as connection:
            return old.add_digest(connection, old.digest_row(place, self.scene.connector, self.now, **differing)), place

    async def run(self, state: str, change: dict[str, str] | None = None, **differing: Any) -> tuple[int, int]:
        """Insert a digest and its occurrence in `state`, with the values of that state.

        Returns its number and when it was due.
        """
        number, place = self.digest()
        due = int(self.now) - 300
        holds = {
            "fetched": {"report": old.sealed(old.packed_answer(), number, due), "executor": "old"},
            "composed": {"payload": old.sealed(old.drawn_card(number), number, due), "executor": "old"},
            "sending": {"payload": old.sealed(old.drawn_card(number), number, due), "executor": "old"},
            "unknown": {"problem": "interrupted", "finished": self.now},
        }.get(state, {})
        with old.connected(self.url) as connection:
            old.add_occurrence(connection, number, due, state, **(holds | differing))
        if change is not None:
            await old.enqueue(self.url, place, number, due, change)
        return number, due

    async def ends(self, number: int, due: int, state: str) -> None:
        async def ended() -> bool:
            found = await self.scene.store.ledger.get(number, due)
            return found is not None and found.state == state and not found.report

        await until(ended, 240)

    def said(self) -> list[str]:
        return [repr(each.activity) for each in self.scene.connector.transcript.messages]


@pytest.fixture
async def upgrade(empty_database_url: str) -> AsyncIterator[OldScene]:
    """Provide a database of release 0.1, which the scene has opened.

    The tables are those of release 0.1 until a process opens the store.
    """
    await old.make_database(empty_database_url)
    async with AsyncExitStack() as held, _services() as scene:
        yield OldScene(empty_database_url, scene, group_chats(30), held)


async def test_digests_of_every_state_get_their_command_and_keep_their_state(upgrade: OldScene) -> None:
    states = [
        {},
        {"state": "paused"},
        {"state": "paused", "reason": "misses", "misses": 3},
        {"state": "suspended", "reason": "uninstalled"},
        {"state": "done", "next_due": None, "schedule": '{"minutes":5,"zone":"UTC"}', "last": "sent"},
    ]
    numbers = [upgrade.digest(**state)[0] for state in states]
    await upgrade.open()
    before = [await upgrade.scene.store.digests.get(number) for number in numbers]
    assert [each.command for each in before] == [""] * len(states)

    async def upgraded() -> bool:
        return all([(await upgrade.scene.store.digests.get(number)).command for number in numbers])

    async with upgrade.engine():
        await until(upgraded)
    for number, was in zip(numbers, before, strict=True):
        found = await upgrade.scene.store.digests.get(number)
        assert isinstance(read(found.command), Usage)
        assert found.question == old.QUESTION
        assert (found.state, found.reason, found.misses, found.schedule) == (
            (was.state, was.reason, was.misses, was.schedule)
        )
    assert upgrade.said() == []


@pytest.mark.parametrize("change", [ENQUEUED, PENDING, None], ids=["enqueued", "running", "not in the queue"])
async def test_run_that_was_claimed_is_posted(upgrade: OldScene, change: dict[str, str] | None) -> None:
    number, due = await upgrade.run("due", change)
    async with upgrade.engine():
        await upgrade.ends(number, due, "sent")
    assert upgrade.scene.posted() == {number: 1}


async def test_run_that_was_fetched_fetches_its_figures_again(upgrade: OldScene) -> None:
    """What release 0.1 fetched does not say what is unused."""
    number, due = await upgrade.run("fetched", PENDING)
    async with upgrade.engine():
        await upgrade.ends(number, due, "sent")
    assert upgrade.scene.posted() == {number: 1}
    assert old.SINCE not in upgrade.said()[0]
    assert upgrade.scene.partner_center.asked > 0


async def test_run_that_was_composed_is_posted_as_it_was_drawn(upgrade: OldScene) -> None:
    number, due = await upgrade.run("composed", PENDING)
    async with upgrade.engine():
        await upgrade.ends(number, due, "sent")
    assert [("drawn by release 0.1" in each, f"show digest {number}" in each) for each in upgrade.said()] == [
        (True, True)
    ]


async def test_run_that_was_being_posted_is_unknown_and_not_posted(upgrade: OldScene) -> None:
    number, due = await upgrade.run("sending", PENDING)
    async with upgrade.engine():
        await upgrade.ends(number, due, "unknown")
    assert upgrade.said() == []


async def test_run_with_unknown_outcome_stays_so_and_the_next_one_is_posted(upgrade: OldScene) -> None:
    number, due = await upgrade.run("unknown")
    async with upgrade.engine():
        await upgrade.scene.store.digests.change(number, None, next_due=upgrade.now - 1)
        await upgrade.ends(number, int(upgrade.now - 1), "sent")
        await upgrade.ends(number, due, "unknown")
    assert upgrade.scene.posted() == {number: 1}


async def test_run_that_waits_continues_when_the_owner_signs_in(upgrade: OldScene) -> None:
    number, due = await upgrade.run("waiting", {"status": "SUCCESS"}, problem="not_signed_in")
    out = {OWNER.object_id: NotSignedInError("out")}
    sign_ins = SignIns(out)
    async with upgrade.engine(sign_ins=sign_ins) as engine:
        assert (await upgrade.scene.store.ledger.get(number, due)).state == "waiting"
        out.clear()
        await engine.signed_in(OWNER)
        await upgrade.ends(number, due, "sent")
    assert upgrade.scene.posted() == {number: 1}


async def test_requested_run_is_posted(upgrade: OldScene) -> None:
    number, _ = upgrade.digest(state="paused", requested=upgrade.now - 5)
    async with upgrade.engine():
        await upgrade.ends(number, int(upgrade.now - 5), "sent")
    assert upgrade.scene.posted() == {number: 1}


async def test_runs_of_all_states_continue_together(upgrade: OldScene) -> None:
    ends = [
        (await upgrade.run("due", ENQUEUED), "sent"),
        (await upgrade.run("due", PENDING), "sent"),
        (await upgrade.run("fetched", PENDING), "sent"),
        (await upgrade.run("composed", PENDING), "sent"),
        (await upgrade.run("sending", PENDING), "unknown"),
        (await upgrade.run("unknown", None), "unknown"),
    ]
    waits = await upgrade.run("waiting", {"status": "SUCCESS"}, problem="not_signed_in")
    async with upgrade.engine() as engine:
        for (number, due), state in ends:
            await upgrade.ends(number, due, state)
        await engine.signed_in(OWNER)
        await upgrade.ends(*waits, "sent")
    assert len(upgrade.said()) == 5


async def test_digest_is_posted_before_its_question_is_upgraded(
    upgrade: OldScene, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = []

    async def look(_: QuestionUpgrade) -> int:
        looks.append(True)
        return 0

    monkeypatch.setattr(QuestionUpgrade, "look", look)
    number, _ = upgrade.digest(next_due=upgrade.now - 1)
    async with upgrade.engine():
        await upgrade.ends(number, int(upgrade.now - 1), "sent")
    assert looks
    assert (await upgrade.scene.store.digests.get(number)).command == ""
    monkeypatch.undo()

    async def upgraded() -> bool:
        return bool((await upgrade.scene.store.digests.get(number)).command)

    async with upgrade.engine():
        await until(upgraded)
    assert upgrade.scene.posted() == {number: 1}


async def test_old_process_beside_the_new_one_keeps_what_is_signed(upgrade: OldScene) -> None:
    """Such a process claims and records, and changes nothing that is signed."""
    number, _ = upgrade.digest()
    async with upgrade.engine():
        claimed = "UPDATE digests SET next_due = :due, misses = 1, version = version + 1 WHERE number = :number"
        with old.connected(upgrade.url) as connection:
            connection.execute(text(claimed), {"due": upgrade.now - 1, "number": number})
        await upgrade.ends(number, int(upgrade.now - 1), "sent")
    assert upgrade.scene.posted() == {number: 1}


async def test_digest_that_an_old_process_writes_rests_until_it_is_signed(upgrade: OldScene) -> None:
    async with upgrade.engine():
        number, _ = upgrade.digest(next_due=upgrade.now - 1)

        async def rests() -> bool:
            with old.connected(upgrade.url) as connection:
                row = connection.execute(text("SELECT state, reason FROM digests")).one()
            return tuple(row) == ("suspended", "altered")

        await until(rests)
        assert await upgrade.scene.store.digests.get(number) is None
        assert await upgrade.scene.store.ledger.of(number) == []
        await upgrade.scene.store.signing.sign(number)
    async with upgrade.engine():  # it looks for signed digests at its start, and every minute

        async def active() -> bool:
            return (await upgrade.scene.store.digests.get(number)).state == "active"

        await until(active)
    assert upgrade.said() == []


async def test_unreadable_digest_is_paused_and_its_owner_notified_once(upgrade: OldScene) -> None:
    number, _ = upgrade.digest(question="a sentence of nobody")
    over, _ = upgrade.digest(question="another one", state="done", next_due=None)
    async with upgrade.engine() as engine:

        async def told() -> bool:
            return bool(upgrade.said())

        await until(told)
        notices = engine._parts.notices
        assert await QuestionUpgrade(upgrade.scene.store.digests, notices).look() == 0
    found = await upgrade.scene.store.digests.get(number)
    assert (found.state, found.reason, found.command) == ("paused", UNREADABLE, "")
    assert (await upgrade.scene.store.digests.get(over)).state == "done"
    (said,) = upgrade.said()
    assert "I no longer understand what it asks" in said
    assert "'act': 'stop'" in said
