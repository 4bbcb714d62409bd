"""The messages for the operator when the database fails; they hold no values."""

import sqlite3
from typing import Any

import psycopg.errors
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.store.database.operator_messages import FULL, explain

SECRET = "refresh token"


def wrapped(cause: Any) -> DBAPIError:
    return OperationalError("INSERT INTO records", {"value": SECRET}, cause)


def sqlite_error(code: int, name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError(SECRET)
    error.sqlite_errorcode, error.sqlite_errorname = code, name
    return error


@pytest.mark.parametrize(
    ("cause", "message"),
    [
        (sqlite_error(13, "SQLITE_FULL"), FULL),
        (sqlite_error(10 | 19 << 8, "SQLITE_IOERR_SHMSIZE"), "the disk failed, or is full"),
        (sqlite_error(5 | 2 << 8, "SQLITE_BUSY_SNAPSHOT"), "another process keeps it locked"),
        (sqlite_error(18, "SQLITE_TOOBIG"), "OperationalError, SQLITE_TOOBIG"),
        (psycopg.errors.DiskFull(SECRET), FULL),
        (psycopg.errors.InvalidPassword(SECRET), "it refuses the password"),
        (psycopg.errors.DivisionByZero(SECRET), "OperationalError, 22012"),
        (ValueError(SECRET), "OperationalError"),
    ],
)
def test_message_has_no_values_when_the_code_is_known_or_unknown(cause: Any, message: str) -> None:
    assert explain(wrapped(cause)) == message


def test_message_says_what_to_check_when_the_server_is_not_reached() -> None:
    assert "check host, port, user" in explain(wrapped(psycopg.OperationalError(SECRET)))


def test_message_is_the_class_when_the_error_has_no_code() -> None:
    assert explain(ConnectionRefusedError(SECRET)) == "ConnectionRefusedError"
