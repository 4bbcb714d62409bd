"""The content of a digest, and its full answer.

A digest lists what changed since the last one. The full answer shows what the presser may see.
"""

from datetime import date
from typing import Any

from bot.simulator.connector import ADA, BEN
from bot.simulator.entra import User
from tests.integration.digests.chat.posted import lines_of, text_of
from tests.integration.digests.chat.room import CHANNEL, GROUP
from tests.integration.teams.sign_in.conftest import sign_in_card, spoken


async def test_second_digest_lists_what_has_changed(room: Any) -> None:
    await room.set_up(GROUP)
    await room.due(ago=240)
    assert "There is nothing to compare with yet." in text_of(await room.heard(GROUP))
    await room.settled()
    await room.due(ago=120)
    assert "No change since " in spoken(same := await room.heard(GROUP))
    assert "Partner Center has no new figures." in text_of(same)
    await room.settled()
    room.stage.world.latest = date(2018, 10, 21)
    room.stage.world.active[1] = 1  # the customer of Microsoft's examples starts to use Exchange
    await room.due(ago=0)
    told = lines_of(await room.heard(GROUP))
    assert told[-1].startswith("As of October 21, 2018 · ")
    assert any(line.startswith("1 change since ") for line in told)
    assert "Last time 1 unused, 0%, 0 active of 1 qualified" in told
    assert "1 active of 1 qualified" in told


async def test_full_answer_uses_the_rights_of_the_presser(room: Any) -> None:
    room.stage.users[BEN.name] = room.stage.entra.directory.add(User(BEN.name, *_key(BEN), roles=()))
    await room.set_up(CHANNEL, "digest every day at 9 usage on Exchange by customer")
    await room.due()
    digest = await room.heard(CHANNEL)
    assert any(line.startswith("5 of ") and "those with most unused" in line for line in lines_of(digest))
    adas = await room.press(digest, "Full answer", where=CHANNEL)
    assert lines_of(adas)[0] == "Exchange"
    assert any(line.endswith(" shown") for line in lines_of(adas))
    assert adas.conversation_id == CHANNEL.thread(digest.id).id  # in the thread of the digest

    pressed = await room.stage.bot.client.press(
        {"v": 1, "do": "ask", "text": "show digest 1"},
        reply_to=digest.id,
        conversation=CHANNEL.thread(digest.id),
        from_=BEN,
    )
    assert pressed.status == 200
    [asked] = await room.stage.quiet()
    assert (asked.conversation_id, asked.reader) == (CHANNEL.thread(digest.id).id, BEN.id)
    assert "tokenExchangeResource" not in sign_in_card(asked)
    [bens] = await room.sign_in(BEN)
    assert (bens.conversation_id, bens.reader) == (CHANNEL.thread(digest.id).id, BEN.id)
    assert "Your account has no role that may read this report." in text_of(bens)


def _key(person: Any) -> tuple[str, str]:
    return person.tenant_id, person.object_id


async def test_settings_of_a_posted_digest_are_a_card_of_their_own(room: Any) -> None:
    await room.set_up(GROUP)
    await room.due()
    posted = await room.heard(GROUP)
    await room.settled()
    settings = await room.press(posted, "Settings", where=GROUP)
    assert lines_of(settings)[0] == "Digest 1"
    assert settings.id != posted.id
    assert settings.is_seen_by(ADA.id)
    assert not settings.is_seen_by(BEN.id)
