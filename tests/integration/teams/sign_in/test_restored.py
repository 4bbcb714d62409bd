"""A person who signed out stays signed out when an older database is restored."""

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest


def copied(source: Path, target: Path) -> None:
    """Copy a database as `sqlite3 .backup` does."""
    with sqlite3.connect(source) as opened, sqlite3.connect(target) as copy:
        opened.backup(copy)
    opened.close()
    copy.close()


def restored(folder: Path) -> None:
    """Put the backup in the place of the database."""
    for file in folder.glob("bot.db*"):
        file.unlink()
    copied(folder / "backup.db", folder / "bot.db")


@pytest.mark.parametrize("set_after", [True, False])
async def test_sign_out_outlasts_a_restore_with_the_setting(
    stage: Any, read: Any, tmp_path: Path, set_after: bool
) -> None:
    _, spoken = read
    await stage.signed_in()
    copied(tmp_path / "bot.db", tmp_path / "backup.db")
    await stage.say("sign out")
    assert "deleted your sign-in" in spoken(await stage.heard())
    await stage.bots.pop().close()
    restored(tmp_path)
    await stage.another_bot(sign_ins_after=time.time() if set_after else 0.0)
    await stage.say("usage on Exchange")
    if set_after:
        await stage.exchange(await stage.offered())
    assert "Exchange" in spoken(await stage.heard())
