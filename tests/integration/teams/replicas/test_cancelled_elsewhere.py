"""A press or a sentence reaches another process than that of the answer."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app.web_app import BOT
from bot.errors import StoreError
from bot.simulator.connector import ADA, BEN, group, personal
from bot.simulator.connector.teams_people import SimulatedConversation
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Slow
from bot.store import OpenTurns
from tests.integration.teams.sign_in.conftest import SECONDS, Stage, free_port, open_stage, spoken
from tests.integration.teams.sign_in.started_process import Process

QUESTION = "usage for TEST COMPANY on Exchange"
WORKING, CANCELLED = "Working on it", f"Cancelled: {QUESTION}"


@pytest.fixture
async def stage(tmp_path: Path, shared_url: str) -> AsyncIterator[Stage]:
    """Return a stage on PostgreSQL, with a silent Partner Center.

    Ada is signed in.
    """
    async with open_stage(tmp_path, database=shared_url) as opened:
        await opened.signed_in(ADA)
        opened.partner_center[FAULTS].add(Slow(times=None))
        yield opened


@pytest.fixture
async def process(stage: Stage) -> AsyncIterator[Process]:
    """Return another process, which shows its progress at once."""
    made = Process(stage, free_port(), hasty=True, digests=False)
    await made.start()
    yield made
    await made.close()


def button_of(posted: Any) -> Any:
    (row,) = (each for each in posted.card["body"] if each["type"] == "ActionSet")
    return row["actions"][0]["data"]


def turns(stage: Stage) -> OpenTurns:
    interrupted = stage.bot.app[BOT]._interrupted
    assert interrupted is not None
    return interrupted._promised._turns


async def none_open(stage: Stage) -> None:
    async with asyncio.timeout(SECONDS):
        while await turns(stage).count():  # noqa: ASYNC110  # there is no event to wait for
            await asyncio.sleep(0.02)


async def working(stage: Stage, process: Process, where: SimulatedConversation | None = None) -> Any:
    """Ask the process what takes long, and return its progress card."""
    assert (await process.client.say(QUESTION, conversation=where)).status == 202
    card = await stage.heard()
    while not spoken(card).startswith(WORKING):
        card = await stage.heard()
    return card


async def ended(stage: Stage, card: Any) -> str:
    """Return what is in place of the card when it no longer shows progress."""
    latest = await stage.heard()
    while latest.id != card.id or spoken(latest).startswith(WORKING):
        latest = await stage.heard()
    return spoken(latest)


async def test_press_at_another_process_cancels(stage: Stage, process: Process) -> None:
    card = await working(stage, process)
    delivered = await stage.bot.client.press(button_of(card), reply_to=card.id)
    assert delivered.body["value"].startswith("I'm cancelling it")
    assert await ended(stage, card) == CANCELLED
    await none_open(stage)
    again = await stage.bot.client.press(button_of(card), reply_to=card.id)
    assert again.body["value"].startswith("This question is answered already")


async def test_sentence_at_another_process_cancels(stage: Stage, process: Process) -> None:
    card = await working(stage, process)
    await stage.bot.client.say("never mind")
    assert await ended(stage, card) == CANCELLED
    await none_open(stage)


async def test_sentence_cancels_what_each_process_prepares(stage: Stage, process: Process) -> None:
    there = await working(stage, process)
    another = Process(stage, free_port(), hasty=True, digests=False)
    await another.start()
    try:
        here = await working(stage, another)
        await another.client.say("never mind")
        latest: dict[str, str] = {}
        while [latest.get(each.id) for each in (here, there)] != [CANCELLED, CANCELLED]:
            heard = await stage.heard()
            latest[heard.id] = spoken(heard)
        await none_open(stage)
    finally:
        await another.close()


async def test_sentence_in_another_conversation_cancels_nothing(stage: Stage, process: Process) -> None:
    await working(stage, process)
    await stage.bot.client.say("cancel", conversation=group(ADA, BEN))
    (turn,) = await turns(stage).of(ADA.tenant_id, ADA.object_id, 9)
    assert not turn.cancelled


async def test_another_person_cancels_nothing_at_another_process(stage: Stage, process: Process) -> None:
    members = group(ADA, BEN)
    card = await working(stage, process, members)
    delivered = await stage.bot.client.press(button_of(card), conversation=members, from_=BEN, reply_to=card.id)
    assert delivered.body["value"].startswith("You did not ask this question")
    (turn,) = await turns(stage).of(ADA.tenant_id, ADA.object_id, 9)
    assert not turn.cancelled


async def test_card_of_a_killed_process_that_was_cancelled_says_so_once(stage: Stage, process: Process) -> None:
    card = await working(stage, process)
    async with asyncio.timeout(SECONDS):
        while not [each for each in await turns(stage).of(ADA.tenant_id, ADA.object_id, 9) if each.card]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await process.kill()
    await stage.bot.client.press(button_of(card), reply_to=card.id)
    await turns(stage).extend([each.key for each in await turns(stage).of(ADA.tenant_id, ADA.object_id, 9)], 1.0)
    await stage.bot.app[BOT]._interrupted.end()  # type: ignore[union-attr]
    assert await ended(stage, card) == CANCELLED
    assert await turns(stage).count() == 0
    assert [each.get("summary") for each in stage.connector.state.shown(personal(ADA).id)][-1] == CANCELLED


async def test_press_says_that_the_database_did_not_take_it(
    stage: Stage, process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any) -> None:
        raise StoreError("the database failed: away")

    card = await working(stage, process)
    monkeypatch.setattr(OpenTurns, "cancel", away)
    delivered = await stage.bot.client.press(button_of(card), reply_to=card.id)
    assert delivered.body["value"].startswith("I could not cancel it just now")
