"""Tests of what the other tests rely on: a database that is used again is as new."""

from typing import Any

import psycopg
import pytest

MADE = "INSERT INTO records (kind, key, version, value) VALUES ('kind', 'key', 1, 'value')"


def do(url: str, statement: str) -> list[Any]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        done = connection.execute(statement)
        return done.fetchall() if done.description else []


def test_rows_and_schemas_of_a_test_are_gone_in_the_next(emptied_databases: Any) -> None:
    with emptied_databases.lent() as url:
        do(url, MADE)
        do(url, "CREATE SCHEMA dbos CREATE TABLE runs (id int)")
    with emptied_databases.lent() as again:
        assert again == url
        assert do(again, "SELECT * FROM records") == []
        assert do(again, "SELECT * FROM pg_namespace WHERE nspname = 'dbos'") == []


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE records ADD COLUMN more int",
        "DROP INDEX ix_records_expires",
        "CREATE TABLE more (id int)",
        "GRANT SELECT ON records TO public",
        "UPDATE usagebot_version SET version_num = 'another'",
    ],
)
def test_database_with_another_change_is_not_used_again(emptied_databases: Any, change: str) -> None:
    with emptied_databases.lent() as url:
        do(url, change)
    with emptied_databases.lent() as another:
        assert another != url
