"""What DBOS logs, as events of ours. Knows logging and structlog."""

import logging
import time

import structlog

log = structlog.get_logger(__name__)

LONGEST = 200
# Runs that were interrupted by a stop, which is no news: whoever takes them up goes on.
STOPPED = "Asyncio task cancelled"
STOPPED_TOO = "cannot schedule new futures after"
# Seconds until the same is said again: a queue that fails is asked several times a second.
SAID = 30.0


class _Forward(logging.Handler):
    """The first line only, and an exception's kind: further on SQLAlchemy's errors repeat statements and values."""

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
    """Have warnings of DBOS in the log of the bot, instead of everything on its own console."""
    logger = logging.getLogger("dbos")
    logger.propagate = False
    # DBOS adds a console only where there is no handler yet.
    logger.handlers[:] = [_Forward(logging.WARNING)]
