"""A process is killed in the middle of an answer: its card ends nevertheless.

It is killed with SIGKILL, so it finishes and reports nothing.
"""

import asyncio
import contextlib
import time
from typing import Any

import aiohttp

from bot.app.web_app import BOT, IDENTITY
from bot.commands.command import Name, Usage
from bot.domain.conversation import Caller
from bot.simulator.connector import ADA, BEN, group, personal
from bot.simulator.connector.teams_people import SimulatedConversation
from bot.store.activity_claims import LIVING
from bot.usage.command_buttons import ask_button
from cards.views.button_payload import pack
from tests.integration.digests.chat.posted import buttons_of, data_of
from tests.integration.teams.sign_in.conftest import OAUTH, sign_in_card, spoken

QUESTION = "usage for TEST COMPANY on Exchange"
USAGE = pack(ask_button(Usage(customers=(Name("TEST COMPANY"),))))
ADA_CALLER = Caller(ADA.tenant_id, ADA.object_id)
WORKING, RESTARTED, AGAIN = "Working on it", "I was restarted", "Try again"


async def killed_in_the_middle(stage: Any, process: Any, rows: Any, where: SimulatedConversation | None = None) -> Any:
    """Ask `process` a question, kill it when the card is there, return the card."""
    await process.start()
    assert (await process.client.say(QUESTION, conversation=where)).status == 202
    card = await stage.heard()
    while not spoken(card).startswith(WORKING):  # the notice of who can read the answers comes before it
        card = await stage.heard()
    await rows.until(cards=1)
    await process.kill()
    return card


def shown(stage: Any, where: SimulatedConversation | None = None) -> list[str]:
    found = stage.connector.state.shown((where or personal(ADA)).id)
    return [each.get("summary", "") for each in found]


async def test_next_process_ends_the_card_of_a_killed_one(
    stage: Any, process: Any, rows: Any, signed_in: None, slow: Any
) -> None:
    card = await killed_in_the_middle(stage, process, rows)
    await rows.lapse()
    await process.start()
    ended = await stage.heard()
    assert (ended.kind, ended.id) == ("updated", card.id)
    assert spoken(ended).startswith(RESTARTED)
    assert not any(each.startswith(WORKING) for each in shown(stage))
    slow()
    await process.client.press(data_of(ended, AGAIN), reply_to=ended.id)
    answers = [await stage.heard()]
    while "TEST COMPANY" not in spoken(answers[-1]):
        answers.append(await stage.heard())
    async with asyncio.timeout(240):
        while await rows.cards():  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(0.02)


async def test_another_process_ends_it_once(stage: Any, process: Any, rows: Any, signed_in: None, slow: Any) -> None:
    card = await killed_in_the_middle(stage, process, rows)
    assert await stage.quiet() == []
    await rows.lapse()
    await asyncio.gather(*(bot.app[BOT]._interrupted.end() for bot in [stage.bot] * 6))
    (ended,) = await stage.quiet()
    assert (ended.id, buttons_of(ended)) == (card.id, [AGAIN])
    assert await rows.cards() == []


async def sent_again_elsewhere(stage: Any, process: Any, activity: dict[str, Any]) -> None:
    """Kill `process`, and send the stage's bot what that one has claimed."""
    await process.kill()
    claims = stage.bot.app[BOT]._interrupted._claims._claims
    claims._clock = lambda: time.time() + LIVING + 1  # the sign of life of the killed process is over
    claims._beaten = claims._clock()
    assert (await stage.bot.client.post(activity)).status in {200, 202}


async def test_card_goes_if_another_process_gets_what_teams_sent_again(
    stage: Any, process: Any, rows: Any, signed_in: None, slow: Any
) -> None:
    await process.start()
    said = await process.client.say(QUESTION)
    await rows.until(cards=1)
    await sent_again_elsewhere(stage, process, said.activity)
    slow()
    await rows.lapse()
    await stage.bot.app[BOT]._interrupted.end()
    (ended,) = [each for each in await stage.quiet() if not spoken(each).startswith(WORKING)]
    assert (spoken(ended)[: len(RESTARTED)], buttons_of(ended)) == (RESTARTED, [AGAIN])
    assert [text for text in shown(stage) if text.startswith(WORKING)] == []
    assert await rows.cards() == []


async def test_answer_of_a_killed_process_is_not_given_twice(
    stage: Any, process: Any, rows: Any, signed_in: None
) -> None:
    """It may have been posted and not acknowledged: the next process lets them decide."""
    await process.start()
    said = await process.client.say("help")
    assert spoken(await stage.heard()).startswith("Type sentences")
    await sent_again_elsewhere(stage, process, said.activity)
    (ended,) = await stage.quiet()
    assert (spoken(ended)[: len(RESTARTED)], buttons_of(ended)) == (RESTARTED, [AGAIN])
    await stage.bot.client.press(data_of(ended, AGAIN), reply_to=ended.id)
    assert spoken(await stage.heard()).startswith("Type sentences")


async def test_card_in_a_group_ends_for_its_asker(
    stage: Any, process: Any, rows: Any, signed_in: None, slow: Any
) -> None:
    here = group(ADA, BEN)
    stage.connector.state.join(here)
    await killed_in_the_middle(stage, process, rows, here)
    await rows.lapse()
    await stage.bot.app[BOT]._interrupted.end()
    (ended,) = [each for each in await stage.quiet() if spoken(each).startswith(RESTARTED)]
    assert ended.reader == ADA.id
    assert not any(each.startswith(WORKING) for each in shown(stage, here))


async def test_question_of_a_sign_in_is_not_lost_when_its_process_dies(
    stage: Any, process: Any, rows: Any, slow: Any
) -> None:
    await process.start()
    await process.client.say(QUESTION)
    offered = await stage.heard()
    while offered.activity["attachments"][0]["contentType"] != OAUTH:  # on a slow machine its progress is shown first
        offered = await stage.heard()
    card = sign_in_card(offered)
    assert (await process.client.exchange(card, stage.token(ADA))).status == 200
    await stage.held.asked()
    await rows.until(cards=1)
    await process.kill()
    assert await stage.bot.app[IDENTITY].waiting.look(ADA_CALLER) == ()
    await rows.lapse()
    await stage.bot.app[BOT]._interrupted.end()
    ended = [each for each in await stage.quiet() if spoken(each).startswith(RESTARTED)]
    assert [buttons_of(each) for each in ended] == [[AGAIN]]
    assert not any(each.startswith(WORKING) for each in shown(stage))


async def test_button_of_a_killed_process_is_asked_again(
    stage: Any, process: Any, rows: Any, signed_in: None, slow: Any
) -> None:
    await process.start()
    await process.client.say("help")
    pressed = await stage.heard()
    with contextlib.suppress(aiohttp.ClientError):
        await process.client.press(USAGE, reply_to=pressed.id)
    assert spoken(await stage.heard()).startswith(WORKING)
    await rows.until(cards=1)
    await process.kill()
    await rows.lapse()
    await stage.bot.app[BOT]._interrupted.end()
    assert spoken(await stage.heard()).startswith(RESTARTED)


async def test_forget_me_erases_what_was_promised(
    stage: Any, process: Any, rows: Any, signed_in: None, slow: Any
) -> None:
    await killed_in_the_middle(stage, process, rows)
    await stage.say("forget me")
    asked = await stage.heard()
    await stage.bot.client.press(data_of(asked, "Yes, forget me"), reply_to=asked.id)
    assert await rows.cards() == []
