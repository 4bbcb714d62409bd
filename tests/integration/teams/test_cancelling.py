"""A person cancels an answer in progress: it is cancelled or given, never both."""

import asyncio
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, group, personal
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.teams.activity.turn_limits import TurnLimits
from tests.integration.teams.buttons import asks, wants_more
from tests.integration.teams.patience import HASTY


@pytest.fixture
def limits() -> TurnLimits:
    return HASTY


def shown(stage: Any, conversation: Any = None) -> list[str]:
    found = stage.connector.state.shown((conversation or personal(ADA)).id)
    return [each.get("summary") or each.get("text") or "" for each in found]


def button_of(card: Any, verb: str) -> Any:
    """Return the payload of the card's button of this kind."""
    sets = [each for each in card["body"] if each["type"] == "ActionSet"]
    return next(button["data"] for each in sets for button in each["actions"] if button.get("verb") == verb)


async def working(stage: Any, text: str = "wait", **where: Any) -> tuple[str, Any]:
    """Ask what takes long. Return the id of the progress card, and its button."""
    await stage.client.say(text, **where)
    posted = await stage.connector.next_message()
    return posted.id, button_of(posted.card, "cancel")


async def test_pressed_button_ends_the_work_and_the_card_says_so(stage: Any) -> None:
    card, cancel = await working(stage, "wait for it")
    delivered = await stage.client.press(cancel, reply_to=card, verb="cancel")
    await stage.quiet()
    assert delivered.body["value"] == "Cancelled"
    assert shown(stage) == ["Cancelled: wait for it"]
    assert stage.answers.cancelled == ["wait for it"]


async def test_cancelled_question_is_asked_again_with_the_button(stage: Any) -> None:
    card, cancel = await working(stage, "wait for it")
    await stage.client.press(cancel, reply_to=card)
    await stage.quiet()
    stage.answers.gate.set()
    again = button_of(stage.connector.transcript.messages[-1].card, "ask")
    await stage.client.press(again, reply_to=card)
    await stage.quiet()
    assert len(shown(stage)) == 2
    assert stage.answers.asked[-1][0] == "wait for it"


async def test_button_that_is_pressed_twice_cancels_once(stage: Any) -> None:
    card, cancel = await working(stage)
    replies = [(await stage.client.press(cancel, reply_to=card)).body["value"] for _ in range(2)]
    await stage.quiet()
    assert replies[0] == "Cancelled"
    assert replies[1].startswith("This question is answered already")
    assert shown(stage) == ["Cancelled: wait"]


async def test_two_presses_at_once_end_in_one_card(stage: Any) -> None:
    card, cancel = await working(stage)
    presses = (stage.client.press(cancel, reply_to=card) for _ in range(4))
    assert {each.status for each in await asyncio.gather(*presses)} == {200}
    await stage.quiet()
    assert shown(stage) == ["Cancelled: wait"]
    assert stage.answers.cancelled == ["wait"]


async def test_press_after_the_answer_changes_nothing_and_says_so(stage: Any) -> None:
    card, cancel = await working(stage)
    stage.answers.gate.set()
    await stage.quiet()
    before = shown(stage)
    delivered = await stage.client.press(cancel, reply_to=card)
    assert delivered.body["value"].startswith("This question is answered already")
    assert shown(stage) == before
    assert stage.answers.cancelled == []


async def test_answer_and_press_at_the_same_moment_end_in_one_of_both(stage: Any) -> None:
    for _ in range(8):
        stage.answers.gate.clear()
        card, cancel = await working(stage)
        pressing = asyncio.create_task(stage.client.press(cancel, reply_to=card))
        await asyncio.sleep(0)
        stage.answers.gate.set()
        said = (await pressing).body["value"]
        await stage.quiet()
        now = shown(stage)[-1]
        assert now.startswith("Cancelled") == (said == "Cancelled")
        assert not now.startswith("Working on it")
        stage.connector.transcript.unread()
    assert len(shown(stage)) == 8


