"""An activity that several processes get is answered by one of them."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import structlog

from bot.app.web_app import BOT
from bot.errors import StoreError
from bot.simulator.connector import ADA, personal
from bot.simulator.connector.inbound_activity import as_change, as_message
from bot.simulator.connector.invokes.invoke_shapes import as_press
from bot.store import activity_claims
from bot.store.activity_claims import ActivityClaims
from cards.views.button_payload import AskButton, pack
from tests.integration.teams.sign_in.conftest import spoken

HELP = pack(AskButton({"v": 1, "verb": "help"}))
ANSWERED_BY_ONE = ([200, 200], [200, 503])


def question(stage: Any, text: str = "help") -> dict[str, Any]:
    return as_message(stage.bot.client.new("message", personal(ADA), ADA), text, personal(ADA))


def edit(stage: Any) -> dict[str, Any]:
    edited = question(stage, "help sign in")
    return as_change(edited, stage.bot.client.new("messageUpdate", personal(ADA), ADA), "editMessage")


def press(stage: Any) -> dict[str, Any]:
    return as_press(stage.bot.client.new("invoke", personal(ADA), ADA), HELP, None, "")


@pytest.mark.parametrize("activity", [question, edit, press])
async def test_one_of_two_bots_answers(stage: Any, activity: Callable[[Any], dict[str, Any]]) -> None:
    other = await stage.another_bot()
    for _ in range(5):
        asked = activity(stage)
        delivered = await asyncio.gather(stage.bot.client.post(asked), other.client.post(asked))
        assert sorted(each.status for each in delivered) in ANSWERED_BY_ONE
    assert len(await stage.quiet()) == 5


async def test_an_edit_is_another_activity_than_its_message(stage: Any) -> None:
    other = await stage.another_bot()
    said = await stage.say("help")
    edited = as_message(said.activity, "help sign in", personal(ADA))
    changed = as_change(edited, stage.bot.client.new("messageUpdate", personal(ADA), ADA), "editMessage")
    assert (await other.client.post(changed)).status == 200
    assert len(await stage.quiet()) == 2


async def test_a_press_that_another_bot_answered_says_so(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    other, pressed = await stage.another_bot(), press(stage)
    await stage.bot.client.post(pressed)
    await stage.quiet()
    monkeypatch.setattr(activity_claims, "ACKNOWLEDGED", -1.0)
    again = await other.client.post(pressed)
    assert (again.status, again.body["type"]) == (200, "application/vnd.microsoft.activity.message")
    assert again.body["value"].startswith("I've answered this already.")
    assert await stage.quiet() == []


async def test_a_bot_answers_while_the_database_is_away(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async def away(*_: Any) -> None:
        raise StoreError("the database failed: away")

    monkeypatch.setattr(ActivityClaims, "claim", away)
    with structlog.testing.capture_logs() as logs:
        assert (await stage.say("help")).status == 200
    assert [each["event"] for each in logs if each["event"] == "activity_not_claimed"] == ["activity_not_claimed"]
    assert len(await stage.quiet()) == 1


async def test_a_turn_that_could_not_begin_is_answered_elsewhere(stage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    other, asked = await stage.another_bot(), question(stage)
    run = "bot.teams.sdk.turn_runner.TurnRunner._run"

    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(run, broken)
        assert (await stage.bot.client.post(asked)).status == 500
    assert (await other.client.post(asked)).status == 200
    assert len(await stage.quiet()) == 1


async def test_person_hears_elsewhere_of_a_question_that_a_stopping_bot_gave_up(
    stage: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was not promised, so nothing else brings it back; it may be answered."""
    other, asked, begun = await stage.another_bot(), question(stage), asyncio.Event()

    async def hanging(*_: Any) -> None:
        begun.set()
        await asyncio.Event().wait()

    with monkeypatch.context() as patch:
        patch.setattr("bot.teams.sdk.turn_runner.TurnRunner._run", hanging)
        asking = asyncio.create_task(stage.bot.client.post(asked))
        await begun.wait()
    stopped = stage.bot.app[BOT]
    await stopped.close(0)
    assert (await asking).status == 503
    await stopped._endpoint._turns._claims._claims.end()
    assert (await other.client.post(asked)).status == 200
    (told,) = await stage.quiet()
    assert spoken(told).startswith("I was restarted")


async def test_one_of_two_processes_answers(two_processes: tuple[Any, Any, Any]) -> None:
    stage, *processes = two_processes
    for _ in range(20):
        asked = question(stage)
        delivered = await asyncio.gather(*(each.client.post(asked) for each in processes))
        assert sorted(each.status for each in delivered) in ANSWERED_BY_ONE
    assert len(await stage.quiet()) == 20
