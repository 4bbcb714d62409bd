"""Names and answers in memory end with their time, also when no one asks again."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.app import answering
from bot.app.answering import AnsweringParts, expiring


class Expiring:
    """Something that expires; `expired` is set when it is called for the second time."""

    def __init__(self) -> None:
        self.calls = 0
        self.expired = asyncio.Event()

    def expire(self) -> None:
        self.calls += 1
        if self.calls > 1:
            self.expired.set()


async def test_names_and_answers_expire_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SWEEP", 0.001)
    directories, recent = Expiring(), Expiring()
    services: Any = SimpleNamespace(directories=directories, recent=recent)
    dispatcher: Any = object()
    async with expiring(AnsweringParts(dispatcher, services)) as answers:
        await directories.expired.wait()
        await recent.expired.wait()
    assert answers is dispatcher
