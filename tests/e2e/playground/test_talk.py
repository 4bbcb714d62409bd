"""Test of a conversation on a phone: each sentence changes the question before.

It is held in English, Dutch, Hungarian and German: an answer is in the language of its sentence, if its
words show one. The figures are those of the simulated directory.
"""

from itertools import pairwise
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.playground.wide_parts import wide_parts

PHONE = 320
SECOND_CONTOSO = "Contoso (contosoaa37.onmicrosoft.com) · 2 products"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(300)]


async def told(card: Locator) -> list[str]:
    """Return the lines of the card, without the marks where a word may break."""
    text = (await card.inner_text()).replace("\u200b", "").replace("\u00a0", " ")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


async def test_conversation_of_ten_turns_in_four_languages(open_chat: Any, playground_url: str) -> None:
    chat = await open_chat(playground_url, PHONE)
    turns = 0

    async def say(sentence: str, head: tuple[str, str], *figures: str) -> list[str]:
        nonlocal turns
        turns += 1
        card = await chat.say(sentence)
        lines = await told(card)
        await chat.picture(f"talk-{turns}", card)
        assert tuple(lines[:2]) == head
        assert [figure for figure in figures if figure not in lines] == []
        assert await wide_parts(card) == []
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
    assert (await told(asked))[:2] == [SECOND_CONTOSO, "Exchange"]
    assert await chat.cards.count() == cards

    await say("and SharePoint?", (SECOND_CONTOSO, "SharePoint"), "12", "licenses unused", "0 active of 12 qualified")
    await say("no, I meant Fabrikam", ("Fabrikam · 3 products", "SharePoint"), "100%", "13 active of 13 qualified")
    lines = await say("per product", ("Fabrikam · 3 products", "SharePoint"), "13 active of 13 qualified")
    assert lines[lines.index("OFFICE 365 ENTERPRISE E3") :][1].endswith("100% · 3 of 3")
    await say("en nu voor alle klanten", ("5 producten", "SharePoint"), "318 actief van 903 gekwalificeerd")
    await say(
        "ügyfelenként", ("SharePoint", "39 ügyfél"), "585 kihasználatlan 35% kihasználtság · 318 aktív / 903 jogosult"
    )
    below = ("SharePoint · below 60%", "24 customers")
    together = ("553 unused 27% in use · 208 active of 761 qualified", "1 more active without a qualified license")
    lines = await say("only under 60", below, "These 24 customers together", *together)
    names = names_in(lines)
    assert names[:2] == ["100% Cotton Mills", "Bits, Bytes and Co."]
    assert f"{len(names)} of 24 shown" in lines
    while len(names) < 24:
        lines = await say("more", below, *together)
        further = names_in(lines)
        assert further != []
        assert f"{len(names) + 1} to {len(names) + len(further)} of 24 shown" in lines
        names += further
    assert len(set(names)) == 24
    await expect(await chat.say("more")).to_contain_text("All 24 rows of the last answer were shown.")

    # The same question back, answered in words.
    await expect(await chat.say("gebruik van Contoso op Teams")).to_contain_text("2 klanten passen bij “Contoso”.")
    await say("the second one", (SECOND_CONTOSO, "Teams"), "12", "0 active of 12 qualified")
    await say("und Exchange?", (SECOND_CONTOSO, "Exchange"), "12", "0 active of 12 qualified")
    assert turns >= 8


def names_in(lines: list[str]) -> list[str]:
    """Return the names of the rows. The bar of a row is below its name."""
    return [name for name, figures in pairwise(lines) if figures.startswith(("▰", "▱"))]
