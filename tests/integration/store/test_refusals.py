"""The count of refusals of a conversation."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.store import Digest, DigestState
from bot.store.digests.digest_record import REFUSED
from bot.store.digests.refusal_count import CountedRefusal

NOW = 1_800_000_000.0
DAY = 86_400.0
CHAT = ("TENANT", "19:chat@thread.v2")
Refuse = Callable[..., Awaitable[CountedRefusal]]


async def digests_of(desk: Any) -> list[Digest]:
    found: list[Digest] = await desk.store.digests.in_conversation(*CHAT)
    return found


def later(digest: Any) -> tuple[DigestState, float | None]:
    return (DigestState.ACTIVE, NOW + DAY) if digest.reason == "gone" else (digest.state, digest.next_due)


@pytest.fixture
def refused(desk: Any, clock: Any) -> Refuse:
    """Run a digest at `now`, and let its conversation refuse the message."""

    async def refuse(number: int, now: float = NOW, again: float | None = NOW + 300) -> CountedRefusal:
        clock.now = now
        await desk.store.digests.change(number, None, requested=now)
        due = next(each.due for each in await desk.claim(now) if each.digest.number == number)
        counted: CountedRefusal | None = await desk.store.digests.refuse(
            number, due, "404 Gone", "gone", lambda _: again
        )
        assert counted is not None
        return counted

    return refuse


async def test_refusals_are_counted_for_a_conversation_from_the_first_on(desk: Any, refused: Refuse) -> None:
    one, other = await desk.add(next_due=None), await desk.add(owner_id="Bob", next_due=None)
    elsewhere = await desk.add(conversation_id="19:other@thread.v2", next_due=None)
    digests = desk.store.digests
    assert (one.refusals, one.refused_since) == (0, None)
    await refused(one.number)
    counted = await refused(other.number, NOW + 5)
    assert (counted.digest.number, counted.digest.refusals, counted.digest.refused_since) == (other.number, 2, NOW)
    found = await digests.in_conversation(*CHAT)
    assert [(each.refusals, each.refused_since, each.last, each.next_due) for each in found] == [
        (2, NOW, REFUSED, NOW + 300)
    ] * 2
    assert await digests.get(elsewhere.number) == elsewhere


async def test_each_keeps_its_retry_when_two_single_times_are_refused(desk: Any) -> None:
    numbers = [(await desk.add()).number for _ in range(2)]
    digests = desk.store.digests
    claims = await desk.claim(NOW, next_due=lambda *_: None)
    assert [(await digests.get(number)).state for number in numbers] == ["done"] * 2
    await asyncio.gather(
        *(digests.refuse(each.digest.number, each.due, "404 Gone", "gone", lambda _: NOW + 300) for each in claims)
    )
    found = [await digests.get(number) for number in numbers]
    assert [(each.state, each.next_due, each.refusals) for each in found] == [("active", NOW + 300, 2)] * 2


async def test_refusal_is_counted_once_when_it_is_reported_again(desk: Any) -> None:
    one = await desk.add()
    (claim,) = await desk.claim()
    digests = desk.store.digests
    assert await digests.refuse(one.number, claim.due, "404 Gone", "gone", lambda _: NOW + 300)
    assert await digests.refuse(one.number, claim.due, "404 Gone", "gone", lambda _: NOW + 300) is None
    assert (await digests.get(one.number)).refusals == 1
    run = await desk.store.ledger.get(one.number, claim.due)
    assert (run.state, run.problem, run.finished) == ("failed", "404 Gone", NOW)


async def test_nothing_changes_when_a_refusal_cannot_be_decided(desk: Any) -> None:
    def broken(_: Any) -> float:
        raise ValueError("undecided")

    await desk.add()
    (claim,) = await desk.claim()
    before = await desk.store.digests.all(), await desk.store.ledger.of(claim.digest.number)
    with pytest.raises(ValueError, match="undecided"):
        await desk.store.digests.refuse(claim.digest.number, claim.due, "404 Gone", "gone", broken)
    assert (await desk.store.digests.all(), await desk.store.ledger.of(claim.digest.number)) == before


async def test_active_digests_are_suspended_when_their_conversation_is_gone(desk: Any, refused: Refuse) -> None:
    one, other, paused = [await desk.add(next_due=NOW + DAY) for _ in range(3)]
    await desk.store.digests.change(paused.number, None, state=DigestState.PAUSED)
    counted = await refused(one.number, again=None)
    assert (counted.again, counted.suspended) == (None, (one.number, other.number))
    found = await desk.store.digests.in_conversation(*CHAT)
    assert [(each.state, each.reason, each.last) for each in found] == [
        ("suspended", "gone", REFUSED),
        ("suspended", "gone", ""),
        ("paused", "", ""),
    ]


async def test_count_ends_and_digests_resume_when_a_message_is_taken(desk: Any, refused: Refuse) -> None:
    one, other = await desk.add(next_due=None), await desk.add(next_due=None)
    digests = desk.store.digests
    assert await digests.end_refusals(0, *CHAT, later) == []
    assert await digests.get(one.number) == one  # nothing is written without a refusal
    await refused(one.number)
    await digests.change(one.number, None, state=DigestState.SUSPENDED, reason="gone")
    await digests.change(other.number, None, state=DigestState.SUSPENDED, reason="uninstalled")
    restored = await digests.end_refusals(0, *CHAT, later)
    assert [(each.number, each.state, each.reason, each.next_due, each.last) for each in restored] == [
        (one.number, "active", "", NOW + DAY, "")
    ]
    found = [await digests.get(each.number) for each in (one, other)]
    assert [(each.refusals, each.refused_since) for each in found] == [(0, None)] * 2
    assert (found[1].state, found[1].reason) == ("suspended", "uninstalled")


async def test_no_retry_is_planned_any_more_when_it_is_claimed(desk: Any, refused: Refuse) -> None:
    one = await desk.add(next_due=None)
    await refused(one.number)
    assert (await digests_of(desk))[0].last == REFUSED
    assert [each.digest.last for each in await desk.claim(NOW + 300)] == [""]
    assert (await digests_of(desk))[0].last == ""


@pytest.mark.parametrize("state", ["due", "sending", "sent"])
async def test_digest_keeps_its_times_when_its_run_is_in_progress(desk: Any, refused: Refuse, state: str) -> None:
    posted, running = await desk.add(next_due=None), await desk.add(next_due=None)
    await refused(posted.number)
    await refused(running.number)
    await desk.store.digests.change(running.number, None, requested=NOW + 9)
    (claim,) = await desk.claim(NOW + 9)
    await desk.store.ledger.advance(running.number, claim.due, {"due"}, state, report=b"figures")
    await desk.store.digests.end_refusals(posted.number, *CHAT, lambda _: (DigestState.ACTIVE, NOW + 10))
    assert [(each.next_due, each.refusals) for each in await digests_of(desk)] == [(NOW + 10, 0), (NOW + 300, 0)]
    await desk.store.digests.end_refusals(running.number, *CHAT, lambda _: (DigestState.ACTIVE, NOW + DAY))
    assert (await digests_of(desk))[1].next_due == NOW + DAY  # its own message: the retry is not needed


async def test_suspended_digest_waits_for_its_run_when_another_is_posted(desk: Any, refused: Refuse) -> None:
    posted, running = await desk.add(next_due=None), await desk.add(next_due=None)
    await refused(running.number, again=None)
    await desk.store.digests.change(running.number, None, requested=NOW + 9)
    await desk.claim(NOW + 9)
    assert [each.number for each in await desk.store.digests.end_refusals(posted.number, *CHAT, later)] == [
        posted.number
    ]
    assert (await digests_of(desk))[1].state == "suspended"
    restored = await desk.store.digests.end_refusals(running.number, *CHAT, later)
    assert [each.number for each in restored] == [running.number]


async def test_count_starts_over_when_the_bot_is_added_again(desk: Any, refused: Refuse) -> None:
    one, other = await desk.add(next_due=None), await desk.add(next_due=None)
    digests = desk.store.digests
    await refused(one.number)
    await digests.change(one.number, None, state=DigestState.SUSPENDED, reason="uninstalled")
    await digests.restore_conversation(*CHAT, NOW, lambda digest, after: after + DAY)
    found = [await digests.get(each.number) for each in (one, other)]
    assert [(each.state, each.refusals, each.refused_since) for each in found] == [("active", 0, None)] * 2
    assert found[0].last == ""


async def test_retry_stays_when_due_times_are_computed_again(desk: Any) -> None:
    await desk.add(next_due=NOW + 5)
    one = await desk.add(next_due=NOW + 5)
    await desk.store.digests.change(one.number, None, last=REFUSED)
    assert await desk.store.digests.reschedule(NOW, lambda _, after: after + DAY) == 1
    assert (await desk.store.digests.get(one.number)).next_due == NOW + 5
