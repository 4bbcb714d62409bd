"""Tests of databases that cannot be opened or written, or are another program's."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest


async def test_check_leaves_no_record_behind(clinic: Any, tmp_path: Path) -> None:
    assert (await clinic.examine())["database"].state == "ok"
    with sqlite3.connect(tmp_path / "bot.db") as opened:
        assert opened.execute("select count(*) from records").fetchone() == (0,)
    opened.close()


@pytest.mark.parametrize(
    "url",
    [
        "not a url",
        "mysql://u:p@127.0.0.1/x",
        "sqlite+aiosqlite:////proc/nowhere/bot.db",
        "sqlite+aiosqlite:////",
        "postgresql+psycopg://u:p@127.0.0.1:9/bot",
        "sqlite+aiosqlite:///nul\0.db",
        "postgresql+psycopg://[::1]:port/bot",
    ],
)
async def test_database_that_cannot_be_opened_is_reported(clinic: Any, url: str) -> None:
    found = (await clinic.examine(database=url))["database"]
    assert found.state == "failed"
    assert found.mend


async def test_file_that_is_not_a_database_is_reported(clinic: Any, tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_bytes(b"nothing of the kind" * 1000)
    assert (await clinic.examine())["database"].state == "failed"


async def test_tables_of_another_version_are_reported(clinic: Any, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bot.db") as opened:
        opened.execute("create table records (kind text, key text)")
    opened.close()
    found = (await clinic.examine())["database"]
    assert found.state == "failed"
    assert "tables" in found.mend


async def test_tables_of_an_older_release_are_not_changed(clinic: Any, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "bot.db") as opened:
        opened.execute("create table records (kind text, key text, version int, value blob, expires float)")
    opened.close()
    found = (await clinic.examine())["database"]
    assert (found.state, "older release" in found.what) == ("warning", True)
    with sqlite3.connect(tmp_path / "bot.db") as opened:
        assert opened.execute("select name from sqlite_master where type = 'table'").fetchall() == [("records",)]
    opened.close()
