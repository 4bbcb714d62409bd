"""Forward the log records of DBOS as the bot's log events.

Depends on logging and structlog.
"""

import logging
import time

import structlog

log = structlog.get_logger(__name__)

LONGEST = 200
# DBOS logs these when a stop interrupts a run. They are not reported: the replica that takes over the run continues it.
STOPPED = "Asyncio task cancelled"
STOPPED_TOO = "cannot schedule new futures after"
# Seconds before the same message is logged again: DBOS polls a failing queue several times a second.
SAID = 30.0


class _Forward(logging.Handler):
    """Logs the first line of a record and the type of its exception only.

    The other lines of SQLAlchemy's errors repeat statements and values.
    """

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self._said: dict[str, float] = {}

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().partition("\n")[0][:LONGEST]
        kind, problem = record.exc_info[:2] if record.exc_info else (None, None)
        if message.startswith(STOPPED) or STOPPED_TOO in str(problem) or self._is_known(message):
            return
        report = log.error if record.levelno >= logging.ERROR else log.warning
        report("dbos", message=message, **({"problem": kind.__name__} if kind else {}))

    def _is_known(self, message: str) -> bool:
        now = time.monotonic()
        self._said = {said: at for said, at in self._said.items() if now - at < SAID}
        return self._said.setdefault(message, now) != now


def quiet() -> None:
    """Send the warnings of DBOS to the bot's log.

    By default DBOS writes all its records to its own console handler.
    """
    logger = logging.getLogger("dbos")
    logger.propagate = False
    # DBOS adds a console handler only if its logger has none.
    logger.handlers[:] = [_Forward(logging.WARNING)]
