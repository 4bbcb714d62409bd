"""Two processes get the two activities of an installation: one welcome is posted."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.simulator.connector import ADA, personal
from bot.simulator.connector.inbound_activity import as_installation, as_members_added
from bot.simulator.connector.rate_limits import OrderedFailure

READER = replace(ADA, locale="nl-NL")
HERE = personal(READER)


def unnamed(stage: Any) -> dict[str, Any]:
    """Return the activity without a language."""
    return as_members_added(stage.bot.client.new("conversationUpdate", HERE, READER), HERE)


def named(stage: Any, action: str = "add") -> dict[str, Any]:
    """Return the activity with the language of the person."""
    return as_installation(stage.bot.client.new("installationUpdate", HERE, READER), action)


def shown(stage: Any) -> list[str]:
    return [each["summary"] for each in stage.connector.state.shown(HERE.id)]


def sent(stage: Any) -> list[Any]:
    return [each for each in stage.connector.transcript.messages if each.kind == "sent"]


@pytest.fixture
async def bots(stage: Any) -> Any:
    stage.connector.state.join(HERE)
    return stage.bot, await stage.another_bot()


async def test_installation_is_greeted_once_in_its_language(stage: Any, bots: Any) -> None:
    for number in range(6):
        first, second = bots if number % 2 else bots[::-1]
        await asyncio.gather(first.client.post(unnamed(stage)), second.client.post(named(stage)))
        await stage.quiet()
        assert len(sent(stage)) == number + 1
        assert shown(stage)[-1].startswith("Hallo")
        await first.client.post(named(stage, "remove"))


@pytest.mark.parametrize("order", [1, -1])
async def test_language_of_the_later_activity_is_that_of_the_welcome(order: int, stage: Any, bots: Any) -> None:
    activities = [unnamed(stage), named(stage)][::order]
    for bot, activity in zip(bots, activities, strict=True):
        await bot.client.post(activity)
    (text,) = shown(stage)
    assert text.startswith("Hallo")


async def test_other_process_posts_the_welcome_that_the_first_could_not_post(stage: Any, bots: Any) -> None:
    stage.connector.fail_next(OrderedFailure(403))
    for bot in bots:
        await bot.client.post(named(stage))
    assert len(shown(stage)) == 1


async def test_conversation_is_greeted_again_after_the_bot_was_removed(stage: Any, bots: Any) -> None:
    first, second = bots
    await first.client.post(named(stage))
    await second.client.post(named(stage, "remove"))
    await first.client.post(named(stage))
    assert len(sent(stage)) == 2
