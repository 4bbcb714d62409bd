"""A button that changes something acts for the person of its card.

Any other person is asked first.
"""

import json
from typing import Any

import pytest

from bot.commands.command_document import Unreadable, read_object
from bot.commands.effects import changes_state
from bot.simulator.connector import BEN
from tests.integration.digests.chat.posted import data_of, in_place, lines_of, text_of
from tests.integration.digests.chat.room import CHANNEL, GROUP

DAILY = "digest every day at 9 for TEST COMPANY on Exchange"


@pytest.mark.parametrize("where", [CHANNEL, GROUP], ids=["channel", "group chat"])
async def test_press_on_anothers_card_asks_the_presser_alone_and_changes_nothing(room: Any, where: Any) -> None:
    await room.stage.signed_in(BEN)
    done = await room.say(DAILY, where)
    before = await room.digest(1)
    asked = await room.press(done, "Delete", where=where, person=BEN)
    assert asked.reader == BEN.id, "only the presser sees the question"
    assert "for another person" in text_of(asked)
    for named in ("stop digest 1", "as Ben Broker", "in this channel" if where is CHANNEL else "in this group chat"):
        assert named in text_of(asked)
    assert await room.stage.quiet() == []
    assert await room.digest(1) == before
    confirmed = await room.press(asked, "Yes, do it", where=where, person=BEN)
    assert "belongs to Ada Agent" in text_of(confirmed)
    assert await room.digest(1) == before


async def test_no_to_the_question_says_that_nothing_is_changed(room: Any) -> None:
    await room.stage.signed_in(BEN)
    done = await room.say(DAILY, GROUP)
    before = await room.digest(1)
    asked = await room.press(done, "Delete", where=GROUP, person=BEN)
    kept = await room.press(asked, "No, leave it", where=GROUP, person=BEN)
    assert "Nothing is changed" in text_of(kept)
    assert await room.digest(1) == before


async def test_owner_presses_the_button_of_their_own_card_and_is_not_asked(room: Any) -> None:
    done = await room.say(DAILY, GROUP)
    assert "deleted" in text_of(await room.press(done, "Delete", where=GROUP))


async def test_form_of_another_person_opens_a_form_of_the_presser(room: Any) -> None:
    await room.stage.signed_in(BEN)
    form = await room.say("digest usage on Exchange", GROUP)
    filled = next(each for each in _payloads(form) if "form" in each)
    chosen = filled | {"when": "daily", "at": "09:00", "quiet": "always"}
    await room.stage.bot.client.press(chosen, conversation=GROUP, from_=BEN)
    own = await room.heard(GROUP)
    assert (lines_of(own)[0], own.reader) == ("New digest", BEN.id)
    assert await room.store.digests.all() == []
    inputs = {"when": "daily", "at": "09:00", "quiet": "always"}
    await room.press(own, "Set it up", where=GROUP, person=BEN, inputs=inputs)
    assert [each.owner_name for each in await room.store.digests.all()] == ["Ben Broker"]


async def test_mark_of_another_card_does_not_help_and_neither_does_none(room: Any) -> None:
    await room.stage.signed_in(BEN)
    done = await room.say(DAILY, GROUP)
    stop = data_of(done, "Delete")
    for mark in (None, "", "x", 3, stop["for"]):
        forged = stop | {"for": mark, "sure": True}
        for place in (forged, {name: each for name, each in forged.items() if name != "private"}):
            pressed = await room.stage.bot.client.press(place, conversation=GROUP, from_=BEN)
            asked = in_place(pressed.card, done) if pressed.card else await room.heard(GROUP)
            assert "for another person" in text_of(asked), mark
    assert [each.number for each in await room.store.digests.all()] == [1]


@pytest.mark.parametrize("text", ["stpo digest 1", "stop digset 1"])
async def test_misspelt_order_on_an_old_button_has_no_button_in_return(room: Any, text: str) -> None:
    done = await room.say(DAILY, GROUP)
    for data in ({"v": 1, "do": "ask", "text": text}, {"v": 2, "repeat": text}):
        await room.stage.bot.client.press(data, reply_to=done.id, conversation=GROUP)
        answer = await room.heard(GROUP)
        assert "I am not sure that I read" in text_of(answer)
        assert [each for each in _payloads(answer) if changes(each)] == []
    assert [each.number for each in await room.store.digests.all()] == [1]


@pytest.mark.parametrize(
    "text",
    ["help", "digests", "stpo digest 1", "stop digest 1", "forget me", "digest usage on Exchange", DAILY, "stop it"],
)
async def test_person_without_a_sign_in_brings_about_no_button_that_changes(room: Any, text: str) -> None:
    await room.say(DAILY, GROUP)
    await room.stage.say(text, BEN, GROUP)
    posted = await room.stage.quiet()
    assert posted
    assert [each for answer in posted for each in _payloads(answer) if changes(each)] == []
    assert [each.number for each in await room.store.digests.all()] == [1]


def changes(payload: dict[str, Any]) -> bool:
    """Return True if the button changes something.

    A digest without times only asks for them.
    """
    command = read_object(payload["command"])
    assert not isinstance(command, Unreadable)
    return changes_state(command)


def _payloads(posted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def keep(each: dict[str, Any]) -> dict[str, Any]:
        if "command" in each:
            found.append(each)
        return each

    json.loads(json.dumps(posted.activity), object_hook=keep)
    return found
