"""From a sentence in Teams to figures of Partner Center and back: long answers, threads, buttons, two people."""

import asyncio
from typing import Any

from bot.domain.conversation import Caller
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.connector import ADA, BEN, channel, group, personal
from bot.simulator.partner_center.faults.fault_types import Slow
from cards.views.button_payload import AskButton, MoreButton, pack

QUESTION = "usage for TEST COMPANY on Exchange"
ANSWER = "TEST COMPANY, Exchange: 0 active of 1 qualified (0%). As of October 14, 2018"


class Noting(SimulatedUserTokens):
    """Remembers for whom a token was asked."""

    def __init__(self, authority: TokenAuthority) -> None:
        super().__init__(authority)
        self.asked: list[Caller] = []

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        self.asked.append(caller)
        return await super().token(caller, refused=refused)


def told(posted: Any) -> str:
    return str(posted.activity["summary"])


async def test_the_documents_question_is_answered(house: Any, valid_card: Any) -> None:
    posted = await house.answer(QUESTION)
    assert told(posted) == ANSWER
    valid_card(posted.card)


async def test_the_demo_answers_the_same(open_house: Any) -> None:
    async with open_house(anonymous=True) as house:
        assert told(await house.answer(QUESTION)) == ANSWER


async def test_a_long_answer_shows_the_pages_fetched_and_takes_the_place_of_that(open_house: Any) -> None:
    async with open_house(page_limit=30) as house:
        whole = told(await house.answer("usage by customer"))
        house.connector.transcript.clear()
        house.fault(Slow(seconds=0.25, times=None))
        last = await house.answer("usage by customer")
        first, *updates = house.connector.transcript.messages
        assert (first.kind, [each.kind for each in updates]) == ("sent", ["updated"] * len(updates))
        assert {each.id for each in updates} == {first.id}
        assert any("of" in told(each) and "fetched" in told(each) for each in updates[:-1])
        assert told(last) == whole
        assert len(house.connector.state.shown(personal(ADA).id)) == 2


async def test_an_answer_beyond_the_deadline_says_so_in_place_of_the_progress(open_house: Any) -> None:
    async with open_house(answer_seconds=1) as house:
        await house.answer("customers")
        house.connector.transcript.clear()
        house.fault(Slow(seconds=1.5, times=None))
        last = await house.answer(QUESTION)
        assert last.kind == "updated"
        assert told(last).startswith("Partner Center took too long")


async def test_an_answer_in_a_channel_stays_in_its_thread_however_long_it_takes(house: Any) -> None:
    await house.answer("customers")
    before = len(house.connector.transcript.messages)  # two where the machine was slow
    thread = channel("Licenses", ADA, BEN).thread("1700000000000")
    house.fault(Slow(seconds=0.5))
    last = await house.answer(QUESTION, conversation=thread)
    assert told(last) == ANSWER
    assert {each.conversation_id for each in house.connector.transcript.messages[before:]} == {thread.id}


async def test_show_more_is_answered_from_what_the_presser_was_shown_lately(house: Any, valid_card: Any) -> None:
    posted = await house.answer("usage by customer")
    asked = len(house.requests)
    pressed = await house.client.press(pack(MoreButton("usage by customer", 24)), reply_to=posted.id)
    assert pressed.status == 200
    assert len(str(valid_card(pressed.card))) > len(str(posted.card))
    assert len(house.requests) == asked


async def test_who_presses_on_anothers_card_gets_what_their_own_token_sees(open_house: Any) -> None:
    async with open_house(tokens=Noting) as house:
        together = group(ADA, BEN)
        posted = await house.answer("usage by customer", conversation=together, from_=ADA)
        asked = len(house.requests)
        pressed = await house.client.press(
            pack(MoreButton("usage by customer", 24)), reply_to=posted.id, conversation=together, from_=BEN
        )
        assert pressed.card is not None
        assert len(house.requests) == 2 * asked  # nothing of what Ada saw serves Ben, not even the names
        callers = [caller.object_id for caller in house.tokens.asked]
        assert callers == [ADA.object_id] * asked + [BEN.object_id] * asked


async def test_a_suggestion_pressed_by_another_is_answered_to_that_person(house: Any) -> None:
    together = channel("Licenses", ADA, BEN).thread("1700000000000")
    await house.client.press(pack(AskButton(QUESTION)), conversation=together, from_=BEN)
    await house.quiet()
    last = house.connector.transcript.messages[-1]
    assert (told(last), last.activity["recipient"]["id"]) == (ANSWER, BEN.id)


async def test_an_edited_message_and_a_reaction_are_not_answered_again(house: Any) -> None:
    for kind in ("messageUpdate", "messageReaction", "messageDelete"):
        activity = house.client.new(kind, personal(ADA), ADA) | {"text": QUESTION}
        assert (await house.client.post(activity)).status == 200
    await house.quiet()
    assert house.connector.transcript.messages == []


async def test_a_button_of_another_version_says_so(house: Any) -> None:
    activity = house.client.new("message", personal(ADA), ADA) | {"value": pack(AskButton(QUESTION)) | {"v": 2}}
    await house.client.post(activity)
    assert told(house.connector.transcript.messages[-1]) == "This button no longer works. Ask the question again."


async def test_the_same_question_sent_twice_at_once_is_asked_once_and_answered_once(house: Any) -> None:
    await house.answer("customers")
    house.fault(Slow(seconds=0.1))
    activity = house.client.new("message", personal(ADA), ADA) | {"text": QUESTION}
    await asyncio.gather(*(house.client.post(activity) for _ in range(20)))
    await house.quiet()
    said = house.connector.transcript.messages[1:]
    assert [told(each) for each in said].count(ANSWER) == 1
    assert [each.kind for each in said].count("sent") == 1  # saying it is at work comes first, maybe
    assert len(house.questions) == 1


async def test_stopping_finishes_the_answer_under_way(house: Any) -> None:
    await house.answer("customers")
    house.connector.transcript.unread()  # two where the machine was slow
    house.fault(Slow(seconds=0.6))
    saying = asyncio.create_task(house.client.say(QUESTION))
    await house.connector.next_message(60)  # that it is working on it
    await house.close()
    assert told(house.connector.transcript.messages[-1]) == ANSWER
    assert (await saying).status == 200
