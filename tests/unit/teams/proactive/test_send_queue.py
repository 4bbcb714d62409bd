"""The queues of one tenant: which conversation is next."""

from asyncio import Future
from typing import Any

from bot.teams.proactive.send_queue import SendQueue


def waiting(*conversations: str) -> tuple[SendQueue, list[Any]]:
    """A queue with one waiter each, in this order, and the waiters."""
    queue, waiters = SendQueue(), []
    for number, conversation in enumerate(conversations):
        waiters.append(Future())
        queue.join(conversation, number, waiters[-1])
    return queue, waiters


async def test_the_waiter_who_came_first_is_next() -> None:
    queue, (first, second, third) = waiting("b", "a", "b")
    assert queue.next() == ("b", first)
    queue.served("b")
    assert queue.next() == ("a", second)
    queue.served("a")
    assert queue.next() == ("b", third)
    queue.served("b")
    assert queue.next() is None
    assert len(queue) == 0


async def test_a_conversation_that_was_served_can_be_joined_again() -> None:
    queue, (first,) = waiting("a")
    assert queue.next() == ("a", first)
    queue.served("a")
    again: Future[float] = Future()
    queue.join("a", 9, again)
    assert queue.next() == ("a", again)


async def test_a_waiter_who_gave_up_is_skipped_and_not_counted() -> None:
    queue, (first, second, third) = waiting("a", "a", "b")
    first.cancel()
    assert len(queue) == 2
    assert queue.next() == ("a", second)
    second.cancel()
    queue.ready_again("a")
    assert queue.next() == ("b", third)
    assert len(queue) == 1


async def test_a_conversation_whose_waiters_all_gave_up_is_forgotten() -> None:
    queue, waiters = waiting("a", "a")
    for waiter in waiters:
        waiter.cancel()
    assert queue.next() is None
    again: Future[float] = Future()
    queue.join("a", 7, again)
    assert queue.next() == ("a", again)


async def test_a_conversation_keeps_its_place_when_it_is_ready_again() -> None:
    queue, (first, second) = waiting("a", "b")
    assert queue.next() == ("a", first)
    queue.ready_again("a")
    assert queue.next() == ("a", first)
    queue.served("a")
    assert queue.next() == ("b", second)


async def test_a_delayed_conversation_is_ready_from_its_moment_on() -> None:
    queue, (first, second) = waiting("a", "b")
    assert queue.wake(0.0) is None
    for moment in (5.0, 3.0):
        found = queue.next()
        assert found is not None
        queue.delay(found[0], moment)
    assert queue.next() is None
    assert queue.wake(2.9) == 3.0
    assert queue.next() is None
    assert queue.wake(3.0) == 5.0
    assert queue.next() == ("b", second)
    assert queue.wake(7.0) is None
    assert queue.next() == ("a", first)


async def test_conversations_that_wake_together_keep_their_order() -> None:
    queue, (first, second) = waiting("b", "a")
    for _ in range(2):
        found = queue.next()
        assert found is not None
        queue.delay(found[0], 5.0)
    assert queue.wake(6.0) is None
    assert queue.next() == ("b", first)
    assert queue.next() == ("a", second)


async def test_a_blocked_conversation_is_ready_when_a_message_arrived() -> None:
    queue, (first, second) = waiting("a", "b")
    assert queue.next() == ("a", first)
    queue.block("a")
    assert queue.next() == ("b", second)
    queue.block("b")
    assert queue.next() is None
    assert queue.arrived("c") is False
    assert queue.next() is None
    assert queue.arrived("b") is True
    assert queue.arrived("a") is True
    assert queue.arrived("a") is False
    assert queue.next() == ("a", first)
    assert queue.next() == ("b", second)


async def test_all_conversations_are_ready_when_the_limits_have_changed() -> None:
    queue, (first, second) = waiting("a", "b")
    assert queue.next() == ("a", first)
    queue.block("a")
    assert queue.next() == ("b", second)
    queue.delay("b", 1e9)
    queue.wake_all()
    assert queue.next() == ("a", first)
    assert queue.next() == ("b", second)
    assert queue.arrived("a") is False
    assert queue.wake(2e9) is None
