"""A notice of a sign-out ends that sign-in, and no later one."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.identity.entra.sign_in_outcome import Tokens
from bot.identity.tokens.token_cache import CachedSignIn, Person
from bot.identity.tokens.user_tokens import UserTokens

NOW = 1_790_000_000.0
ADA = Caller("t", "ada", "Ada")


class Cache:
    """The records of all processes; their versions count up."""

    def __init__(self) -> None:
        self.kept: dict[Person, CachedSignIn] = {}
        self.version_used = 0

    @property
    def history(self) -> "Cache":
        return self

    async def add(self, *_: object) -> None:
        return None

    async def forget(self, *_: object) -> None:
        return None

    async def put(self, person: Person, kept: CachedSignIn) -> CachedSignIn:
        self.version_used += 1
        self.kept[person] = replace(kept, version=self.version_used)
        return self.kept[person]

    async def load(self, person: Person) -> CachedSignIn | None:
        return self.kept.get(person)

    async def delete(self, person: Person) -> bool:
        return self.kept.pop(person, None) is not None


class Announcements:
    """Keeps what is announced until it is delivered."""

    are_possible = True

    def __init__(self) -> None:
        self.said: list[str] = []
        self.listeners: list[Callable[[str], None]] = []

    async def announce(self, text: str) -> None:
        self.said.append(text)

    async def listen(self, began: Callable[[], None], received: Callable[[str], None]) -> None:
        began()
        self.listeners.append(received)
        await asyncio.Event().wait()

    def deliver(self, text: str) -> None:
        for received in self.listeners:
            received(text)


class Clock:
    now = NOW

    def __call__(self) -> float:
        self.now += 1
        return self.now


class Office:
    """Two processes on one store. `ended` lists what was ended in the second one."""

    def __init__(self) -> None:
        self.announcements, entra = Announcements(), None
        shared: Any = (Cache(), self.announcements, Clock())
        self.one, self.other = (
            UserTokens(entra, shared[0], clock=shared[2], announcements=shared[1])  # type: ignore[arg-type]
            for _ in range(2)
        )
        self.ended: list[tuple[Person, bool]] = []
        self.other.held.ended.append(lambda person, again: self.ended.append((person, again)))

    async def signed_in(self, token: str) -> None:
        await self.other.accept(Tokens(*ADA.key, "Ada", token, NOW + 3_600, "state"))


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office()
    assert office.other.notices is not None
    office.other.notices.start()
    while not office.announcements.listeners:  # noqa: ASYNC110  # there is no event to wait for
        await asyncio.sleep(0)
    yield office
    await office.other.close()


async def test_notice_of_a_sign_out_ends_that_sign_in(office: Office) -> None:
    await office.signed_in("first")
    assert await office.one.forget(ADA)
    office.announcements.deliver(office.announcements.said[-1])
    assert office.other.held.get(ADA.key) is None
    assert office.ended == [(ADA.key, False)]


async def test_late_notice_of_a_sign_out_ends_no_later_sign_in(office: Office) -> None:
    await office.signed_in("first")
    assert await office.one.forget(ADA)
    late = office.announcements.said[-1]
    await office.signed_in("second")
    office.ended.clear()
    office.announcements.deliver(late)
    held = office.other.held.get(ADA.key)
    assert (held and held.token, office.ended) == ("second", [])
