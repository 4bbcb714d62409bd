"""Guests and people of other companies among the readers.

They see no figures that the asker did not choose to post.
"""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, CARA, GUS
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.simulator.connector.teams_people import SimulatedConversation, channel, group, guid
from tests.integration.digests.chat.posted import buttons_of, data_of, text_of

QUESTION = "usage for TEST COMPANY on Exchange"
FIGURES = "TEST COMPANY"
SHARED = channel("Shared", ADA, BEN, CARA)
GUESTS = channel("Guests", ADA, GUS)
WITH_GUEST = group(ADA, GUS)
OURS = group(ADA, BEN)


@pytest.fixture
async def asking(stage: Any) -> Any:
    """Return the stage with Ada signed in.

    The notice about who sees the answers is posted.
    """
    await stage.signed_in(ADA)
    for where in (SHARED, GUESTS, WITH_GUEST, OURS):
        stage.connector.state.join(where)
        await stage.say("help", ADA, where)
    await stage.quiet()
    return stage


async def asked(stage: Any, where: SimulatedConversation, text: str = QUESTION) -> list[Any]:
    await stage.say(text, ADA, where)
    return list(await stage.quiet())


async def pressed(stage: Any, card: Any, label: str, where: SimulatedConversation) -> list[Any]:
    await stage.bot.client.press(data_of(card, label), reply_to=card.id, conversation=where)
    return list(await stage.quiet())


def readers(posted: list[Any]) -> list[Any]:
    return [each.reader for each in posted]


@pytest.mark.parametrize("where", [SHARED, GUESTS, WITH_GUEST], ids=["shared channel", "guest", "group chat"])
@pytest.mark.parametrize("text", [QUESTION, "customers", "usage by customer"])
async def test_asker_is_asked_alone_before_outsiders_see_anything(
    asking: Any, where: SimulatedConversation, text: str
) -> None:
    [question] = await asked(asking, where, text)
    assert question.reader == ADA.id
    assert "1 person from outside your company" in text_of(question)
    assert buttons_of(question) == ["Post it here", "Only to me"]
    assert FIGURES not in text_of(question)
    everybody = asking.connector.state.shown(question.conversation_id)
    assert FIGURES not in json.dumps(everybody)


async def test_colleagues_are_answered_without_a_question(asking: Any) -> None:
    assert readers(await asked(asking, OURS)) == [None]


async def test_answer_is_posted_when_the_asker_chooses_so_once(asking: Any) -> None:
    [question] = await asked(asking, GUESTS)
    [answer] = await pressed(asking, question, "Post it here", GUESTS)
    assert (answer.reader, FIGURES in text_of(answer)) == (None, True)
    assert readers(await asked(asking, GUESTS)) == [None]
    [other] = await asked(asking, WITH_GUEST)
    assert buttons_of(other) == ["Post it here", "Only to me"]


async def test_answer_is_private_when_the_asker_chooses_so_and_stays_so(asking: Any) -> None:
    [question] = await asked(asking, GUESTS)
    [answer] = await pressed(asking, question, "Only to me", GUESTS)
    assert (answer.reader, FIGURES in text_of(answer)) == (ADA.id, True)
    [again] = await asked(asking, GUESTS)
    assert (again.reader, FIGURES in text_of(again)) == (ADA.id, True)
    [question] = await pressed(asking, again, "Post it here", GUESTS)
    assert "1 person from outside your company" in text_of(question)
    assert readers(await pressed(asking, question, "Post it here", GUESTS)) == [None]


async def test_asker_is_asked_again_when_another_outsider_comes(asking: Any) -> None:
    [question] = await asked(asking, GUESTS)
    await pressed(asking, question, "Post it here", GUESTS)
    late = replace(GUS, name="Gina Guest", object_id=guid("gina"))
    asking.connector.state.join(replace(GUESTS, members=(*GUESTS.members, late)))
    event = asking.bot.client.new("conversationUpdate", GUESTS, late)
    await asking.bot.client.post({**event, "membersAdded": [{"id": late.id, "aadObjectId": late.object_id}]})
    [question] = await asked(asking, GUESTS)
    assert "2 people from outside your company" in text_of(question)


async def test_roster_is_read_once_for_answers_that_follow_each_other(asking: Any) -> None:
    assert readers(await asked(asking, OURS)) == [None]
    asking.connector.state.roster_faults.extend([OrderedFailure(403)] * 2)
    assert readers(await asked(asking, OURS)) == [None]
    assert len(asking.connector.state.roster_faults) == 2, "nothing was asked"
    [question] = await asked(asking, GUESTS)
    assert "Teams did not tell me" in text_of(question)


async def test_each_person_chooses_for_their_own_answers(asking: Any) -> None:
    asking.connector.state.join(replace(GUESTS, members=(*GUESTS.members, BEN)))
    [question] = await asked(asking, GUESTS)
    await pressed(asking, question, "Post it here", GUESTS)
    await asking.signed_in(BEN)
    await asking.say(QUESTION, BEN, GUESTS)
    [bens] = await asking.quiet()
    assert (bens.reader, "outside your company" in text_of(bens)) == (BEN.id, True)


async def test_unknown_roster_counts_as_one_with_outsiders(asking: Any) -> None:
    asking.connector.state.roster_faults.extend([OrderedFailure(403)] * 2)
    [question] = await asked(asking, OURS)
    assert (question.reader, "Teams did not tell me" in text_of(question)) == (ADA.id, True)
    assert readers(await pressed(asking, question, "Post it here", OURS)) == [None]


async def test_choice_is_the_same_in_every_process(asking: Any) -> None:
    [question] = await asked(asking, GUESTS)
    await pressed(asking, question, "Post it here", GUESTS)
    other = await asking.another_bot()
    await other.client.say(QUESTION, conversation=GUESTS)
    assert readers(await asking.quiet()) == [None]


async def test_answer_to_a_slash_command_can_be_posted_for_everybody(asking: Any) -> None:
    await asking.bot.client.slash(QUESTION, conversation=OURS)
    [answer] = await asking.quiet()
    assert answer.reader == ADA.id
    [posted] = await pressed(asking, answer, "Post it here", OURS)
    assert (posted.reader, FIGURES in text_of(posted)) == (None, True)


async def test_public_answer_has_no_button_to_post_it(asking: Any) -> None:
    [answer] = await asked(asking, OURS)
    assert "Post it here" not in buttons_of(answer)