async def test_another_person_cannot_cancel_and_is_answered(stage: Any) -> None:
    members = group(ADA, BEN)
    card, cancel = await working(stage, "wait", conversation=members)
    delivered = await stage.client.press(cancel, reply_to=card, conversation=members, from_=BEN)
    assert delivered.body["value"].startswith("You did not ask this question")
    assert stage.answers.cancelled == []
    stage.answers.gate.set()
    await stage.quiet()
    (text,) = shown(stage, members)
    assert not text.startswith(("Cancelled", "Working on it"))


async def test_button_of_an_old_client_cancels_too(stage: Any) -> None:
    _, cancel = await working(stage)
    await stage.client.post(stage.client.new("message", personal(ADA), ADA) | {"value": cancel})
    await stage.quiet()
    assert shown(stage) == ["Cancelled: wait"]


@pytest.mark.parametrize("text", ["cancel", "Never mind.", "Abbrechen!", "laat maar", "mégse", "annule s’il te plaît"])
async def test_sentence_cancels_what_its_person_waits_for(stage: Any, text: str) -> None:
    await working(stage)
    assert (await stage.client.say(text)).status == 200
    await stage.quiet()
    assert shown(stage) == ["Cancelled: wait"]
    assert [asked for asked, _ in stage.answers.asked] == ["wait"]


async def test_sentence_means_what_it_says_when_nothing_is_in_progress(stage: Any) -> None:
    await stage.client.say("cancel")
    await stage.quiet()
    assert [asked for asked, _ in stage.answers.asked] == ["cancel"]


async def test_sentence_of_another_person_or_place_cancels_nothing(stage: Any) -> None:
    await working(stage)
    await stage.client.say("cancel", from_=BEN)
    await stage.client.say("cancel", conversation=group(ADA, BEN))
    assert stage.answers.cancelled == []
    assert [asked for asked, _ in stage.answers.asked] == ["wait", "cancel", "cancel"]


async def test_person_with_too_many_questions_can_cancel_them(open_stage: Any) -> None:
    limits = TurnLimits(working_after=0.01, update_every=0.01, acknowledge_after=0.05, turns_per_person=1)
    async with open_stage(limits=limits) as stage:
        await working(stage)
        await stage.client.say("stop")
        await stage.quiet()
        assert shown(stage) == ["Cancelled: wait"]


async def test_question_is_cancelled_before_its_card_is_shown(open_stage: Any) -> None:
    async with open_stage() as stage:
        asking = asyncio.create_task(stage.client.say("wait"))
        await stage.until(lambda: len(stage.answers.asked) == 1)
        await stage.client.say("never mind")
        await asking
        assert shown(stage) == ["Cancelled: wait"]


async def test_pressed_button_that_takes_long_can_be_cancelled(stage: Any) -> None:
    pressed = await stage.client.press(wants_more("wait"), reply_to="17")
    await stage.until(lambda: len(stage.answers.pressed) == 1)
    await stage.client.press(button_of(pressed.card, "cancel"), reply_to="17")
    await stage.quiet()
    assert stage.answers.cancelled == ["wait"]


async def test_answer_of_a_button_in_a_message_of_its_own_can_be_cancelled(stage: Any) -> None:
    await stage.client.press(asks("wait"), reply_to="17")
    posted = await stage.connector.next_message()
    await stage.client.press(button_of(posted.card, "cancel"), reply_to=posted.id)
    await stage.quiet()
    assert stage.answers.cancelled == ["wait"]


async def test_cancelled_card_is_in_its_place_although_the_connector_fails(stage: Any) -> None:
    card, cancel = await working(stage)
    stage.connector.fail_next(OrderedFailure(403))
    await stage.client.press(cancel, reply_to=card)
    await stage.quiet()
    assert shown(stage) == ["Cancelled: wait"]


@pytest.mark.parametrize("key", ["0" * 32, "", 7, None, "../x", "g" * 32])
async def test_press_with_any_other_key_cancels_nothing(stage: Any, key: object) -> None:
    await working(stage)
    delivered = await stage.client.press({"v": 2, "cancel": key}, reply_to="17")
    assert delivered.status == 200
    assert stage.answers.cancelled == []
