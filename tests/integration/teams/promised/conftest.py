"""A process that can be killed in the middle of an answer."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.app.web_app import BOT
from bot.simulator.partner_center import FAULTS
from bot.simulator.partner_center.faults.fault_types import Slow
from bot.store import OpenTurns
from tests.integration.teams.sign_in.conftest import SECONDS, Stage, free_port, open_stage
from tests.integration.teams.sign_in.started_process import Process


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def process(stage: Stage) -> AsyncIterator[Process]:
    """Return a process that is not started yet, and shows its progress at once."""
    made = Process(stage, free_port(), hasty=True, digests=False)
    yield made
    await made.close()


@dataclass
class OpenTurnRows:
    """The promised answers in the database of a stage.

    They are read with the connections of its bot. With others in this process, what a killed one has written was
    not found. It may be that SQLite loses its locks.
    """

    stage: Stage

    @property
    def _turns(self) -> OpenTurns:
        interrupted = self.stage.bot.app[BOT]._interrupted
        assert interrupted is not None
        return interrupted._promised._turns

    async def cards(self) -> list[str]:
        return [turn.card for turn in await self._turns.lapsed(float("inf"), 99)]

    async def lapse(self) -> None:
        """Let a minute pass since the last sign of their processes."""
        await self._turns.extend([turn.key for turn in await self._turns.lapsed(float("inf"), 99)], 1.0)

    async def until(self, cards: int) -> None:
        """Wait until so many cards are noted."""
        async with asyncio.timeout(SECONDS):
            while len([each for each in await self.cards() if each]) != cards:  # noqa: ASYNC110
                await asyncio.sleep(0.02)


@pytest.fixture
def rows(stage: Stage) -> OpenTurnRows:
    return OpenTurnRows(stage)


@pytest.fixture
async def signed_in(stage: Stage) -> None:
    """Sign Ada in, before anything is slow: else her sign-in waits for the names."""
    await stage.signed_in()


@pytest.fixture
def slow(stage: Stage) -> Any:
    """Let Partner Center answer nothing; return the function that ends this."""
    stage.partner_center[FAULTS].add(Slow(times=None))

    def over() -> None:
        stage.partner_center[FAULTS].clear()
        stage.held.over.set()

    return over
