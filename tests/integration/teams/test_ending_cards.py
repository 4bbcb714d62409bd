"""The card "Working on it" ends with its turn, whatever the connector does."""

from typing import Any

import pytest

from bot.simulator.connector import ADA, BEN, group, personal
from bot.simulator.connector.rate_limits import OrderedFailure
from tests.integration.teams.buttons import wants_more
from tests.integration.teams.patience import hasty


def shown(stage: Any, conversation: Any = None) -> list[str]:
    found = stage.connector.state.shown((conversation or personal(ADA)).id)
    return [each.get("summary") or each.get("text") or "" for each in found]


def is_working(text: str) -> bool:
    return text.startswith("Working on it")


async def answered(stage: Any) -> None:
    stage.answers.gate.set()
    await stage.quiet()


@hasty
@pytest.mark.parametrize("status", [400, 403, 413])
async def test_card_ends_when_the_answer_may_not_take_its_place(status: int, stage: Any) -> None:
    await stage.client.say("wait")
    await stage.connector.next_message()
    stage.connector.fail_next(OrderedFailure(status))
    await answered(stage)
    assert len(shown(stage)) == 1
    assert not any(map(is_working, shown(stage)))


@hasty
async def test_card_ends_when_an_update_of_it_was_refused(stage: Any) -> None:
    await stage.client.say("wait")
    await stage.connector.next_message()
    stage.connector.fail_next(OrderedFailure(403))
    stage.answers.progress(1, 2)
    await stage.until(lambda: not stage.connector.state.faults)
    await answered(stage)
    assert len(shown(stage)) == 1
    assert not any(map(is_working, shown(stage)))


@hasty
async def test_card_ends_with_an_error_when_the_answer_cannot_be_drawn(stage: Any) -> None:
    await stage.client.say("wait for nonsense")
    await stage.connector.next_message()
    await answered(stage)
    (text,) = shown(stage)
    assert not is_working(text)


@hasty
async def test_card_ends_when_the_bot_stops_while_the_answer_is_delivered(stage: Any) -> None:
    await stage.client.say("wait")
    await stage.connector.next_message()
    stage.connector.fail_next(OrderedFailure(503, retry_after=2))
    stage.answers.gate.set()
    await stage.until(lambda: not stage.connector.state.faults)
    await stage.bot.close(0)
    (text,) = shown(stage)
    assert not is_working(text)


@hasty
async def test_pressed_card_of_a_group_is_left_as_it_is(stage: Any) -> None:
    """The answer is a message of its own there.

    In place of the card, "Working on it" would stay for who pressed.
    """
    members = group(ADA, BEN)
    delivered = await stage.client.press(wants_more("wait"), conversation=members, from_=BEN, reply_to="17")
    assert delivered.card is None
    assert is_working(delivered.body["value"])
