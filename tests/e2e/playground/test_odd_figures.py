"""Test of cards on a phone while Partner Center sends odd rows and pages.

Each demo has several faults at once. The figures are those of the simulated directory without the rows that are odd.
"""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.e2e.playground.test_talk import PHONE, told
from tests.e2e.playground.wide_parts import wide_parts

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(400)]

# The rows of Exchange from the second on: three of DT DEMO CSP CUSTOMER 005, two of Focus on IT, one of Not for Profit.
ODD_ROWS = ("older_day", "negative_count", "fraction", "no_count", "ambiguous_day", "invisible_code", "alike_names")
DEMOS = {
    "rows": ODD_ROWS,
    "link": ("link_prefix_twice",),
    "overlap": ("pages_overlap",),
    "missing": ("page_not_found", "other_scripts"),
}
ALL_ON_EXCHANGE = "355 of 984"
TEST_COMPANY = "license unused", "0 active of 1 qualified"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def chats(fork_kept: Any, open_kept_chat: Any, port: Callable[[], int]) -> dict[str, Any]:
    """Return a chat with each demo, signed in. All demos start at once."""
    started = {name: fork_kept("--client-port", str(port()), "--faults", *faults) for name, faults in DEMOS.items()}
    opened = {}
    for name, demo in started.items():
        chat = opened[name] = await open_kept_chat(await asyncio.to_thread(demo.url), PHONE)
        await chat.say("sign in")
        await chat.sign_in()
        await expect(chat.cards.last).to_contain_text("You are signed in as Alex Wilber")
    return opened


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def wide_chat(fork_kept: Any, open_kept_chat: Any, port: Callable[[], int]) -> Any:
    """Return a chat with its list of conversations, which a phone does not show.

    A person is signed in there.
    """
    demo = fork_kept("--client-port", str(port()))
    chat = await open_kept_chat(await asyncio.to_thread(demo.url))
    await chat.say("sign in")
    await chat.sign_in()
    await expect(chat.cards.last).to_contain_text("You are signed in as Alex Wilber")
    return chat


async def seen(chat: Any, sentence: str, picture: str) -> list[str]:
    """Return the lines of the card that answers, which fits on the phone.

    The picture shows its beginning, where it says what is missing.
    """
    card: Locator = await chat.say(sentence)
    await card.evaluate("card => card.scrollIntoView({block: 'start'})")
    await chat.picture(f"odd-{picture}")
    assert await wide_parts(card) == []
    return await told(card)


async def test_rows_that_are_odd_are_told_and_not_counted(chats: Any) -> None:
    lines = await seen(chats["rows"], "usage on Exchange by customer", "rows")
    assert "Microsoft Office 365: as of October 14, 2018" in lines
    assert "1 customer as of October 12, 2018." in lines
    assert "3 rows have no usable figures. They are left out: their usage is unknown, not zero." in lines
    assert (
        "1 row has an unreadable day, or a day in the future. It is left out: its usage is unknown, not zero." in lines
    )
    # Without 5, 2 and 8 licenses; the row whose code has an invisible character counts.
    assert {"39 customers", "619 unused 36% in use · 350 active of 969 qualified"} <= set(lines)
    at = lines.index("Not for Profit Ltd")
    assert lines[at + 1 : at + 3] == ["▱▱▱▱▱▱▱▱▱▱ 0% · 0 of 15", "15 ›"]


async def test_who_has_no_figure_is_not_told_as_idle(chats: Any) -> None:
    lines = await seen(chats["rows"], "who is not using Exchange?", "idle")
    assert "Not for Profit Ltd" in lines
    assert "Focus on IT" not in lines
    assert any(line.startswith("3 rows have no usable figures.") for line in lines)


async def test_another_customers_odd_row_changes_nothing(chats: Any) -> None:
    lines = await seen(chats["rows"], "usage for TEST COMPANY on Exchange", "other")
    assert set(TEST_COMPANY) <= set(lines)
    assert "left out" not in " ".join(lines)


async def test_names_that_look_alike_have_their_domains(chats: Any) -> None:
    chat = chats["rows"]
    lines = await seen(chat, "usage for Parnell Paper SAS on Exchange", "names")
    named = {
        line for line in lines if re.fullmatch(r"Parnell Paper SAS \(parnellpapersas\w+\.onmicrosoft\.com\)", line)
    }
    assert "3 customers match “Parnell Paper SAS”." in " ".join(lines)
    assert len(named) == 3
    lines = await seen(chat, f"usage for {min(named)} on Exchange", "names-pasted")
    assert lines[:2] == [min(named), "Exchange"]


