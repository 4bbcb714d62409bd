"""An invoke is answered in time, however long the connector or the store take."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.conversation import Caller
from bot.simulator.connector import ADA, BEN, group
from bot.simulator.connector.rate_limits import OrderedFailure
from bot.usage.memory.chosen_languages import RememberedLanguages
from tests.integration.teams.buttons import wants_more
from tests.integration.teams.patience import FOREVER, PATIENT

MESSAGE = "application/vnd.microsoft.activity.message"
DELIVERY = replace(PATIENT, invoke_within=0.2)


@pytest.mark.parametrize("limits", [DELIVERY])
async def test_press_is_answered_while_its_error_is_still_being_posted(stage: Any) -> None:
    members = group(ADA, BEN)
    stage.connector.fail_next(OrderedFailure(delay=FOREVER))
    delivered = await stage.client.press(wants_more("fail"), conversation=members, from_=BEN, reply_to="17")
    assert (delivered.status, delivered.body["type"]) == (200, MESSAGE)
    assert stage.bot.turns_under_way == 1


@pytest.mark.parametrize("limits", [DELIVERY])
async def test_press_is_answered_while_the_language_is_still_being_read(stage: Any) -> None:
    stage.answers.languages = NeverRead(stage.answers.gate)
    delivered = await stage.client.press(wants_more("usage"))
    assert (delivered.status, delivered.body["type"]) == (200, MESSAGE)


@pytest.mark.parametrize("limits", [replace(PATIENT, search_within=0.2)])
async def test_search_is_answered_while_the_language_is_still_being_read(stage: Any) -> None:
    stage.answers.languages = NeverRead(stage.answers.gate)
    assert (await stage.client.look_up("fab", "customer")).status == 202


@pytest.mark.parametrize("limits", [DELIVERY])
async def test_answer_that_waited_for_the_language_takes_the_place_of_the_card(stage: Any) -> None:
    await stage.client.say("help")
    card = await stage.connector.next_message()
    stage.answers.languages = NeverRead(stage.answers.gate)
    await stage.client.press(wants_more("usage"), reply_to=card.id)
    stage.answers.gate.set()
    await stage.quiet()
    last = stage.connector.transcript.messages[-1]
    assert (last.kind, last.id) == ("updated", card.id)


class NeverRead(RememberedLanguages):
    """The choices of a store that hangs until `gate` is opened."""

    def __init__(self, gate: asyncio.Event) -> None:
        super().__init__()
        self.gate = gate

    async def chosen(self, caller: Caller) -> str | None:
        await self.gate.wait()
        return await super().chosen(caller)
