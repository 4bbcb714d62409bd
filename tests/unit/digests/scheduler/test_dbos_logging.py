"""What DBOS logs reaches the bot's log in one line, once, and without what its errors quote."""

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


def test_an_error_is_told_by_its_kind_alone(said: Any) -> None:
    fail("it failed:\nINSERT INTO secrets VALUES ('secret')", ValueError("secret"))
    assert said == [{"event": "dbos", "log_level": "error", "message": "it failed:", "problem": "ValueError"}]


def test_what_is_said_again_and_again_is_said_once(said: Any) -> None:
    for _ in range(100):
        logging.getLogger("dbos").warning("the queue fails")
    logging.getLogger("dbos").warning("something else")
    assert [each["message"] for each in said] == ["the queue fails", "something else"]


def test_what_a_stop_interrupts_is_no_news(said: Any) -> None:
    fail("Asyncio task cancelled", RuntimeError("x"))
    fail("Exception encountered in asynchronous workflow:", RuntimeError("cannot schedule new futures after shutdown"))
    assert said == []
