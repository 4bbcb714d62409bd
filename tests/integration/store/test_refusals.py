"""The count of refusals of a conversation."""

from typing import Any

from bot.store import DigestState
from bot.store.digests.digest_record import REFUSED

NOW = 1_800_000_000.0
DAY = 86_400.0
CHAT = ("TENANT", "19:chat@thread.v2")


def later(digest: Any) -> tuple[DigestState, float | None]:
    return (DigestState.ACTIVE, NOW + DAY) if digest.reason == "gone" else (digest.state, digest.next_due)


async def test_refusals_are_counted_for_a_conversation_from_the_first_on(desk: Any) -> None:
    one, other = await desk.add(), await desk.add(owner_id="Bob")
    elsewhere = await desk.add(conversation_id="19:other@thread.v2")
    digests = desk.store.digests
    assert (one.refusals, one.refused_since) == (0, None)
    await digests.count_refusal(*CHAT, NOW)
    counted = await digests.count_refusal(*CHAT, NOW + 5)
    assert [(each.number, each.refusals, each.refused_since) for each in counted] == [
        (one.number, 2, NOW),
        (other.number, 2, NOW),
    ]
    assert await digests.get(elsewhere.number) == elsewhere


async def test_count_ends_and_digests_resume_when_a_message_is_taken(desk: Any) -> None:
    one, other = await desk.add(), await desk.add()
    digests = desk.store.digests
    assert await digests.end_refusals(*CHAT, later) == []
    assert await digests.get(one.number) == one  # nothing is written without a refusal
    await digests.count_refusal(*CHAT, NOW)
    await digests.change(one.number, None, state=DigestState.SUSPENDED, reason="gone")
    await digests.change(other.number, None, state=DigestState.SUSPENDED, reason="uninstalled")
    restored = await digests.end_refusals(*CHAT, later)
    assert [(each.number, each.state, each.reason, each.next_due) for each in restored] == [
        (one.number, "active", "", NOW + DAY)
    ]
    found = [await digests.get(each.number) for each in (one, other)]
    assert [(each.refusals, each.refused_since) for each in found] == [(0, None)] * 2
    assert (found[1].state, found[1].reason) == ("suspended", "uninstalled")


async def test_count_starts_over_when_the_bot_is_added_again(desk: Any) -> None:
    one, other = await desk.add(), await desk.add()
    digests = desk.store.digests
    await digests.count_refusal(*CHAT, NOW)
    await digests.change(one.number, None, state=DigestState.SUSPENDED, reason="uninstalled")
    await digests.restore_conversation(*CHAT, NOW, lambda digest, after: after + DAY)
    found = [await digests.get(each.number) for each in (one, other)]
    assert [(each.state, each.refusals, each.refused_since) for each in found] == [("active", 0, None)] * 2


async def test_retry_stays_when_due_times_are_computed_again(desk: Any) -> None:
    await desk.add(next_due=NOW + 5)
    one = await desk.add(next_due=NOW + 5)
    await desk.store.digests.change(one.number, None, last=REFUSED)
    assert await desk.store.digests.reschedule(NOW, lambda _, after: after + DAY) == 1
    assert (await desk.store.digests.get(one.number)).next_due == NOW + 5
