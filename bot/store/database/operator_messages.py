"""Messages for the operator about errors of the database. Pure.

The text of an exception may hold values, and values are secrets, so only its code is read.
https://www.sqlite.org/rescode.html https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from typing import Any

FULL = "the disk is full; make room where the database is, and everything goes on"

LACKS_A_RIGHT = "the user lacks a right"
_TABLES = "its tables are not those of this release"

_SQLITE = {
    1: _TABLES,
    5: "another process keeps it locked",
    8: "it may only be read",
    10: "the disk failed, or is full",
    11: "the file is damaged",
    13: FULL,
    14: "the file cannot be opened",
    26: "the file is no SQLite database",
}
_POSTGRES = {
    "25006": "it may only be read",
    "28000": "it refuses the user",
    "28P01": "it refuses the password",
    "3D000": "there is no such database",
    "40P01": "two transactions waited for each other",
    "42703": _TABLES,
    "42P01": _TABLES,
    "42501": LACKS_A_RIGHT,
    "53100": FULL,
    "53300": "it has too many connections",
    "57P01": "the server is shutting down",
    "57P03": "the server is starting",
}


# The database ended a transaction so that others continue: a deadlock, or a conflict.
_VICTIMS = frozenset({"40P01", "40001"})


def is_victim(error: BaseException) -> bool:
    """Return True if the transaction can be run again as it was."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) in _VICTIMS


def explain(error: BaseException) -> str:
    """Return a message without values.

    For an unknown code, the class of the error and the code.
    """
    cause: Any = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(code, int):
        # The low byte is the error, the higher bytes say which variety of it.
        return _SQLITE.get(code & 0xFF, f"{type(error).__name__}, {cause.sqlite_errorname}")
    state = getattr(cause, "sqlstate", "")
    if state is None:  # the connection failed before PostgreSQL sent a code
        return "the server does not answer, or does not let the bot in: check host, port, user, password and name"
    if state:
        return _POSTGRES.get(state, f"{type(error).__name__}, {state}")
    return type(error).__name__
