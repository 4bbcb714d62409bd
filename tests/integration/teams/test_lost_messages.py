"""Answers to messages that the connector does not find.

They are posted as messages of their own.
"""

from typing import Any

from bot.simulator.connector import ADA, BEN, Blockage, OrderedFailure, channel, personal
from tests.integration.teams.patience import hasty

NOT_FOUND = OrderedFailure(404, "ActivityNotFoundInConversation")


def said(posted: Any) -> tuple[str, str | None, str | None]:
    return posted.kind, posted.reply_to, posted.activity.get("replyToId")


async def test_answer_is_a_message_of_its_own_when_its_question_is_gone(stage: Any) -> None:
    stage.connector.state.trouble(personal(ADA), Blockage.FORGETFUL)
    await stage.client.say("usage")
    await stage.quiet()
    (posted,) = stage.connector.transcript.messages
    assert said(posted) == ("sent", None, None)
    assert "answer to usage" in str(posted.card)


@hasty
async def test_answer_is_posted_anew_when_the_question_was_deleted_meanwhile(stage: Any) -> None:
    asked = await stage.client.say("wait")
    await stage.connector.next_message()
    assert (await stage.client.delete(asked)).status == 200
    state = stage.connector.state
    state.trouble(personal(ADA), Blockage.FORGETFUL)  # and so is the progress card
    stage.answers.gate.set()
    await stage.quiet()
    (posted,) = stage.connector.transcript.unread()
    assert said(posted) == ("sent", None, None)
    assert "answer to wait" in str(posted.card)


async def test_answer_starts_a_thread_when_its_thread_is_gone(stage: Any) -> None:
    sales = channel("sales", ADA, BEN)
    stage.connector.state.join(sales)
    stage.connector.fail_next(NOT_FOUND, OrderedFailure(404, "ConversationNotFound"))
    await stage.client.say("usage", conversation=sales.thread("1700000000000"))
    await stage.quiet()
    (posted,) = stage.connector.transcript.messages
    assert (posted.conversation_id, posted.activity["conversation"]["id"]) == (sales.id, sales.id)


async def test_answer_is_given_up_when_the_conversation_takes_no_message(stage: Any) -> None:
    stage.connector.state.trouble(personal(ADA), Blockage.DELETED)
    await stage.client.say("usage")
    await stage.quiet()
    assert stage.connector.transcript.messages == []
    assert [request.rpartition("/activities")[2] != "" for request in stage.requests if "activities" in request] == [
        True,
        False,
    ]


async def test_answer_is_posted_once_when_the_refusal_is_no_404(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(403, "MessageWritesBlocked"))
    await stage.client.say("usage")
    await stage.quiet()
    assert stage.connector.transcript.messages == []
    assert len([request for request in stage.requests if "activities" in request]) == 1


async def test_nothing_is_posted_twice_when_the_answer_of_the_reply_is_lost(stage: Any) -> None:
    stage.connector.fail_next(OrderedFailure(0, after_taking=True))
    await stage.client.say("usage")
    await stage.quiet()
    assert len(stage.connector.transcript.messages) == 1


@hasty
async def test_answer_is_posted_anew_when_card_and_question_are_gone(stage: Any) -> None:
    first = await stage.client.say("wait")
    working = await stage.connector.next_message()
    stage.connector.state.deleted_by_person(personal(ADA).id, first.activity["id"])
    stage.connector.fail_next(NOT_FOUND)
    stage.answers.gate.set()
    await stage.quiet()
    (posted,) = stage.connector.transcript.unread()
    assert (posted.kind, posted.reply_to) == ("sent", None)
    assert posted.id != working.id
