"""A file asked for where others read along: a link for the asker, once."""

import asyncio
import json
import sqlite3
import time
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.connector.teams_people import channel, group, personal
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Refuse
from tests.integration.conftest import Browser

GROUP = group(ADA, BEN)
QUESTION = "export csv usage for TEST COMPANY on Exchange"


async def asked(stage: Any, where: Any = GROUP, *faults: OrderedFailure) -> list[Any]:
    await stage.say("help", ADA, where)  # with the notice about who sees the answers, which comes once
    await stage.quiet()
    stage.connector.fail_next(*faults)
    await stage.say(QUESTION, ADA, where)
    return list(await stage.quiet())


def private(posted: list[Any]) -> Any:
    [found] = [each for each in posted if each.activity["recipient"].get("isTargeted")]
    return found


def link_in(posted: Any) -> str:
    [url] = [each["url"] for each in found_actions(posted.card) if each["type"] == "Action.OpenUrl"]
    return str(url)


def found_actions(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [each for inner in part for each in found_actions(inner)]
    if not isinstance(part, dict):
        return []
    found = [part] if str(part.get("type", "")).startswith("Action.") else []
    return found + [each for key, inner in part.items() if key != "fallback" for each in found_actions(inner)]


def stored(stage: Any, kind: str) -> list[Any]:
    """Return key, value and end of the records of a kind."""
    with sqlite3.connect(stage.folder / "bot.db") as database:
        found = database.execute("SELECT key, value, expires FROM records WHERE kind = ?", (kind,)).fetchall()
    database.close()
    return found


async def signed_in_as(browser: Browser, link: str, name: str) -> Browser:
    await browser.open(link)
    await browser.follow()
    await browser.press(f"Continue as {name}")
    return await browser.follow()


def file_of(stage: Any) -> str:
    return f"http://127.0.0.1:{stage.bot.listening.url.rpartition(':')[2]}/export/file"


@pytest.mark.parametrize("where", [GROUP, channel("Licenses", ADA, BEN)], ids=["group", "channel"])
async def test_link_is_seen_by_the_asker_alone_and_has_no_figure(stage: Any, where: Any) -> None:
    posted = await asked(stage, where)
    card = private(posted)
    assert card.activity["recipient"]["id"] == ADA.id
    assert card.card["body"][0]["inlines"][0]["text"] == "Only you see this"
    assert "TEST" not in link_in(card)
    assert [each for each in posted if each is not card] == []


async def test_link_goes_to_the_1_to_1_chat_when_teams_refuses_it_elsewhere(stage: Any) -> None:
    posted = await asked(stage, GROUP, OrderedFailure(400))
    assert [each.conversation_id for each in posted if each.card and "/auth/start" in json.dumps(each.card)] == [
        personal(ADA).id
    ]


async def test_person_hears_where_to_ask_when_nothing_can_be_private(stage: Any) -> None:
    [said] = await asked(stage, GROUP, OrderedFailure(400), OrderedFailure(403))
    assert "1:1 chat" in said.activity["summary"]


async def test_asker_gets_the_file_after_showing_who_they_are(stage: Any, browser: Browser) -> None:
    page = await signed_in_as(browser, link_in(private(await asked(stage))), ADA.name)
    assert (page.status, "/export/file" in page.page) == (200, True)
    got = await browser.open(file_of(stage))
    assert got.status == 200
    assert "TEST COMPANY" in got.page
    assert got.headers["Content-Disposition"].startswith('attachment; filename="usage-TEST-COMPANY-Exchange-')
    assert got.headers["Cache-Control"] == "no-store"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "sandbox" in got.headers["Content-Security-Policy"]


async def test_file_is_had_once(stage: Any, browser: Browser) -> None:
    link = link_in(private(await asked(stage)))
    await signed_in_as(browser, link, ADA.name)
    cookies = browser._session.cookie_jar.filter_cookies(URL(file_of(stage)))
    headers = {"Cookie": "; ".join(f"{name}={each.value}" for name, each in cookies.items())}
    async with aiohttp.ClientSession() as other:

        async def status() -> int:
            async with other.get(file_of(stage), headers=headers) as response:
                return response.status

        assert sorted(await asyncio.gather(*(status() for _ in range(4)))) == [200, 410, 410, 410]
    used = await browser.open(link)
    assert (used.status, used.left_to) == (400, None)


async def test_another_person_gets_no_file_and_the_link_stays(stage: Any, browser: Browser) -> None:
    link = link_in(private(await asked(stage)))
    page = await signed_in_as(browser, link, BEN.name)
    assert page.status == 403
    assert "for another person" in page.page
    assert (await browser.open(file_of(stage))).status == 410
    assert (await signed_in_as(browser, link, ADA.name)).status == 200


async def test_link_opened_in_one_browser_gives_another_browser_nothing(stage: Any, browser: Browser) -> None:
    await signed_in_as(browser, link_in(private(await asked(stage))), ADA.name)
    async with aiohttp.ClientSession() as other, other.get(file_of(stage)) as response:
        assert response.status == 410


async def test_link_keeps_no_tokens_and_ends_with_the_sign_out(stage: Any, browser: Browser) -> None:
    link = link_in(private(await asked(stage)))
    await stage.say("sign out")
    await stage.quiet()
    page = await browser.open(link)
    assert (page.status, page.left_to) == (400, None)


async def test_file_that_waits_for_its_download_ends_with_the_sign_out(stage: Any, browser: Browser) -> None:
    await signed_in_as(browser, link_in(private(await asked(stage))), ADA.name)
    await stage.say("sign out")
    await stage.quiet()
    assert (await browser.open(file_of(stage))).status == 410


async def test_link_ends_after_minutes(stage: Any, browser: Browser) -> None:
    link = link_in(private(await asked(stage)))
    assert max(each[2] for each in stored(stage, "invitation")) <= time.time() + 900
    with sqlite3.connect(stage.folder / "bot.db") as database:
        database.execute("UPDATE records SET expires = 1 WHERE kind = 'invitation'")
    database.close()
    page = await browser.open(link)
    assert (page.status, page.left_to) == (400, None)


async def test_store_holds_neither_the_secret_nor_the_person_nor_the_question(stage: Any, browser: Browser) -> None:
    link = link_in(private(await asked(stage)))
    await signed_in_as(browser, link, ADA.name)
    kept = [*stored(stage, "invitation"), *stored(stage, "download")]
    secrets = [link.partition("ticket=")[2], *(each.value for each in browser._session.cookie_jar)]
    assert kept
    for key, value, _ in kept:
        text = f"{key} {value!r}"
        assert not any(secret in text for secret in (*secrets, "TEST COMPANY", ADA.object_id))


async def test_failure_of_partner_center_leaves_the_link_as_it_is(stage: Any, browser: Browser) -> None:
    await signed_in_as(browser, link_in(private(await asked(stage))), ADA.name)
    stage.partner_center[FAULTS].add(Refuse(status=403, code="900150"))
    failed = await browser.open(file_of(stage))
    assert (failed.status, "could not be made" in failed.page) == (503, True)
    stage.partner_center[FAULTS].clear()
    assert (await browser.open(file_of(stage))).status == 200


async def test_head_request_of_a_scanner_uses_nothing_up(stage: Any, browser: Browser) -> None:
    link = link_in(private(await asked(stage)))
    async with aiohttp.ClientSession() as scanner:
        async with scanner.head(link) as response:
            assert response.status == 405
        async with scanner.get(link, allow_redirects=False) as response:
            assert response.status == 302
    await signed_in_as(browser, link, ADA.name)
    assert (await browser.open(file_of(stage))).status == 200
