"""Group chats and channels: no sign-in is posted there.

Every member is answered as themselves.
"""

import json
from typing import Any

from bot.simulator.connector import ADA, BEN
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.connector.teams_people import channel, group, personal

QUESTION = "usage for TEST COMPANY on Exchange"
GROUP = group(ADA, BEN)


async def asked_in(stage: Any, where: Any, person: Any = ADA) -> tuple[list[Any], list[Any]]:
    """Ask a question in `where`.

    Return what was posted there, and what was posted in private.
    """
    await stage.say(QUESTION, person, where)
    posted = await stage.quiet()
    return [each for each in posted if each.conversation_id == where.id], [
        each for each in posted if each.conversation_id != where.id
    ]


async def test_question_in_a_group_is_answered_there_after_the_sign_in(stage: Any, read: Any) -> None:
    shared, private = await asked_in(stage, GROUP)
    assert "in a private chat" in read[1](shared[-1])
    assert f"https://teams.microsoft.com/l/chat/0/0?users=28:{stage.connector.app_id}" in json.dumps(shared[-1].card)
    assert "oauth" not in json.dumps([each.activity for each in shared])
    assert "/auth/start" not in json.dumps([each.activity for each in shared])
    ((card, chat),) = [(read[0](each), each.conversation_id) for each in private]
    assert chat == personal(ADA).id
    assert (await stage.exchange(card)).status == 200
    posted = await stage.quiet()
    assert {each.conversation_id: read[1](each) for each in posted}.keys() == {GROUP.id, chat}
    (answer,) = [each for each in posted if each.conversation_id == GROUP.id]
    assert "TEST COMPANY" in read[1](answer)


async def test_answer_in_a_channel_is_posted_in_the_thread_of_the_question(stage: Any, read: Any) -> None:
    thread = channel("Licenses", ADA, BEN).thread("1234567890")
    _, private = await asked_in(stage, thread)
    await stage.exchange(read[0](private[0]))
    posted = await stage.quiet()
    assert ["TEST COMPANY" in read[1](each) for each in posted if each.conversation_id == thread.id] == [True]


async def test_click_of_another_member_does_not_sign_the_first_one_in(stage: Any, read: Any) -> None:
    _, private = await asked_in(stage, GROUP)
    card = read[0](private[0])
    assert (await stage.exchange(card, BEN)).status == 403
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
    assert "in a private chat" in read[1](shared[-1])
    assert [each.conversation_id for each in private] == [personal(BEN).id]


async def test_link_to_the_chat_is_posted_when_the_app_is_not_installed(stage: Any, read: Any) -> None:
    stage.connector.fail_next(
        OrderedFailure(), OrderedFailure(status=403)
    )  # the explanation is posted, the 1:1 chat cannot be opened
    shared, private = await asked_in(stage, GROUP)
    assert private == []
    assert "in a private chat" in read[1](shared[-1])
    await stage.say("sign in")
    assert (await stage.exchange(await stage.offered())).status == 200
    assert ["TEST COMPANY" in read[1](each) for each in await stage.quiet() if each.conversation_id == GROUP.id] == [
        True
    ]


async def test_visibility_notice_is_posted_once_by_all_processes(stage: Any, read: Any) -> None:
    shared, _ = await asked_in(stage, GROUP)
    assert "Everyone in this conversation" in read[1](shared[0])
    shared, _ = await asked_in(stage, GROUP)
    assert len(shared) == 1
    other = await stage.another_bot()
    await other.client.say("help", conversation=GROUP)
    assert not any("Everyone" in read[1](each) for each in await stage.quiet())


async def test_presser_of_anothers_card_is_asked_to_sign_in_and_sees_no_figures(stage: Any, read: Any) -> None:
    await stage.signed_in(ADA)
    await stage.say("usage by customer", ADA, GROUP)
    answer = (await stage.quiet())[-1]
    data = {"v": 1, "do": "more", "text": "usage by customer", "shown": 24}
    pressed = await stage.bot.client.press(data, reply_to=answer.id, conversation=GROUP, from_=BEN)
    assert "in a private chat" in json.dumps(pressed.card)
    assert "TEST COMPANY" not in json.dumps(pressed.card)
    (offer,) = await stage.quiet()
    assert offer.conversation_id == personal(BEN).id
    await stage.exchange(read[0](offer), BEN)
    assert {each.conversation_id for each in await stage.quiet()} == {GROUP.id, personal(BEN).id}
