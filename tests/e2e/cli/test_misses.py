"""Tests of `usagebot misses`, run beside a bot that has the database open."""

import base64
import time
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.identity.stored_misses import StoredMisses
from bot.identity.tokens.encryption import Encryptor
from bot.store import Store, open_store

KEY, OTHER = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2))
ADA, BEN = Caller("tenant-1", "ada-1", "Ada Agent"), Caller("tenant-1", "ben-1", "Ben Broker")
DAY = 86_400.0


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


@pytest.fixture
def misses(usagebot: Callable[..., Any], database_url: str) -> Callable[..., Any]:
    def run(*arguments: str, **changes: str) -> Any:
        settings = {"USAGEBOT_DATABASE": database_url, "USAGEBOT_TOKEN_KEYS": KEY, "USAGEBOT_KEEP_MISSES": "on"}
        return usagebot("misses", *arguments, **settings | changes, COLUMNS="160")

    return run


async def keep(
    store: Store, caller: Caller, text: str, ago: float, key: str = KEY, kind: str = "not_understood"
) -> None:
    stored = StoredMisses(store.misses, Encryptor.from_texts([key]), clock=lambda: time.time() - ago)
    await stored.keep(caller, kind, "en", text)


async def test_sentences_are_listed_newest_first_and_counted(store: Store, misses: Any) -> None:
    await keep(store, ADA, "usage for <customer> <word>", 3 * DAY)
    await keep(store, BEN, "\x1b[31m[bold]churn rate", 2 * DAY, kind="not_offered")
    await keep(store, BEN, "usage for <customer> <word>", DAY)
    ran = misses()
    assert (ran.code, ran.err) == (0, "")
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in ran.out.splitlines() if line.startswith("│")]
    assert [row[1:] for row in rows] == [
        ["2", "not_understood", "en", "usage for <customer> <word>"],
        ["1", "not_offered", "en", "\ufffd[31m[bold]churn rate"],
    ]
    for told in ("\x1b", "ada", "Ada", "ben-1", "tenant"):
        assert told not in ran.out


async def test_sentences_are_printed_for_programs(store: Store, misses: Any) -> None:
    await keep(store, ADA, "usage for <customer> <word>", 3 * DAY)
    await keep(store, ADA, "usage for <customer> <word>", DAY)
    await keep(store, BEN, "unreadable", DAY, key=OTHER)
    document = misses("--format", "json").document
    (line,) = document["misses"]
    assert (document["kind"], document["unreadable"]) == ("misses", 1)
    assert line["first"] < line["last"]
    assert {name: line[name] for name in ("text", "why", "language", "times")} == {
        "text": "usage for <customer> <word>",
        "why": "not_understood",
        "language": "en",
        "times": 2,
    }


async def test_since_leaves_out_earlier_days(store: Store, misses: Any) -> None:
    await keep(store, ADA, "early", 9 * DAY)
    await keep(store, ADA, "late", 2 * DAY)
    day = f"{datetime.fromtimestamp(time.time() - 5 * DAY, UTC):%Y-%m-%d}"
    assert [line["text"] for line in misses("--since", day, "--format", "json").document["misses"]] == ["late"]
    assert misses("--since", "yesterday").code == 2


async def test_nothing_stored_says_so_and_whether_sentences_are_kept(store: Store, misses: Any) -> None:
    assert misses().out == "No sentences are stored.\n"
    off = misses(USAGEBOT_KEEP_MISSES="off").out
    assert off == "No sentences are stored.\nSentences are not kept: USAGEBOT_KEEP_MISSES is off.\n"
    await keep(store, ADA, "unreadable", DAY, key=OTHER)
    assert "1 more cannot be decrypted: their key is not in USAGEBOT_TOKEN_KEYS." in misses().out


def test_without_keys_or_tables_it_says_what_is_wrong(misses: Any) -> None:
    ran = misses(USAGEBOT_TOKEN_KEYS="")
    assert (ran.code, ran.out) == (1, "")
    assert "USAGEBOT_TOKEN_KEYS" in ran.err
    ran = misses(USAGEBOT_DATABASE="sqlite:////nowhere/bot.db")
    assert (ran.code, ran.out) == (1, "")
    assert "USAGEBOT_DATABASE" in ran.err
