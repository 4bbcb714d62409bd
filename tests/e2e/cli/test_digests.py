"""Tests of `usagebot digests`, run beside a bot that has the database open."""

import csv
import io
import json
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from datetime import time as clock_time
from pathlib import Path
from typing import Any

import pytest

from bot.commands.command import Name, Usage
from bot.commands.command_document import write
from bot.digests.manage.digest_signatures import DigestSignatures
from bot.domain.conversation import ConversationKind
from bot.domain.recurrence import Monthly, OneTime, Schedule, Weekly
from bot.store import NewDigestRecord, Store, open_store

LATER = time.time() + 86_400


QUESTION = Usage((Name("TEST COMPANY"),), (Name("Exchange"),))


def draft(**differing: Any) -> NewDigestRecord:
    fields: dict[str, Any] = {
        "tenant_id": "tenant-1",
        "owner_id": "ada-1",
        "owner_name": "Ada Agent",
        "locale": "en-US",
        "time_zone": "Europe/Amsterdam",
        "question": "usage for TEST COMPANY on Exchange",
        "command": write(QUESTION),
        "schedule": Schedule(Weekly(frozenset({0})), clock_time(8, 30), "Europe/Amsterdam"),
        "conversation_id": "19:sales@thread.tacv2",
        "kind": ConversationKind.CHANNEL,
        "team_id": "19:team@thread.tacv2",
        "reference": "SECRET-REFERENCE",
        "next_due": LATER,
    }
    return NewDigestRecord(**fields | differing)


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    async with open_store(database_url) as opened:
        yield opened


@pytest.fixture
def digests(usagebot: Callable[..., Any], database_url: str) -> Callable[..., Any]:
    return lambda *arguments: usagebot("digests", *arguments, USAGEBOT_DATABASE=database_url, COLUMNS="160")


async def test_list_shows_all_digests_and_cannot_control_the_terminal(store: Store, digests: Any) -> None:
    assert (digests("list").code, digests("list").out) == (0, "No digests are set up.\n")
    await store.digests.add(draft())
    hostile = await store.digests.add(
        draft(
            owner_name="\x1b[31m[bold]Eve\u202e",
            question="usage on \x07Exchange",
            command="",
            kind=ConversationKind.GROUP,
        )
    )
    await store.digests.change(hostile.number, None, misses=2, last="waiting", last_at=LATER - 172_800)
    ran = digests("list")
    assert (ran.code, ran.err) == (0, "")
    for told in ("Ada Agent", "Every Monday at 8:30", "usage for TEST COMPANY on Exchange", "channel", "active"):
        assert told in ran.out
    for told in ("[bold]Eve", "group chat", "2 missed", "waiting"):
        assert told in ran.out
    assert not {"\x1b", "\x07", "\u202e"} & set(ran.out)


async def test_a_digest_is_run_paused_and_resumed_while_the_bot_runs(store: Store, digests: Any) -> None:
    number = (await store.digests.add(draft())).number
    ran = digests("run", str(number))
    assert (ran.code, ran.out) == (
        0,
        f"Digest {number} is due. No bot is running on this database: the digest is posted when one starts.\n",
    )
    await store.replicas.beat("one", time.time())
    assert digests("run", str(number)).out == f"Digest {number} is running\n"
    claim = await store.digests.claim(time.time(), 10, lambda *_: None, lambda *_: None)
    assert [(run.digest.number, run.manual) for run in claim.runs] == [(number, True)]
    assert digests("pause", str(number)).out == f"Digest {number} is paused\n"
    paused = await store.digests.get(number)
    assert paused is not None
    assert paused.state == "paused"
    assert digests("resume", str(number)).out == f"Digest {number} is active again\n"
    resumed = await store.digests.get(number)
    assert resumed is not None
    assert (resumed.state, (resumed.next_due or 0) > time.time()) == ("active", True)


async def test_unknown_number_fails_with_a_sentence(store: Store, digests: Any) -> None:
    for number in ("7", "0", "-1", "9" * 30):
        ran = digests("pause", "--", number)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err == f"usagebot: there is no digest {number}; `usagebot digests list` shows all of them.\n"
    assert digests("pause", "seven").code == 2
    assert digests("pause").code == 2
    assert digests().code == 2
    assert digests("forget").code == 2


async def test_everything_but_secrets_is_exported(store: Store, digests: Any) -> None:
    first = await store.digests.add(draft())
    await store.digests.add(draft(schedule=Schedule(Monthly(31), clock_time(9), "UTC"), team_id=""))
    once = await store.digests.add(draft(owner_name="=cmd|' /C calc'!A0", schedule=Schedule(OneTime(5), None, "UTC")))
    await store.digests.change(first.number, None, previous=b"SEALED", previous_at=LATER)
    ran = digests("export")
    assert ran.code == 0
    assert ran.document["kind"] == "digests"
    found = ran.document["digests"]
    assert [each["number"] for each in found] == [1, 2, 3]
    assert (found[0]["ownerId"], found[0]["question"]) == ("ada-1", "usage for TEST COMPANY on Exchange")
    assert found[0]["command"] == {"v": 1, "verb": "usage"} | {
        "for": [{"name": "TEST COMPANY"}],
        "on": [{"name": "Exchange"}],
    }
    assert found[0]["schedule"] == "every monday at 08:30 Europe/Amsterdam"
    assert (found[1]["teamId"], found[1]["last"]) == (None, None)
    assert found[0]["next"].endswith("+00:00")
    table = digests("export", "--format", "csv")
    lines = list(csv.DictReader(io.StringIO(table.out)))
    assert [line["number"] for line in lines] == ["1", "2", "3"]
    assert lines[once.number - 1]["owner"] == "'=cmd|' /C calc'!A0"
    assert json.loads(lines[0]["command"]) == found[0]["command"]
    assert list(lines[0]) == list(found[0])
    for secret in ("SECRET", "SEALED", "previous", "reference"):
        assert secret not in ran.out + table.out


def test_no_database_is_created_when_no_bot_has_run(usagebot: Callable[..., Any], tmp_path: Path) -> None:
    ran = usagebot("digests", "list", USAGEBOT_DATABASE=f"sqlite:///{tmp_path}/bot.db")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith("usagebot: USAGEBOT_DATABASE: names a database without usagebot's tables.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nonsense", "postgresql://u:SECRET@127.0.0.1:9/bot"])
def test_error_is_one_line_when_the_database_cannot_be_opened(usagebot: Callable[..., Any], url: str) -> None:
    ran = usagebot("digests", "list", USAGEBOT_DATABASE=url)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "SECRET" not in ran.err


async def test_sign_makes_a_digest_valid_and_shows_it(store: Store, database_url: str, usagebot: Any) -> None:
    first, second = [(await store.digests.add(draft())).number for _ in range(2)]  # without a signature
    key = b64encode(b"k" * 32).decode()
    given = {"USAGEBOT_DATABASE": database_url, "COLUMNS": "160"}
    assert usagebot("digests", "sign", "1", **given).code == 1
    ran = usagebot("digests", "sign", str(second), USAGEBOT_TOKEN_KEYS=key, **given)
    assert (ran.code, ran.err) == (0, "")
    assert "Ada Agent" in ran.out
    async with open_store(database_url, signatures=DigestSignatures([key])) as checked:
        assert [each.number for each in await checked.digests.all()] == [second] != [first]
    missing = usagebot("digests", "sign", "99", USAGEBOT_TOKEN_KEYS=key, **given)
    assert (missing.code, "there is no digest 99" in missing.err) == (1, True)
