"""Messages over HTTP: answered once, in the thread and in the reader's language.

This holds however long the answer takes.
"""

import asyncio
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.connector.teams_people import TENANT, Person, guid
from bot.teams.activity.turn_limits import TurnLimits
from bot.teams.turn.pending_answer import PendingAnswer
from cards.views.payload_values import TEXT_LIMIT
from tests.integration.teams.buttons import asks, text_of
from tests.integration.teams.patience import FOREVER, hasty


def plain_text(posted: Any) -> str:
    return str(posted.activity["summary"])


async def test_question_is_answered_with_a_card_before_the_request_ends(stage: Any) -> None:
    delivered = await stage.client.say("help")
    assert (delivered.status, delivered.body) == (200, None)
    (posted,) = stage.connector.transcript.messages
    assert posted.card["type"] == "AdaptiveCard"
    assert posted.reply_to == delivered.activity["id"]
    assert posted.activity["from"]["id"] == stage.connector.bot_id
    assert posted.activity["recipient"]["id"] == ADA.id
    assert posted.activity["conversation"]["id"] == personal(ADA).id
    assert posted.activity["summary"].startswith("Type sentences")
    assert posted.activity["locale"] == "en-US"


async def test_answer_is_fetched_as_the_caller(stage: Any) -> None:
    await stage.client.say("help", from_=BEN)
    (_, caller) = stage.answers.asked[0]
    assert caller.key == (TENANT, BEN.object_id)
    assert (caller.name, caller.locale, caller.time_zone) == ("Ben Broker", "en-US", "Europe/Amsterdam")


async def test_activity_is_answered_once_when_it_arrives_twice(stage: Any) -> None:
    activity = stage.client.new("message", personal(ADA), ADA) | {"text": "help"}
    first, second = await asyncio.gather(stage.client.post(activity), stage.client.post(activity))
    third = await stage.client.post(activity)
    assert [first.status, second.status, third.status] == [200, 200, 200]
    assert len(stage.connector.transcript.messages) == len(stage.answers.asked) == 1


async def test_same_id_in_another_conversation_is_another_activity(stage: Any) -> None:
    for conversation in (personal(ADA), group(ADA, BEN)):
        activity = stage.client.new("message", conversation, ADA) | {"text": "help", "id": "1"}
        await stage.client.post(activity)
    assert len(stage.connector.transcript.messages) == 2


@hasty
async def test_acknowledged_activity_is_not_handled_again(stage: Any) -> None:
    activity = stage.client.new("message", personal(ADA), ADA) | {"text": "wait"}
    assert (await stage.client.post(activity)).status == 202
    assert (await stage.client.post(activity)).status == 202
    stage.answers.gate.set()
    await stage.quiet()
    assert (await stage.client.post(activity)).status == 200
    assert len(stage.answers.asked) == 1


async def test_question_in_a_group_is_read_without_the_mention(stage: Any) -> None:
    await stage.client.say("usage", conversation=group(ADA, BEN))
    assert stage.answers.asked[0][0] == "usage"
    assert stage.connector.transcript.messages[0].conversation_id == group(ADA, BEN).id


async def test_answer_in_a_channel_stays_in_its_thread(stage: Any) -> None:
    stage.connector.state.join(channel("sales", ADA, BEN))
    thread = channel("sales", ADA, BEN).thread("1700000000000")
    await stage.client.say("usage", conversation=thread)
    (posted,) = stage.connector.transcript.messages
    assert posted.conversation_id == thread.id
    assert ";messageid=1700000000000" in posted.conversation_id
    assert stage.answers.asked[0][0] == "usage"


async def test_activity_of_a_bot_is_never_answered(stage: Any) -> None:
    for sender in ({"id": stage.connector.bot_id}, {"id": "28:another"}, {"id": "29:x", "role": "bot"}):
        activity = stage.client.new("message", personal(ADA), ADA) | {"text": "help", "from": sender}
        assert (await stage.client.post(activity)).status == 200
    assert stage.connector.transcript.messages == []


async def test_unknown_caller_gets_an_error_and_no_figures(stage: Any) -> None:
    activity = stage.client.new("message", personal(ADA), ADA) | {"text": "usage", "from": {"id": ADA.id}}
    assert (await stage.client.post(activity)).status == 200
    assert stage.answers.asked == []
    assert len(stage.connector.transcript.messages) == 1


@hasty
async def test_long_answer_replaces_the_progress_card(stage: Any) -> None:
    delivered = await stage.client.say("wait for it")
    assert delivered.status == 202
    first = await stage.connector.next_message()
    assert (first.kind, plain_text(first).startswith("Working on it")) == ("sent", True)
    stage.answers.progress(1, 3)
    second = await stage.connector.next_message()
    assert (second.kind, second.id, plain_text(second)) == ("updated", first.id, "Working on it … 1 of 3 pages fetched")
    stage.answers.gate.set()
    await stage.quiet()
    (last,) = stage.connector.transcript.unread()
    assert (last.kind, last.id) == ("updated", first.id)
    assert plain_text(last).startswith("Type sentences")


