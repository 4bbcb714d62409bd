"""What one person alone sees where others read.

These are the answers to slash commands, and what concerns the asker.
"""

from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.simulator.connector import ADA, BEN, SimulatedConversation, channel, personal
from bot.simulator.connector.conversations.targeted_sends import TargetedRefusal
from bot.teams.activity.private_buttons import keep_private
from bot.usage.addressed_buttons import mark_of
from tests.integration.teams.buttons import asks
from tests.integration.teams.patience import hasty

HERE = channel("sales", ADA, BEN)
MARK = mark_of(Caller(ADA.tenant_id, ADA.object_id))


async def slash(stage: Any, text: str, here: SimulatedConversation = HERE) -> Any:
    return await stage.client.slash(text, conversation=here)


def audience(posted: Any) -> object:
    """Return True if only the asker sees it, None if all members do."""
    assert posted.reader in {None, ADA.id}
    assert posted.activity["recipient"].get("isTargeted") is (posted.reader and True)
    return posted.activity["recipient"].get("isTargeted")


async def test_slash_command_is_answered_to_its_asker_alone(stage: Any) -> None:
    stage.connector.state.join(HERE)
    await slash(stage, "help")
    (posted,) = stage.connector.transcript.messages
    assert posted.activity["recipient"] == {"id": ADA.id, "name": ADA.name, "isTargeted": True}
    assert [posted.is_seen_by(each.id) for each in (ADA, BEN)] == [True, False]


async def test_mention_is_answered_to_everybody(stage: Any) -> None:
    stage.connector.state.join(HERE)
    await stage.client.say("usage", conversation=HERE)
    assert [audience(posted) for posted in stage.connector.transcript.messages] == [None]


async def test_button_of_a_private_answer_is_answered_in_private(stage: Any) -> None:
    stage.connector.state.join(HERE)
    card = {"body": [{"type": "Action.Execute", "data": asks("usage")}]}
    keep_private(card)
    await stage.client.press(card["body"][0]["data"], conversation=HERE)
    await stage.quiet()
    assert [audience(each) for each in stage.connector.transcript.messages] == [True]


async def test_button_of_a_public_answer_is_answered_in_public(stage: Any) -> None:
    stage.connector.state.join(HERE)
    await stage.client.press(asks("usage") | {"for": MARK}, conversation=HERE)
    await stage.quiet()
    assert [audience(each) for each in stage.connector.transcript.messages] == [None]


async def test_error_of_a_private_question_is_private(stage: Any) -> None:
    stage.connector.state.join(HERE)
    await slash(stage, "break")
    assert [audience(each) for each in stage.connector.transcript.messages] == [True]


async def test_one_to_one_chat_has_no_private_messages(stage: Any) -> None:
    await slash(stage, "help", personal(ADA))
    assert [audience(each) for each in stage.connector.transcript.messages] == [None]


@hasty
async def test_progress_of_a_private_question_becomes_its_answer_in_private(stage: Any) -> None:
    stage.connector.state.join(HERE)
    said = await slash(stage, "wait")
    progress = await stage.connector.next_message()
    stage.answers.gate.set()
    await stage.quiet()
    last = stage.connector.transcript.messages[-1]
    assert (progress.kind, last.kind, last.id) == ("sent", "updated", progress.id)
    assert {each.reader for each in stage.connector.transcript.messages} == {ADA.id}
    place = said.activity["conversation"]["id"]
    assert [len(stage.connector.state.shown(place, each)) for each in (ADA, BEN)] == [1, 0]
    assert "recipient" not in last.activity


@pytest.mark.parametrize("text", ["fail", "break", "help"])
async def test_what_concerns_the_asker_is_shown_to_them_alone(stage: Any, text: str) -> None:
    stage.connector.state.join(HERE)
    await stage.client.say(text, conversation=HERE)
    assert [each.reader for each in stage.connector.transcript.messages] == [ADA.id]


@pytest.mark.parametrize("reason", list(TargetedRefusal))
async def test_what_concerns_the_asker_is_in_the_1_to_1_chat_otherwise(stage: Any, reason: TargetedRefusal) -> None:
    stage.connector.state.join(HERE)
    stage.connector.state.take_no_targeted(HERE, reason)
    await stage.client.say("fail", conversation=HERE)
    private, shared = stage.connector.transcript.messages
    assert (private.conversation_id, "Partner Center" in str(private.card)) == (personal(ADA).id, True)
    assert shared.conversation_id.startswith(HERE.id)
    assert shared.activity["summary"] == "I answered you privately, in our 1:1 chat."
    assert "Partner Center" not in str(shared.activity)


async def test_person_without_a_1_to_1_chat_reads_where_to_ask(stage: Any) -> None:
    stage.connector.state.join(HERE)
    stage.connector.state.take_no_targeted(HERE, TargetedRefusal.NOT_ENABLED)
    stage.connector.state.leave(personal(ADA))
    await stage.client.say("fail", conversation=HERE)
    [said] = stage.connector.transcript.messages
    assert "1:1 chat" in said.activity["summary"]
    assert f"https://teams.microsoft.com/l/chat/0/0?users=28:{stage.connector.app_id}" in str(said.card)
    assert "Partner Center" not in str(said.activity)


async def test_no_other_member_learns_of_a_private_question_that_is_refused(stage: Any) -> None:
    stage.connector.state.join(HERE)
    stage.connector.state.take_no_targeted(HERE, TargetedRefusal.NOT_ENABLED)
    await slash(stage, "usage")
    assert [each.conversation_id for each in stage.connector.transcript.messages] == [personal(ADA).id]


async def test_button_of_a_card_for_one_person_asks_for_everybody(stage: Any) -> None:
    stage.connector.state.join(HERE)
    await stage.client.press(asks("usage", replace=True) | {"private": "card", "for": MARK}, conversation=HERE)
    await stage.quiet()
    assert [audience(each) for each in stage.connector.transcript.messages] == [None]


@pytest.mark.parametrize("mark", ["card", True])
async def test_card_for_one_person_is_never_replaced_by_a_reply(stage: Any, mark: object) -> None:
    stage.connector.state.join(HERE)
    pressed = await stage.client.press(asks("fail", replace=True) | {"private": mark}, conversation=HERE)
    await stage.quiet()
    assert pressed.card is None
    assert [audience(each) for each in stage.connector.transcript.messages] == [True]


async def test_press_on_the_card_of_another_person_is_answered_to_the_presser(stage: Any) -> None:
    stage.connector.state.join(HERE)
    await stage.client.say("usage", conversation=HERE)
    card = stage.connector.transcript.messages[-1]
    data = asks("usage") | {"for": MARK}
    await stage.client.press(data, reply_to=card.id, conversation=HERE, from_=BEN)
    await stage.quiet()
    assert stage.connector.transcript.messages[-1].reader == BEN.id


async def test_error_after_a_press_leaves_the_card_of_everybody_alone(stage: Any) -> None:
    stage.connector.state.join(HERE)
    pressed = await stage.client.press(asks("fail", replace=True), conversation=HERE)
    assert pressed.card is None
    assert [audience(each) for each in stage.connector.transcript.messages] == [True]


@hasty
async def test_progress_goes_when_the_answer_is_for_the_asker_alone(stage: Any) -> None:
    stage.connector.state.join(HERE)
    said = await stage.client.say("wait and fail", conversation=HERE)
    progress = await stage.connector.next_message()
    stage.answers.gate.set()
    await stage.quiet()
    place = said.activity["conversation"]["id"]
    assert progress.reader is None
    assert [len(stage.connector.state.shown(place, each)) for each in (ADA, BEN)] == [1, 0]
