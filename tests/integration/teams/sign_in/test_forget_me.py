"""After `forget me` no byte of the person is in the files of the database.

This holds for everything that the bot had stored until then.
"""

import asyncio
import time
from pathlib import Path
from typing import Any

from bot.simulator.connector import ADA, BEN, group
from bot.store import open_store
from tests.integration.digests.chat.posted import data_of

GROUP = group(ADA, BEN)


def traces(folder: Path, *of: str) -> list[str]:
    """Return which of these texts are in any file, in any case and either byte order."""
    kept = b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()).lower()
    return [each for each in of if each.lower().encode() in kept or each.lower().encode("utf-16-le") in kept]


async def settled(store: Any, number: int) -> None:
    async with asyncio.timeout(240):
        while True:
            digest, runs = await store.digests.get(number), await store.ledger.of(number)
            if digest.last and all(run.finished for run in runs):
                return
            await asyncio.sleep(0.05)


async def forget_me(posting: Any) -> None:
    await posting.say("forget me")
    asked = await posting.heard()
    pressed = await posting.bot.client.press(data_of(asked, "Yes, forget me"), reply_to=asked.id)
    assert "deleted" in repr(pressed.card)


async def test_forget_me_erases_the_person_and_keeps_the_others(posting: Any, read: Any, tmp_path: Path) -> None:
    _, spoken = read
    personal = (ADA.object_id, ADA.name, "TEST COMPANY", "Fabrikam", ADA.id)
    await posting.say("usage for TEST COMPANY on SharePoint")  # this question waits for the sign-in
    await posting.exchange(await posting.offered())
    await posting.heard()
    await posting.signed_in(BEN)
    for sentence in ("digest every day at 9 for TEST COMPANY on Exchange", "digest in 500 minutes usage on Exchange"):
        await posting.say(sentence)
        assert "is set up" in spoken(await posting.heard())
    await posting.say("digest every day at 10 usage on SharePoint", BEN)
    assert "is set up" in spoken(await posting.heard())
    async with open_store(posting.settings.database) as store:
        await store.digests.change(1, None, next_due=time.time())
        await settled(store, 1)
    await posting.heard()
    assert ADA.object_id in traces(tmp_path, *personal)
    assert "TEST COMPANY" in traces(tmp_path, *personal)

    await forget_me(posting)
    assert traces(tmp_path, *personal) == []
    assert traces(tmp_path, BEN.object_id, BEN.name) == [BEN.object_id, BEN.name]

    await posting.say("digests")
    assert "No digests" in spoken(await posting.heard())
    await posting.say("who am I")
    assert "no sign-in of yours" in spoken(await posting.heard())
    await posting.say("digests", BEN)
    assert "1 digest" in spoken(await posting.heard())


async def test_forget_me_erases_a_person_who_did_not_sign_in(posting: Any, tmp_path: Path) -> None:
    personal = (ADA.object_id, ADA.name, "TEST COMPANY", ADA.id)
    await posting.signed_in()
    await posting.say("digest every day at 9 for TEST COMPANY on Exchange")
    await posting.heard()
    await posting.say("sign out")
    await posting.heard()
    async with open_store(posting.settings.database) as store:
        await store.digests.change(1, None, next_due=time.time())
        assert "tokenExchangeResource" in await posting.offered()
        assert [each.state for each in await store.ledger.of(1)] == ["waiting"]
    await posting.say("usage for TEST COMPANY on SharePoint")
    await posting.offered()
    assert traces(tmp_path, *personal) != []
    await forget_me(posting)
    assert traces(tmp_path, *personal) == []


async def test_forget_me_in_a_shared_conversation_erases_nothing(posting: Any, read: Any) -> None:
    await posting.signed_in()
    await posting.say("forget me", ADA, GROUP)
    assert "in our 1:1 chat" in read[1]((await posting.quiet())[-1])
    await posting.say("who am I")
    assert "Ada" in read[1](await posting.heard())
