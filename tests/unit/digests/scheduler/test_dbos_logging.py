"""What DBOS logs is in the bot's log in one line, once, and without quoted values."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.digests.scheduler.dbos_logging import quiet


@pytest.fixture
def said() -> Iterator[Any]:
    logger = logging.getLogger("dbos")
    before = logger.handlers[:], logger.propagate
    quiet()
    with capture_logs() as logs:
        yield logs
    logger.handlers[:], logger.propagate = before


def fail(message: str, error: Exception) -> None:
    logging.getLogger("dbos").error(message, exc_info=error)


def test_error_is_logged_with_its_type_only(said: Any) -> None:
    fail("it failed:\nINSERT INTO secrets VALUES ('secret')", ValueError("secret"))
    assert said == [{"event": "dbos", "log_level": "error", "message": "it failed:", "problem": "ValueError"}]


def test_message_is_logged_once_when_it_is_repeated(said: Any) -> None:
    for _ in range(100):
        logging.getLogger("dbos").warning("the queue fails")
    logging.getLogger("dbos").warning("something else")
    assert [each["message"] for each in said] == ["the queue fails", "something else"]


def test_nothing_is_logged_when_a_stop_interrupts_a_run(said: Any) -> None:
    fail("Asyncio task cancelled", RuntimeError("x"))
    fail("Exception encountered in asynchronous workflow:", RuntimeError("cannot schedule new futures after shutdown"))
    assert said == []
