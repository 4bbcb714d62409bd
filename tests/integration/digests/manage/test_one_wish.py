"""The same wish at the same time is one digest, whichever processes get it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.digests.manage.new_digests import MOST_PER_PERSON
from tests.integration.digests.manage.conftest import ADA, BOB, GROUP, Office
from tests.integration.digests.stage import store_at

WISH = "digest every monday at 8:30 usage on Exchange"


@pytest.fixture
async def offices(database_url: str, clock: Any) -> AsyncIterator[list[Office]]:
    """Return two processes' services of digests, each with its own connections."""
    async with store_at(database_url, clock) as one, store_at(database_url, clock) as other:
        yield [Office(one, clock), Office(other, clock)]


@pytest.mark.parametrize("wish", [WISH, "digest in 2 hours usage on Exchange"])
async def test_two_processes_make_one_digest_of_one_wish(offices: list[Office], wish: str) -> None:
    for _ in range(5):
        views = await asyncio.gather(*(each.say(wish) for each in offices * 4))
        assert len({view.line.number for view in views}) == 1
        assert sum(view.done == "created" for view in views) <= 1
    assert await offices[0].store.digests.count() == 1


async def test_other_wishes_at_the_same_time_are_digests_of_their_own(offices: list[Office]) -> None:
    one, other = offices
    views = await asyncio.gather(
        one.say(WISH),
        other.say(WISH, BOB),
        one.say(WISH, here=GROUP),
        other.say("digest every monday at 9:30 usage on Exchange"),
        one.say("digest every monday at 8:30 usage on SharePoint"),
    )
    assert [view.done for view in views] == ["created"] * 5
    assert await one.store.digests.count() == 5


async def test_a_wish_is_met_again_after_its_digest_was_stopped(offices: list[Office]) -> None:
    one, other = offices
    first = await one.made(WISH)
    await one.say(f"stop digest {first}")
    assert await other.made(WISH) != first


async def test_two_processes_do_not_exceed_the_most_of_a_person(
    offices: list[Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_PER_PERSON > 3
    monkeypatch.setattr("bot.digests.manage.new_digests.MOST_PER_PERSON", 3)
    wishes = [f"digest every monday at {hour}:30 usage on Exchange" for hour in range(6, 18)]
    views = await asyncio.gather(*(offices[number % 2].say(wish) for number, wish in enumerate(wishes)))
    assert sum(getattr(view, "done", "") == "created" for view in views) == 3
    assert len(await offices[0].store.digests.of_owner(*ADA.key)) == 3
