"""From a sentence in Teams to figures of Partner Center and back.

Covers long answers, threads, buttons and two users.
"""

import asyncio
from typing import Any

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.partner_center.faults.fault_types import Slow
from bot.usage.command_buttons import ask_button, more_button
from cards.views.button_payload import pack
from tests.typed_sentences import parse

QUESTION = "usage for TEST COMPANY on Exchange"
ANSWER = "TEST COMPANY, Exchange: 1 unused, 0%, 0 active of 1 qualified. As of October 14, 2018"


class RecordingTokens(SimulatedUserTokens):
    """A token source that records the callers."""

    def __init__(self, authority: TokenAuthority) -> None:
        super().__init__(authority)
        self.asked: list[Caller] = []

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        self.asked.append(caller)
        return await super().token(caller, refused=refused)

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        return False


def summary_of(posted: Any) -> str:
    return str(posted.activity["summary"])


async def test_question_of_documents_is_answered(house: Any, valid_card: Any) -> None:
    posted = await house.answer(QUESTION)
    assert summary_of(posted) == ANSWER
    valid_card(posted.card)


async def test_demo_answers_the_same(open_house: Any) -> None:
    async with open_house(anonymous=True) as house:
        assert summary_of(await house.answer(QUESTION)) == ANSWER


async def test_long_answer_shows_progress_and_then_replaces_it(open_house: Any) -> None:
    async with open_house(page_limit=30) as house:
        whole = summary_of(await house.answer("usage by customer"))
        house.connector.transcript.clear()
        house.fault(Slow(seconds=0.25, times=None))
        last = await house.answer("usage by customer")
        first, *updates = house.connector.transcript.messages
        assert (first.kind, [each.kind for each in updates]) == ("sent", ["updated"] * len(updates))
        assert {each.id for each in updates} == {first.id}
        assert any("of" in summary_of(each) and "fetched" in summary_of(each) for each in updates[:-1])
        assert summary_of(last) == whole
        assert len(house.connector.state.shown(personal(ADA).id)) == 2


async def test_progress_is_replaced_with_error_when_deadline_passes(open_house: Any) -> None:
    async with open_house(answer_seconds=1) as house:
        await house.answer("customers")
        house.connector.transcript.clear()
        house.fault(Slow(seconds=1.5, times=None))
        last = await house.answer(QUESTION)
        assert last.kind == "updated"
        assert summary_of(last).startswith("Partner Center took too long")


async def test_answer_stays_in_thread_of_channel_when_it_takes_long(house: Any) -> None:
    await house.answer("customers")
    before = len(house.connector.transcript.messages)  # two if the machine was slow
    thread = channel("Licenses", ADA, BEN).thread("1700000000000")
    house.fault(Slow(seconds=0.5))
    last = await house.answer(QUESTION, conversation=thread)
    assert summary_of(last) == ANSWER
    assert {each.conversation_id for each in house.connector.transcript.messages[before:]} == {thread.id}


async def test_show_more_sends_no_request_when_presser_was_shown_answer(house: Any, valid_card: Any) -> None:
    posted = await house.answer("usage by customer")
    asked = len(house.requests)
    pressed = await house.client.press(pack(more_button(Usage(by=(Dimension.CUSTOMER,)), 24)), reply_to=posted.id)
    assert pressed.status == 200
    assert valid_card(pressed.card)["body"] == posted.card["body"]  # all rows fit on the first card
    assert len(house.requests) == asked


async def test_show_more_fetches_as_presser_when_card_is_of_another_user(open_house: Any) -> None:
    async with open_house(tokens=RecordingTokens) as house:
        together = group(ADA, BEN)
        posted = await house.answer("usage by customer", conversation=together, from_=ADA)
        asked = len(house.requests)
        pressed = await house.client.press(
            pack(more_button(Usage(by=(Dimension.CUSTOMER,)), 24)), reply_to=posted.id, conversation=together, from_=BEN
        )
        assert pressed.card is not None
        assert len(house.requests) == 2 * asked  # nothing fetched for Ada is used for Ben, not even the names
        callers = [caller.object_id for caller in house.tokens.asked]
        assert callers == [ADA.object_id] * asked + [BEN.object_id] * asked


async def test_suggestion_is_answered_to_the_user_who_pressed_it(house: Any) -> None:
    together = channel("Licenses", ADA, BEN).thread("1700000000000")
    await house.client.press(pack(ask_button(parse(QUESTION))), conversation=together, from_=BEN)
    await house.quiet()
    last = house.connector.transcript.messages[-1]
    assert (summary_of(last), last.activity["recipient"]["id"]) == (ANSWER, BEN.id)


async def test_edit_reaction_and_deletion_are_not_answered(house: Any) -> None:
    for kind in ("messageUpdate", "messageReaction", "messageDelete"):
        activity = house.client.new(kind, personal(ADA), ADA) | {"text": QUESTION}
        assert (await house.client.post(activity)).status == 200
    await house.quiet()
    assert house.connector.transcript.messages == []


async def test_button_of_other_version_reports_that_it_expired(house: Any) -> None:
    payload = pack(ask_button(parse(QUESTION))) | {"v": 3}
    activity = house.client.new("message", personal(ADA), ADA) | {"value": payload}
    await house.client.post(activity)
    assert summary_of(house.connector.transcript.messages[-1]) == "This button no longer works. Ask the question again."


async def test_activity_is_answered_once_when_teams_sends_it_many_times(house: Any) -> None:
    await house.answer("customers")
    house.fault(Slow(seconds=0.1))
    activity = house.client.new("message", personal(ADA), ADA) | {"text": QUESTION}
    await asyncio.gather(*(house.client.post(activity) for _ in range(20)))
    await house.quiet()
    said = house.connector.transcript.messages[1:]
    assert [summary_of(each) for each in said].count(ANSWER) == 1
    assert [each.kind for each in said].count("sent") == 1  # a progress message may come first
    assert len(house.questions) == 1


async def test_stop_finishes_the_running_answer(house: Any) -> None:
    await house.answer("customers")
    house.connector.transcript.unread()  # two if the machine was slow
    house.fault(Slow(seconds=0.6))
    saying = asyncio.create_task(house.client.say(QUESTION))
    await house.connector.next_message(60)  # that it is working on it
    await house.close()
    assert summary_of(house.connector.transcript.messages[-1]) == ANSWER
    assert (await saying).status == 200
