"""Test of a person's whole way through the bot, in three languages."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from cards.wording.locale_words import LocaleWords
from tests.e2e.playground.conftest import any_port
from tests.e2e.playground.journey import Journey

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(400)]

# Each language on one width: a journey takes a processor half a minute.
CASES = (("en-US", 320), ("nl-NL", 1280), ("hu-HU", 320))
# What a button of release 0.1 holds: an English sentence.
OLDER = {"v": 1, "do": "ask", "text": "usage for Fabrikam"}


@pytest.mark.parametrize(("locale", "width"), CASES, ids=str)
async def test_from_the_welcome_to_a_file_from_a_channel(open_chat: Any, fork: Any, locale: str, width: int) -> None:
    demo = fork("--client-port", str(any_port()), "--locale", locale)
    journey = Journey(await open_chat(await asyncio.to_thread(demo.url), width), LocaleWords.load(locale))
    answer = await first_answer(journey)
    await another_shape(journey, answer)
    await there_and_back(journey, answer)
    await compared(journey, answer)
    await asked_by_older_card(journey, answer)
    await exported(journey, answer)
    await kept_as_digest(journey, answer)
    shared = await pressed_by_another_person(journey)
    await downloaded(journey, shared)


async def first_answer(journey: Journey) -> Locator:
    welcome = await journey.newest()
    await journey.sees(welcome, "hello.question", "tile.digest")
    await journey.press(welcome, "tile.unused", name="Exchange")
    await journey.signs_in()
    answer = await journey.newest()
    await journey.sees(answer, "usage.as_of", "shape.title")
    return answer


async def another_shape(journey: Journey, answer: Locator) -> None:
    for group in ("product", "customer"):
        await journey.press(answer, "shape.title")
        await journey.sees(answer, "shape.group", "shape.order", "shape.only")
        await journey.choose(answer, "shape.group", f"shape.group.{group}")
        await journey.press(answer, "shape.show")
        await journey.sees(answer, "usage.as_of", f"usage.selected.{group}")


async def there_and_back(journey: Journey, answer: Locator) -> None:
    await journey.press(answer, "usage.next")
    await journey.sees(answer, "usage.shown.from")
    listed = await answer.inner_text()
    row = answer.get_by_role("button", name=": ").first
    await row.click()
    await journey.sees(answer, "usage.back", "usage.following.customer")
    assert await answer.inner_text() != listed
    await journey.press(answer, "usage.back")
    await expect(answer).to_have_text(listed, use_inner_text=True)


async def compared(journey: Journey, answer: Locator) -> None:
    await journey.press(answer, "usage.versus")
    newer = await journey.next()
    await journey.sees(newer, "compare.heading", "compare.month", "usage.shown")


async def asked_by_older_card(journey: Journey, answer: Locator) -> None:
    async with journey.recorded(with_payload=OLDER):
        await journey.press(answer, "shape.title")
        found = await journey.next()
        await journey.sees(found, "usage.as_of")  # the card that shows progress has none, but has the question
        await expect(found).to_contain_text("Fabrikam")


async def exported(journey: Journey, answer: Locator) -> None:
    question = await journey.asked_about_file(answer)
    assert question["sizeInBytes"] > 0
    assert journey.pattern("export.offer").search(question["description"])


async def kept_as_digest(journey: Journey, answer: Locator) -> None:
    await journey.press(answer, "usage.digest")
    await journey.press(journey.cards_with("form.quiet"), "form.set_up")
    made = journey.cards_with("digest.done.created")
    await journey.sees(made, "digest.done.created")
    await journey.press(made, "digest.change_it")
    settings = journey.cards_with("digest.pause_until")
    day = datetime.now(UTC).date() + timedelta(days=30)
    await settings.get_by_label(journey.pattern("digest.pause_until")).fill(day.isoformat())
    await journey.press(settings, "digest.pause")
    paused = journey.cards_with("digest.done.paused_until")
    await journey.sees(paused, "digest.done.paused_until")
    await journey.press(paused, "digest.stop")
    await journey.sees(journey.cards_with("digest.done.stopped"), "digest.done.stopped")


async def pressed_by_another_person(journey: Journey) -> Locator:
    await journey.goes_to("Licenses")
    await journey.chat.write("usage by customer on Exchange", to="License usage")
    answer = journey.cards_with("shape.title")
    async with journey.recorded() as presses:
        await journey.press(answer, "shape.title")
        await journey.sees(answer, "shape.group")
        await journey.press(answer, "shape.back")
        await journey.sees(answer, "usage.as_of")
    shown = await answer.inner_text()
    seen = await journey.pressed_by_another(presses[0])
    assert journey.pattern("error.not_signed_in").search(seen)
    assert "Contoso" not in seen
    assert await answer.inner_text() == shown
    return answer


async def downloaded(journey: Journey, answer: Locator) -> None:
    await journey.press(answer, "usage.export")
    offered = journey.cards_with("export.only_you")
    await journey.sees(offered, "export.ready", "export.only_you")
    assert (await journey.downloads(offered)).endswith(".xlsx")
