"""Slash commands over HTTP: they are answered to their asker alone."""

from typing import Any

from bot.simulator.connector import ADA, BEN, SimulatedConversation, channel, personal
from bot.teams.activity.private_buttons import keep_private
from tests.integration.teams.buttons import asks
from tests.integration.teams.patience import hasty

HERE = channel("sales", ADA, BEN)


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
    await stage.client.say("help", conversation=HERE)
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
    await stage.client.press(asks("usage"), conversation=HERE)
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
