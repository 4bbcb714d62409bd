"""Buttons over HTTP: the replies to `adaptiveCard/action` invokes."""

import asyncio
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, group, personal
from bot.teams.activity.turn_limits import TurnLimits
from cards.views.button_payload import payload_of
from tests.integration.teams.buttons import asks, text_of, wants_more
from tests.integration.teams.patience import FOREVER, hasty

CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"


@pytest.mark.parametrize("data", [asks("usage", replace=True), wants_more("usage")])
async def test_answer_replaces_the_card(data: Any, stage: Any) -> None:
    delivered = await stage.client.press(data)
    assert delivered.status == 200
    assert (delivered.body["statusCode"], delivered.body["type"]) == (200, CARD)
    assert delivered.card["type"] == "AdaptiveCard"
    assert text_of(stage.answers.pressed[0][0]) == "usage"
    assert stage.answers.pressed[0][0].rows == payload_of(data).get("rows")
    assert stage.connector.transcript.entries == []


async def test_suggestion_is_answered_with_a_message_and_keeps_the_card(stage: Any) -> None:
    delivered = await stage.client.press(asks("usage"), reply_to="17")
    assert (delivered.status, delivered.body["statusCode"], delivered.body["type"]) == (200, 200, MESSAGE)
    assert delivered.body["value"] == "See the new message."
    (posted,) = stage.connector.transcript.messages
    assert (posted.kind, posted.conversation_id) == ("sent", personal(ADA).id)


@hasty
async def test_slow_suggestion_is_replied_to_once_a_crash_cannot_lose_it(stage: Any) -> None:
    delivered = await stage.client.press(asks("wait"), reply_to="17")
    assert delivered.body["value"].startswith("Working on it")
    posted = await stage.connector.next_message()
    assert posted.activity["summary"].startswith("Working on it")


async def test_presser_is_the_caller_when_the_card_is_anothers(stage: Any) -> None:
    await stage.client.press(asks("usage", replace=True), conversation=group(ADA, BEN), from_=BEN, reply_to="17")
    assert stage.answers.pressed[0][1].object_id == BEN.object_id


async def test_other_fields_of_the_payload_are_ignored(stage: Any) -> None:
    data = wants_more("usage") | {"caller": "somebody else", "tenantId": "x", "search": "typed"}
    assert (await stage.client.press(data)).card is not None
    assert stage.answers.pressed[0][1].object_id == ADA.object_id


@hasty
async def test_slow_answer_replaces_the_card_in_a_personal_chat(stage: Any) -> None:
    await stage.client.say("help")
    card = await stage.connector.next_message()
    delivered = await stage.client.press(wants_more("wait"), reply_to=card.id)
    assert delivered.body["type"] == CARD
    assert "Working on it" in str(delivered.card)
    stage.answers.gate.set()
    await stage.quiet()
    last = stage.connector.transcript.messages[-1]
    assert (last.kind, last.id) == ("updated", card.id)


@hasty
async def test_slow_answer_is_a_new_message_in_a_group(stage: Any) -> None:
    members = group(ADA, BEN)
    await stage.client.say("usage", conversation=members)
    card = await stage.connector.next_message()
    await stage.client.press(wants_more("wait"), conversation=members, from_=BEN, reply_to=card.id)
    stage.answers.gate.set()
    await stage.quiet()
    last = stage.connector.transcript.messages[-1]
    assert (last.kind, last.conversation_id, last.id != card.id) == ("sent", members.id, True)
    assert last.reader == BEN.id


@pytest.mark.parametrize(
    "data",
    [None, "", "ask", 1, [], {}, {"v": 2}, {"v": 3}, {"v": 1, "do": "ask"}, {"v": 1, "do": "ask", "text": ["x"]},
     {"v": 1, "do": "more", "text": "usage", "shown": -1}, {"v": 1, "do": "more", "text": "usage", "shown": True},
     {"v": 1, "do": "ask", "text": "x" * 5_000}, {"v": 1, "do": "drop", "text": "usage"},
     {"v": 2, "command": "usage"}, {"v": 2, "command": {}}, {"v": 2, "command": {"v": 1, "verb": "drop"}},
     {"v": 2, "command": {"v": 99, "verb": "usage"}}, {"v": 2, "command": {"v": 1, "verb": "usage", "as": "somebody"}},
     {"v": 2, "command": {"v": 1, "verb": "usage", "for": [{"name": "x" * 5_000}]}},
     {"v": 2, "command": {"v": 1, "verb": "usage"}, "rows": 0, "replace": True},
     {"v": 2, "command": {"v": 1, "verb": "usage"}, "rows": 24, "replace": False}],
)  # fmt: skip
async def test_unknown_payload_is_an_error_inside_a_200(data: object, stage: Any) -> None:
    delivered = await stage.client.press(data)
    assert (delivered.status, delivered.body["statusCode"], delivered.body["type"]) == (200, 400, ERROR)
    assert delivered.body["value"]["code"] == "BadRequest"
    assert stage.answers.pressed == []


