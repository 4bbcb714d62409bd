"""What DBOS logs, as events of ours. Knows logging and structlog."""

import logging

import structlog

log = structlog.get_logger(__name__)

LONGEST = 200
# A run that was interrupted by a stop, which is no news.
STOPPED = "Asyncio task cancelled"


class _Forward(logging.Handler):
    """The first line only, and an exception's kind: further on SQLAlchemy's errors repeat statements and values."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage().partition("\n")[0][:LONGEST]
        if message.startswith(STOPPED):
            return
        kind = record.exc_info[0] if record.exc_info else None
        report = log.error if record.levelno >= logging.ERROR else log.warning
        report("dbos", message=message, **({"problem": kind.__name__} if kind else {}))


def quiet() -> None:
    """Have warnings of DBOS in the log of the bot, instead of everything on its own console."""
    logger = logging.getLogger("dbos")
    logger.propagate = False
    # DBOS adds a console only where there is no handler yet.
    logger.handlers[:] = [_Forward(logging.WARNING)]
