"""Attacks on the bot by what an attacker writes into the rows of the queue.

DBOS reads each value as its row says, and one of the ways is pickle, which runs what a text names. The bot reads JSON.
"""

import base64
import os
import pickle
import time
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOSPortableJSONSerializer
from dbos._serialization import deserialize_args, deserialize_exception, deserialize_value
from sqlalchemy import text

from bot.digests.scheduler.dbos_pickles import refuse_pickles
from tests.integration.digests.scheduler.test_lost_runs import LATER
from tests.integration.digests.scheduler.test_lost_runs import _claim as claim


class Trap:
    """An object that makes a folder when it is read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    return tmp_path / "caught"


def caught(trap: Path) -> bool:
    return trap.exists()


def pickled(trap: Path) -> str:
    return base64.b64encode(pickle.dumps(Trap(trap))).decode()


@pytest.mark.parametrize("read", [deserialize_args, deserialize_exception, deserialize_value])
def test_pickle_is_never_read_whatever_a_row_says(read: Any, trap: Path) -> None:
    refuse_pickles()
    with pytest.raises(TypeError, match="JSON only"):
        read(pickled(trap), "py_pickle", DBOSPortableJSONSerializer())
    assert not caught(trap)


async def test_run_whose_row_is_a_pickle_runs_no_code_and_holds_up_no_other(scene: Any, trap: Path) -> None:
    async with scene.engine():
        pass  # creates the queue's tables
    await scene.digest(due=time.time() + LATER)
    await claim(scene, {"serialization": "py_pickle"})
    schema = "" if scene.store.sync_url.startswith("sqlite") else "dbos."
    poison = text(f"UPDATE {schema}workflow_input SET inputs = :value")
    await scene.store.digests._database.write(lambda each: each.execute(poison, {"value": pickled(trap)}).close())
    async with scene.engine():
        await scene.digest(1)
        await scene.come_to("sent", 2)
        await scene.come_to("sent", 1)  # it was enqueued anew
    assert not caught(trap)
