"""Group chats and channels: the sign-in is for the asker alone.

Every member is answered as themselves.
"""

import json
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.conversations.targeted_sends import TargetedRefusal
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.connector.sign_in.silent_sign_in import Shown, SilentSignIn
from bot.simulator.connector.teams_people import channel, group, personal
from tests.integration.conftest import Browser

QUESTION = "usage for TEST COMPANY on Exchange"
GROUP = group(ADA, BEN)
THREAD = channel("Licenses", ADA, BEN).thread("1234567890")


async def asked_in(stage: Any, where: Any, person: Any = ADA) -> tuple[list[Any], list[Any]]:
    """Ask a question in `where`.

    Return what everybody sees there, and what one person sees.
    """
    await stage.say(QUESTION, person, where)
    posted = await stage.quiet()
    shared = [each for each in posted if each.conversation_id == where.id and each.reader is None]
    return shared, [each for each in posted if each not in shared]


def refusing(stage: Any, where: Any, reason: TargetedRefusal = TargetedRefusal.NOT_ENABLED) -> None:
    stage.connector.state.take_no_targeted(where, reason)


async def test_question_in_a_group_is_answered_there_after_a_silent_sign_in(stage: Any, read: Any) -> None:
    shared, private = await asked_in(stage, GROUP)
    assert "oauth" not in json.dumps([each.activity for each in shared])
    assert "/auth/start" not in json.dumps([each.activity for each in shared])
    [card] = private
    assert (card.conversation_id, card.reader) == (GROUP.id, ADA.id)
    teams = SilentSignIn(stage.bot.client, stage.token)
    assert [await teams.see(card, GROUP, each) for each in (BEN, ADA)] == [Shown.NOTHING, Shown.SIGNED_IN]
    [answer] = await stage.quiet()
    assert (answer.conversation_id, answer.reader) == (GROUP.id, None)
    assert "TEST COMPANY" in read[1](answer)


async def test_sign_in_in_a_channel_is_one_tap_and_the_answer_follows_there(
    stage: Any, read: Any, browser: Browser
) -> None:
    _, [card] = await asked_in(stage, THREAD)
    assert (card.conversation_id, card.reader) == (THREAD.id, ADA.id)
    assert await SilentSignIn(stage.bot.client, stage.token).see(card, THREAD, ADA) is Shown.BUTTON
    [button] = read[0](card)["buttons"]
    assert button["type"] == "signin"
    await browser.open(button["value"])
    await browser.follow()
    await browser.press(f"Continue as {ADA.name}")
    await browser.follow()
    [answer] = await stage.quiet()
    assert (answer.conversation_id, answer.reader) == (THREAD.id, None)
    assert "TEST COMPANY" in read[1](answer)


@pytest.mark.parametrize("reason", list(TargetedRefusal))
async def test_sign_in_goes_to_the_1_to_1_chat_without_targeted_messages(
    stage: Any, read: Any, reason: TargetedRefusal
) -> None:
    refusing(stage, THREAD, reason)
    shared, [card] = await asked_in(stage, THREAD)
    assert card.conversation_id == personal(ADA).id
    assert "in a private chat" in read[1](shared[-1])
    assert f"https://teams.microsoft.com/l/chat/0/0?users=28:{stage.connector.app_id}" in json.dumps(shared[-1].card)
    assert "/auth/start" not in json.dumps([each.activity for each in shared])
    assert (await stage.exchange(read[0](card))).status == 200
    posted = await stage.quiet()
    assert {each.conversation_id for each in posted} == {THREAD.id, personal(ADA).id}
    assert ["TEST COMPANY" in read[1](each) for each in posted if each.conversation_id == THREAD.id] == [True]


async def test_click_of_another_member_does_not_sign_the_first_one_in(stage: Any, read: Any) -> None:
    _, [card] = await asked_in(stage, GROUP)
    exchanged = await stage.bot.client.exchange(read[0](card), stage.token(BEN), conversation=GROUP, from_=BEN)
    assert exchanged.status == 403
    assert await stage.quiet() == []
    await stage.signed_in(BEN)
    assert await stage.quiet() == []
    await stage.say("who am i")
    assert "no sign-in of yours" in read[1](await stage.heard())


async def test_each_member_of_a_group_is_asked_to_sign_in(stage: Any, read: Any) -> None:
    await stage.signed_in(ADA)
    shared, _ = await asked_in(stage, GROUP)
    assert "TEST COMPANY" in read[1](shared[-1])
    shared, private = await asked_in(stage, GROUP, BEN)
    assert shared == []
    assert [each.reader for each in private] == [BEN.id]


async def test_link_to_the_chat_is_posted_when_the_app_is_not_installed(stage: Any, read: Any) -> None:
    refusing(stage, GROUP)
    stage.connector.fail_next(
        OrderedFailure(), OrderedFailure(), OrderedFailure(status=403)
    )  # the explanation is posted, the targeted message is refused, the 1:1 chat cannot be opened
    shared, private = await asked_in(stage, GROUP)
    assert private == []
    assert "in a private chat" in read[1](shared[-1])
    await stage.say("sign in")
    assert (await stage.exchange(await stage.offered())).status == 200
    assert ["TEST COMPANY" in read[1](each) for each in await stage.quiet() if each.conversation_id == GROUP.id] == [
        True
    ]


async def test_why_a_sign_in_failed_is_told_to_one_person(stage: Any, read: Any) -> None:
    _, [card] = await asked_in(stage, GROUP)
    token = stage.token(ADA, aud="another application")
    refused = await stage.bot.client.exchange(read[0](card), token, conversation=GROUP)
    assert refused.status != 200
    assert {each.reader for each in await stage.quiet()} <= {ADA.id}


async def test_visibility_notice_is_posted_once_by_all_processes(stage: Any, read: Any) -> None:
    shared, _ = await asked_in(stage, GROUP)
    assert "Everyone in this conversation" in read[1](shared[0])
    shared, _ = await asked_in(stage, GROUP)
    assert shared == []
    other = await stage.another_bot()
    await other.client.say("help", conversation=GROUP)
    assert not any("Everyone" in read[1](each) for each in await stage.quiet())


async def test_presser_of_anothers_card_is_asked_to_sign_in_and_answered_alone(stage: Any, read: Any) -> None:
    await stage.signed_in(ADA)
    await stage.say("usage by customer", ADA, GROUP)
    answer = (await stage.quiet())[-1]
    data = {"v": 1, "do": "more", "text": "usage by customer", "shown": 24}
    pressed = await stage.bot.client.press(data, reply_to=answer.id, conversation=GROUP, from_=BEN)
    assert pressed.card is None
    [offer] = await stage.quiet()
    assert (offer.conversation_id, offer.reader) == (GROUP.id, BEN.id)
    await stage.bot.client.exchange(read[0](offer), stage.token(BEN), conversation=GROUP, from_=BEN)
    assert [(each.conversation_id, each.reader) for each in await stage.quiet()] == [(GROUP.id, BEN.id)]
