"""The end of interrupted turns.

One that cannot be ended, or takes long, keeps no other from its end.
"""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.errors import DeliveryError
from bot.identity.promised_answers import BrokenPromise
from bot.teams.activity.conversation_reference import ConversationReference
from bot.teams.activity.incoming_activity import IncomingActivity
from bot.teams.promised.interrupted_turns import UNSURE, InterruptedTurns

PROMISE = BrokenPromise("1", Caller("t", "ada"), "help", "{}", "", "", 0.0, 61.0)
UNKNOWN, DOWN = DeliveryError(None, "no answer in time"), DeliveryError(503, "down")


@dataclass
class Promised:
    """The promises, and what is done with them."""

    promises: list[BrokenPromise]
    done: list[str] = field(default_factory=list)

    async def broken(self) -> list[BrokenPromise]:
        return self.promises

    async def extend(self) -> None:
        self.done.append("extend")

    async def keep(self, key: str) -> None:
        self.done.append(f"keep {key}")

    def leave(self, key: str) -> None:
        self.done.append(f"leave {key}")


@dataclass
class Chats:
    """Turns of which one fails, or hangs until it is released."""

    problem: Exception | None = None
    told: list[str] = field(default_factory=list)
    posted: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def place(self, reference: str, _: Caller) -> ConversationReference:
        return ConversationReference(IncomingActivity(reference))

    async def turn(self, asked: IncomingActivity, *_: Any) -> Any:
        chats = self

        class Turn:
            async def post(self, _view: object) -> None:
                chats.told.append(asked.type)
                if asked.type == "slow":
                    await chats.released.wait()
                if asked.type == "bad" and chats.problem is not None:
                    raise chats.problem
                chats.posted.set()

        return Turn()


def promise(key: str, reference: str, age: float = 61.0) -> BrokenPromise:
    return replace(PROMISE, key=key, reference=reference, age=age)


async def ended(promised: Promised, chats: Chats) -> list[str]:
    await InterruptedTurns(promised, chats, None).end()  # type: ignore[arg-type]
    return promised.done


async def test_one_that_cannot_be_ended_keeps_no_other_from_its_end() -> None:
    promised = Promised([promise("1", "bad"), promise("2", "good")])
    assert sorted(await ended(promised, Chats(ValueError("a bug")))) == ["keep 2", "leave 1"]


async def test_one_that_takes_long_keeps_no_other_waiting() -> None:
    promised, chats = Promised([promise("1", "slow"), promise("2", "good")]), Chats()
    ending = asyncio.ensure_future(ended(promised, chats))
    await chats.posted.wait()
    assert not ending.done()
    chats.released.set()
    assert await ending == ["keep 2", "keep 1"]


async def test_promises_are_extended_while_others_are_being_ended() -> None:
    promised, chats = Promised([promise("1", "slow")]), Chats()
    turns = InterruptedTurns(promised, chats, None)  # type: ignore[arg-type]
    turns.start()
    while not (chats.told and promised.done):  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    assert promised.done == ["extend"]
    await turns.stop()


@pytest.mark.parametrize(
    ("age", "problem", "done"),
    [
        (61.0, DOWN, "leave 1"),
        (61.0, UNKNOWN, "leave 1"),
        (UNSURE + 1, UNKNOWN, "keep 1"),
        (UNSURE + 1, DOWN, "leave 1"),
    ],
)
async def test_what_may_have_been_told_is_told_for_three_minutes(age: float, problem: Exception, done: str) -> None:
    promised = Promised([promise("1", "bad", age)])
    assert await ended(promised, Chats(problem)) == [done]