async def test_broken_link_loses_nothing(chats: Any) -> None:
    lines = await seen(chats["link"], "usage by workload", "link")
    assert "5 workloads" in lines
    assert sum(line.endswith(ALL_ON_EXCHANGE) for line in lines[lines.index("Exchange") :]) == 1
    assert "may be missing" not in " ".join(lines)


async def test_rows_of_overlapping_pages_count_once_and_lost_ones_are_missed(chats: Any) -> None:
    lines = await seen(chats["overlap"], "usage by workload", "overlap")
    assert any(line.startswith("2 rows may be missing: ") for line in lines)
    assert "2 rows came twice. They count once." in lines
    assert any(
        line.endswith("355 of 970") for line in lines
    )  # without the 1 and the 13 licenses of the rows that are lost


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ('usage for "TEST COMPANY" on Exchange', "TEST COMPANY"),
        ('usage for The "Quoted" Company on Exchange', 'The "Quoted" Company · 2 products'),
        ("usage for focus on ıt on Exchange", "Focus on IT · 2 products"),
        ("usage for TEST COMPANY (0112A436-B14E-4888-967B-CA4BB2CF1234) on Exchange", "TEST COMPANY"),
        ("usage for (0112A436-B14E-4888-967B-CA4BB2CF1234) on Exchange", "TEST COMPANY"),
        ("usage for 0112A436B14E4888967BCA4BB2CF1234 on Exchange", "TEST COMPANY"),
        ("usage for 0112A436–B14E–4888–967B–CA4BB2CF1234 on Exchange", "TEST COMPANY"),
    ],
)
async def test_names_and_ids_are_read_as_people_paste_them(chats: Any, sentence: str, scope: str) -> None:
    card = await chats["link"].say(sentence)
    lines = await told(card)
    assert lines[:2] == [scope, "Exchange"]
    if scope == "TEST COMPANY":
        assert set(TEST_COMPANY) <= set(lines)


async def test_page_that_is_not_there_leaves_no_figure(chats: Any) -> None:
    lines = await seen(chats["missing"], "usage by workload", "missing")
    assert lines[0] == "The answer is incomplete"
    assert not any("active of" in line for line in lines)


@pytest.mark.parametrize(
    ("sentence", "scope", "figures"),
    [
        ('usage for ООО "Василёк" on Exchange', 'ООО "Василёк" · 2 products', "0 active of 5 qualified"),
        ('usage for зао "василек" on Exchange', 'ЗАО "Василёк"', "0 active of 1 qualified"),
        ('usage for "Vega" LLC on Exchange', '"Vega" LLC · 2 products', "3 active of 4 qualified"),
        ("usage for yazıcı ışık on Exchange", "YAZICI IŞIK · 2 products", "3 active of 12 qualified"),
        ("usage for kırklı ışıma on Exchange", "KIRKLI IŞIMA", "2 active of 4 qualified"),
    ],
)
async def test_names_of_other_scripts_and_in_quotes_are_read(
    chats: Any, sentence: str, scope: str, figures: str
) -> None:
    lines = await seen(chats["missing"], sentence, f"script-{scope.rsplit(maxsplit=1)[-1]}")
    assert lines[:2] == [scope, "Exchange"]
    assert figures in lines


@pytest.mark.parametrize("place", ["License renewals", "Licenses"], ids=["group", "channel"])
@pytest.mark.parametrize(
    ("first", "last"),
    [("", "License usage"), ("License usage", "Megan Bowen"), ("Megan Bowen", "License usage")],
    ids=["bot-last", "person-last", "bot-last-of-two"],
)
async def test_mentions_are_no_part_of_a_name(wide_chat: Any, place: str, first: str, last: str) -> None:
    chat = wide_chat
    await chat.go(place)
    answers = chat.cards.filter(has_text=TEST_COMPANY[1])
    before = await answers.count()
    await chat.write_parts(f"@{first}" if first else "", " usage for TEST COMPANY on Exchange ", f"@{last}")
    await expect(answers).to_have_count(before + 1)
    await chat.picture(f"odd-mention-{place}-{first}-{last}", answers.last)
    assert (await told(answers.last))[:2] == ["TEST COMPANY", "Exchange"]
