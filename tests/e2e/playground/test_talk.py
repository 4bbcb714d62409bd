"""Test of a conversation on a phone: each sentence changes the question before.

It is held in English, Dutch, Hungarian and German, and the figures are those of the simulated directory.
"""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import Locator, expect

PHONE = 320
SECOND_CONTOSO = "Contoso (contosoaa37.onmicrosoft.com)"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


async def told(card: Locator) -> list[str]:
    """Return the lines of the card, without the marks where a word may break."""
    text = (await card.inner_text()).replace("\u200b", "")
    return [line.strip() for line in text.splitlines() if line.strip()]


async def test_conversation_of_ten_turns_in_four_languages(open_chat: Any, playground_url: str) -> None:
    chat = await open_chat(playground_url, PHONE)
    turns = 0

    async def say(sentence: str, scope: str, *figures: str) -> list[str]:
        nonlocal turns
        turns += 1
        card = await chat.say(sentence)
        lines = await told(card)
        await chat.picture(f"talk-{turns}", card)
        assert lines[1] == scope
        assert [figure for figure in figures if figure not in lines] == []
        assert await wide(card) == []
        return lines

    if "You are signed in" not in await (await chat.say("who am I")).inner_text():
        await chat.say("sign in")
        await chat.sign_in()
        await expect(chat.cards.last).to_contain_text("You are signed in as Alex Wilber")

    # A question back: the button chooses, and the answer takes the place of the question.
    asked = await chat.say("usage for Contoso on Exchange")
    await expect(asked).to_contain_text("2 customers match “Contoso”.")
    await chat.picture("talk-asked", asked)
    cards = await chat.cards.count()
    await asked.get_by_role("button", name="Choose").nth(1).click()
    await expect(asked).to_contain_text("0 active of 12 qualified")
    assert (await told(asked))[1] == f"{SECOND_CONTOSO} · Exchange"
    assert await chat.cards.count() == cards

    await say("and SharePoint?", f"{SECOND_CONTOSO} · SharePoint", "12 unused", "0 active of 12 qualified")
    await say("no, I meant Fabrikam", "Fabrikam · SharePoint", "100%", "13 active of 13 qualified")
    lines = await say("per product", "Fabrikam · SharePoint", "3 products in total", "13 active of 13 qualified")
    assert lines[lines.index("OFFICE 365 ENTERPRISE E3") :][:5].count("3 active of 3 qualified") == 1
    await say("en nu voor alle klanten", "SharePoint", "5 products in total", "318 active of 903 qualified")
    await say("ügyfelenként", "SharePoint", "318 active of 903 qualified")
    lines = await say("only under 40", "SharePoint · below 40%", "These 16 customers together", "12 of 16 shown")
    assert "129 active of 609 qualified" in lines
    assert names_in(lines)[:2] == ["100% Cotton Mills", "Bits, Bytes and Co."]
    lines = await say("more", "SharePoint · below 40%", "129 active of 609 qualified", "TEST COMPANY")
    assert len(names_in(lines)) == 16
    await expect(await chat.say("more")).to_contain_text("All 16 rows of the last answer were shown.")

    # The same question back, answered in words.
    await expect(await chat.say("gebruik van Contoso op Teams")).to_contain_text("2 customers match “Contoso”.")
    await say("the second one", f"{SECOND_CONTOSO} · Teams", "12 unused", "0 active of 12 qualified")
    await say("und Exchange?", f"{SECOND_CONTOSO} · Exchange", "12 unused", "0 active of 12 qualified")
    assert turns >= 8


def names_in(lines: list[str]) -> list[str]:
    """Return the names of the rows. The figures of a row are below its name."""
    rows = lines[lines.index("By customer") + 1 :]
    return [name for name, figures in pairwise(rows) if re.match(r"\d+ unused", figures)]


async def wide(card: Locator) -> list[str]:
    """Return the parts of the card whose text is wider than they are."""
    found: list[str] = await card.evaluate(
        "card => [card, ...card.querySelectorAll('*')].filter(part => part.scrollWidth > part.clientWidth + 1 "
        "&& getComputedStyle(part).display !== 'inline').map(part => part.className + ' ' + part.innerText)"
    )
    return found
