"""Tests of a digest in a real client: its card, and its arrival a minute later."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.playground.wide_parts import wide_parts

DIGEST = "digest in 1 minute usage for TEST COMPANY on Exchange"
ANSWER = "0 active of 1 qualified"
MINUTE = 60

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(400)]


@pytest.fixture
def demo(start: Any, client_port: int) -> Any:
    return start("--client-port", str(client_port), logged=True)


async def none_early(demo: Any, digests: set[int], asked: float) -> None:
    """Check in the bot's own records that these digests were posted when due.

    The due time is a minute after it was set up, which was later than `asked` (Unix seconds).
    """
    posted = set()
    while posted != digests:
        line = await asyncio.to_thread(demo.until, '"event": "digest_sent"')
        sent = json.loads(line.string)
        posted.add(sent["digest"])
        assert sent["due"] >= int(asked) + MINUTE
        assert sent["late"] >= 0


@pytest_asyncio.fixture(loop_scope="session")
async def chat(open_chat: Any, demo: Any) -> AsyncIterator[Any]:
    """Yield the personal chat of a person who has signed in to a demo."""
    opened = await open_chat(await asyncio.to_thread(demo.url))
    yield opened
    assert await asyncio.to_thread(demo.stop) == 0
    assert "Traceback" not in demo.text
    assert any(line.strip() == DIGEST for line in demo.lines), "it is one of the sentences to try"


async def test_digest_arrives_a_minute_after_it_was_set_up(chat: Any, demo: Any) -> None:
    asked = time.time()
    await expect(await chat.say(DIGEST)).to_contain_text("you need to sign in once")
    await chat.sign_in()
    confirmation = chat.cards.filter(has_text="Digest 1 is set up")
    await expect(confirmation).to_contain_text("Next times")
    cards = await chat.cards.count()
    await chat.picture("digest-set-up", confirmation)
    await expect(await chat.say("digests")).to_contain_text("1 digest")
    await chat.narrow(320)
    assert await wide_parts(confirmation) == []
    await chat.picture("digest-set-up", confirmation)
    await expect(chat.cards).to_have_count(cards + 2)
    await none_early(demo, {1}, asked)
    digest = chat.cards.last
    for text in ("Digest 1", ANSWER, "This answer uses the rights of Alex Wilber"):
        await expect(digest).to_contain_text(text)
    assert await wide_parts(digest) == []
    await chat.picture("digest", digest)
    await chat.page.set_viewport_size({"width": 1280, "height": 900})
    await chat.picture("digest", digest)
    await digest.get_by_role("button", name="Full answer").click()
    await expect(chat.cards.last).to_contain_text(ANSWER)
    await expect(chat.cards).to_have_count(cards + 3)
    await expect(await chat.say("digests")).to_contain_text("No digests")


async def test_digest_of_a_group_or_a_channel_is_posted_to_it(chat: Any, demo: Any) -> None:
    asked = time.time()
    await chat.say("sign in")
    await chat.sign_in()
    places = ("License renewals", "Licenses")
    for place in places:
        await chat.go(place)
        await chat.write(DIGEST, to="License usage")
        await expect(chat.cards.filter(has_text="is set up")).to_be_visible()
        assert await chat.cards.filter(has_text=ANSWER).count() == 0
    await none_early(demo, {1, 2}, asked)
    for place in places:
        await chat.go(place)
        digest = chat.cards.filter(has_text=ANSWER)
        await expect(digest).to_be_visible(timeout=2 * MINUTE * 1000)
        await chat.picture(f"digest-{place}", digest)