@hasty
async def test_progress_is_not_posted_again_when_it_has_not_changed(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, wait = 0, PendingAnswer.wait

    async def counted(self: PendingAnswer, seconds: float) -> bool:
        nonlocal looks
        looks += 1
        return await wait(self, seconds)

    await stage.client.say("wait")
    await stage.connector.next_message()
    stage.answers.progress(1, 3)
    await stage.connector.next_message()
    monkeypatch.setattr(PendingAnswer, "wait", counted)
    await stage.until(lambda: looks == 5)
    assert stage.connector.transcript.unread() == []


async def test_error_has_a_reference_and_no_trace_when_the_bot_fails(stage: Any) -> None:
    assert (await stage.client.say("break")).status == 200
    (posted,) = stage.connector.transcript.messages
    shown = str(posted.card)
    assert "For support: " in shown
    assert "ZeroDivision" not in shown
    assert "secret-of-the-fault" not in shown


async def test_error_is_posted_when_the_card_cannot_be_drawn(stage: Any) -> None:
    assert (await stage.client.say("nonsense")).status == 200
    (posted,) = stage.connector.transcript.messages
    assert "For support: " in str(posted.card)


@hasty
async def test_error_replaces_the_progress_card(stage: Any) -> None:
    await stage.client.say("wait")
    first = await stage.connector.next_message()
    stage.answers.progress(1, 2)
    stage.answers.gate.set()
    await stage.quiet()
    assert stage.connector.transcript.messages[-1].id == first.id


async def test_answer_is_abandoned_when_it_takes_too_long(open_stage: Any) -> None:
    limits = TurnLimits(working_after=0.02, update_every=0.02, acknowledge_after=0.1, turn_seconds=0.2)
    async with open_stage(limits=limits) as stage:
        await stage.client.say("wait")
        await stage.quiet()
        assert "Partner Center took too long" in plain_text(stage.connector.transcript.messages[-1])


async def test_person_with_too_many_questions_gets_busy_and_others_do_not(open_stage: Any) -> None:
    limits = TurnLimits(
        typing_after=FOREVER, working_after=FOREVER, acknowledge_after=0.05, acknowledge_within=0.05, turns_per_person=2
    )
    async with open_stage(limits=limits) as stage:
        for number in range(3):
            await stage.client.say(f"wait {number}")
        await stage.client.say("help", from_=BEN)
        await stage.until(lambda: len(stage.connector.transcript.messages) == 2)
        busy, helped = stage.connector.transcript.messages
        assert plain_text(busy).startswith("I'm still working")
        assert helped.conversation_id == personal(BEN).id
        assert len(stage.answers.asked) == 3


async def test_callers_get_busy_when_too_many_turns_are_running(open_stage: Any) -> None:
    limits = TurnLimits(
        typing_after=FOREVER, working_after=FOREVER, acknowledge_after=0.01, acknowledge_within=0.01, turns=1
    )
    async with open_stage(limits=limits) as stage:
        await stage.client.say("wait")
        people = [Person(f"P{number}", guid(f"p{number}")) for number in range(3)]
        for person in people:
            stage.connector.state.join(personal(person))
            await stage.client.say("help", from_=person)
        await stage.until(lambda: stage.bot.turns_under_way == 1)
        assert [plain_text(posted)[:9] for posted in stage.connector.transcript.messages] == ["I'm still"] * 3


async def test_text_is_not_read_when_it_is_too_long(stage: Any) -> None:
    await stage.client.say("x" * (TEXT_LIMIT + 1))
    assert stage.answers.asked == []
    assert len(stage.connector.transcript.messages) == 1


async def test_button_of_an_old_client_is_answered_with_a_message(stage: Any) -> None:
    base = stage.client.new("message", personal(ADA), ADA)
    await stage.client.post(base | {"value": asks("usage")})
    assert text_of(stage.answers.pressed[0][0]) == "usage"
    await stage.client.post(base | {"id": "other", "value": {"v": 99, "command": {"v": 1, "verb": "forget_me"}}})
    assert len(stage.answers.asked) == 1
    assert plain_text(stage.connector.transcript.messages[-1]) == "This button no longer works. Ask the question again."


async def test_answer_is_in_english_when_the_locale_is_unknown(stage: Any) -> None:
    for number, locale in enumerate(("xx-XX", "", "e" * 400, "en_US\r\nX: 1", "💥", None)):
        activity = stage.client.new("message", personal(ADA), ADA)
        await stage.client.post(activity | {"text": "help", "locale": locale, "id": f"locale-{number}"})
    assert len(stage.connector.transcript.messages) == 6


async def test_activity_of_another_type_gets_no_answer(stage: Any) -> None:
    for kind in (
        "typing",
        "messageReaction",
        "messageUpdate",
        "messageDelete",
        "event",
        "endOfConversation",
        "made-up",
    ):
        assert (await stage.client.post(stage.client.new(kind, personal(ADA), ADA))).status == 200
    assert stage.connector.transcript.entries == []


async def test_activity_without_id_is_answered(stage: Any) -> None:
    activity = stage.client.new("message", personal(ADA), ADA) | {"text": "help"}
    del activity["id"]
    assert (await stage.client.post(activity)).status == 200
    assert stage.connector.transcript.messages[0].reply_to is None


async def test_every_card_is_valid_in_teams(stage: Any, valid_card: Any) -> None:
    await stage.client.install()
    for text in ("help", "break", "fail", "x" * (TEXT_LIMIT + 1)):
        await stage.client.say(text)
    for posted in stage.connector.transcript.messages:
        assert valid_card(posted.card)
    assert len(stage.connector.transcript.messages) == 5