@pytest.mark.parametrize(
    "value", [None, [], "x", 5, {}, {"action": None}, {"action": []}, {"action": "x"}, {"action": {"data": None}}]
)
async def test_malformed_invoke_value_is_an_error_inside_a_200(value: object, stage: Any) -> None:
    activity = stage.client.new("invoke", personal(ADA), ADA) | {"name": "adaptiveCard/action", "value": value}
    delivered = await stage.client.post(activity)
    assert (delivered.status, delivered.body["statusCode"]) == (200, 400)


@pytest.mark.parametrize(
    "name",
    ["task/fetch", "composeExtension/queryLink", "signin/made-up", "message/submitAction", "", None],
)
async def test_unknown_invoke_is_not_implemented(name: str | None, stage: Any) -> None:
    activity = stage.client.new("invoke", personal(ADA), ADA) | {"name": name, "value": {"x": 1}}
    delivered = await stage.client.post(activity)
    assert (delivered.status, delivered.body) == (501, None)


async def test_error_card_is_shown_when_the_bot_fails(stage: Any) -> None:
    delivered = await stage.client.press(wants_more("break"))
    assert delivered.body["statusCode"] == 200
    assert "For support: " in str(delivered.card)
    assert "ZeroDivision" not in str(delivered.body)


async def test_reply_is_an_error_inside_a_200_when_the_card_cannot_be_drawn(stage: Any) -> None:
    delivered = await stage.client.press(wants_more("nonsense"))
    assert (delivered.status, delivered.body["statusCode"], delivered.body["type"]) == (200, 500, ERROR)
    assert stage.connector.transcript.messages == []


async def test_error_is_posted_when_the_card_of_a_suggestion_cannot_be_drawn(stage: Any) -> None:
    delivered = await stage.client.press(asks("nonsense"))
    assert delivered.body["statusCode"] == 200
    posted = await stage.connector.next_message()
    assert "For support: " in str(posted.card)


async def test_repeated_press_gets_the_same_reply_and_runs_once(stage: Any) -> None:
    value = {"action": {"type": "Action.Execute", "data": asks("usage")}, "trigger": "manual"}
    activity = stage.client.new("invoke", personal(ADA), ADA) | {"name": "adaptiveCard/action", "value": value}
    first = await stage.client.post(activity)
    second = await stage.client.post(activity)
    await stage.quiet()
    assert first.body == second.body
    assert len(stage.answers.pressed) == len(stage.connector.transcript.messages) == 1


async def test_press_gets_busy_error_when_too_many_are_running(open_stage: Any) -> None:
    limits = TurnLimits(invoke_within=0.05, typing_after=FOREVER, working_after=FOREVER, turns_per_person=2)
    async with open_stage(limits=limits) as stage:
        for _ in range(2):
            await stage.client.press(wants_more("wait"))
        delivered = await stage.client.press(wants_more("wait"))
        assert (delivered.status, delivered.body["statusCode"]) == (200, 500)
        assert delivered.body["value"]["code"] == "Busy"


async def test_press_gets_no_figures_when_the_presser_is_unknown(stage: Any) -> None:
    value = {"action": {"type": "Action.Execute", "data": wants_more("usage")}}
    activity = stage.client.new("invoke", personal(ADA), ADA)
    activity |= {"name": "adaptiveCard/action", "value": value, "from": {"id": "29:nobody"}}
    delivered = await stage.client.post(activity)
    assert (delivered.status, delivered.body["statusCode"]) == (200, 400)
    assert stage.answers.pressed == []


async def test_concurrent_presses_are_all_answered(stage: Any) -> None:
    presses = [stage.client.press(wants_more(f"usage {number}")) for number in range(8)]
    delivered = await asyncio.gather(*presses)
    assert all(each.card for each in delivered)
