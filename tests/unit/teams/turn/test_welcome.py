"""The welcome when both activities of an installation are being read at once."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.errors import DeliveryError
from bot.teams.turn.welcome import Welcome


async def no_name(_incoming: Any) -> str:
    return ""


def turn_that(post: Any) -> Any:
    incoming = SimpleNamespace(conversation_id="19:team", is_personal=False, locale="en-US")
    words = SimpleNamespace(locale="en-US", language="en")
    return SimpleNamespace(incoming=incoming, caller=None, words=words, post=post, sender=None)


async def test_second_activity_posts_the_welcome_that_the_first_could_not_post() -> None:
    held, posted = asyncio.Event(), []

    async def fail(_view: Any) -> str:
        await held.wait()
        raise DeliveryError(500, "refused")

    async def succeed(view: Any) -> str:
        posted.append(view)
        return "1"

    welcome = Welcome(SimpleNamespace(welcome=lambda _caller: "welcome"), no_name)  # type: ignore[arg-type]
    first = asyncio.ensure_future(welcome.post(turn_that(fail)))
    second = asyncio.ensure_future(welcome.post(turn_that(succeed)))
    await asyncio.sleep(0)
    held.set()
    with pytest.raises(DeliveryError):
        await first
    await second
    await welcome.post(turn_that(succeed))
    assert posted == ["welcome"]
