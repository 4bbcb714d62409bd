"""Tests of digests in a real client: their cards, and what comes a minute later."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.e2e.playground.wide_parts import wide_parts

DIGEST = "digest in 1 minute usage for TEST COMPANY on Exchange"
ANSWER = "0 active of 1 qualified"
MINUTE = 60
PLACES = ("License renewals", "Licenses")  # a group and a channel

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(400)]


@pytest.fixture
def demo(fork: Any, client_port: int) -> Any:
    return fork("--client-port", str(client_port), logged=True)


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


async def test_digests_arrive_where_they_were_set_up_a_minute_later(chat: Any, demo: Any) -> None:
    """All are due in the same minute: one in each kind of conversation."""
    asked = time.time()
    cards = await set_up_in_the_chat(chat)
    for place in PLACES:
        await chat.go(place)
        await chat.write(DIGEST, to="License usage")
        await expect(chat.cards.filter(has_text="is set up")).to_be_visible()
        assert await chat.cards.filter(has_text=ANSWER).count() == 0
    await chat.go("Personal Chat")
    await none_early(demo, {1, 2, 3}, asked)
    await posted_in_the_chat(chat, cards)
    await chat.page.set_viewport_size({"width": 1280, "height": 900})
    for place in PLACES:
        await chat.go(place)
        digest = chat.cards.filter(has_text=ANSWER)
        await expect(digest).to_be_visible()
        await chat.picture(f"digest-{place}", digest)


async def set_up_in_the_chat(chat: Any) -> int:
    """Set up a digest before the first sign-in: it is made after that.

    Return how many cards there are before it is posted.
    """
    await expect(await chat.say(DIGEST)).to_contain_text("you need to sign in once")
    await chat.sign_in()
    confirmation = chat.cards.filter(has_text="Digest 1 is set up")
    await expect(confirmation).to_contain_text("Next: ")
    cards = await chat.cards.count()
    await chat.picture("digest-set-up", confirmation)
    await expect(await chat.say("digests")).to_contain_text("1 digest")
    await chat.narrow(320)
    assert await wide_parts(confirmation) == []
    await chat.picture("digest-set-up", confirmation)
    await chat.page.set_viewport_size({"width": 1280, "height": 900})
    return int(cards) + 1  # with the answer to “digests”


async def posted_in_the_chat(chat: Any, cards: int) -> None:
    """Look at the digest that comes after so many cards."""
    await expect(chat.cards).to_have_count(cards + 1)
    digest = chat.cards.last
    for text in ("Digest 1", ANSWER, "This answer uses the rights of Alex Wilber"):
        await expect(digest).to_contain_text(text)
    await chat.picture("digest", digest)
    await chat.page.set_viewport_size({"width": 320, "height": 900})
    assert await wide_parts(digest) == []
    await chat.picture("digest", digest)
    await digest.get_by_role("button", name="Full answer").click()
    await expect(chat.cards.last).to_contain_text(ANSWER)
    await expect(chat.cards).to_have_count(cards + 2)
    await expect(await chat.say("digests")).to_contain_text("No digests")


async def chosen(chat: Any, card: Any, label: str, choice: str) -> None:
    """Choose from a list of the card."""
    await card.get_by_role("combobox", name=label).click()
    await chat.page.get_by_role("option", name=choice).click()


async def test_digest_is_set_up_paused_and_deleted_on_cards(chat: Any) -> None:
    await chat.say("sign in")
    await chat.sign_in()
    await chat.narrow(320)
    form = await chat.say("digest usage by customer on Exchange")
    await expect(form).to_contain_text("New digest")
    await expect(form.get_by_label("Time zone or city")).to_have_value(re.compile("[A-Z]"))
    await chosen(chat, form, "When", "Every Friday")
    await form.get_by_label("At", exact=True).fill("16:30")
    await chosen(chat, form, "Post it", "When a line is below …%")
    await chat.picture("digest-form", form)  # the box of a time is never narrower than 250 px in this client
    await form.get_by_role("button", name="Set it up").click()
    await expect(form).to_contain_text("Percentage, or number of licenses: fill this in.")
    await form.get_by_label("Percentage, or number").fill("60")
    await form.get_by_role("button", name="Set it up").click()
    for text in ("Digest 1 is set up", "Every Friday at 4:30", "Only when a line is below 60%"):
        await expect(form).to_contain_text(text)
    settings = await chat.say("change digest 1")
    day = datetime.now(UTC).date() + timedelta(days=30)
    await settings.get_by_label("Pause until").fill(day.isoformat())
    await chat.picture("digest-settings", settings)
    await settings.get_by_role("button", name="Pause").click()
    await expect(settings).to_contain_text("Digest 1 is paused until")
    settings = await chat.say("change digest 1")
    await expect(settings).to_contain_text("Paused until")
    await settings.get_by_role("button", name="Delete").click()
    await expect(settings).to_contain_text("Delete Digest 1? It is then no longer posted.")
    await chat.picture("digest-delete", settings)
    await settings.get_by_role("button", name="Yes, delete").click()
    await expect(settings).to_contain_text("Digest 1 is deleted")
    await settings.get_by_role("button", name="Undo").click()
    await expect(chat.cards.filter(has_text="Digest 1 is back")).to_be_visible()
