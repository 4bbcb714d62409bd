"""Requests that are no HTTP. Knows aiohttp's server log.

aiohttp answers them itself, with 400, and logs the bytes where it stopped reading: with a token in them, if that stood
in a header on two lines or before a stray NUL.
"""

import logging

import structlog
from aiohttp.http_exceptions import HttpProcessingError

log = structlog.get_logger(__name__)


def hush_server() -> None:
    """From now on such a request is logged as every other that is refused, without a byte of it."""
    logging.getLogger("aiohttp.server").addFilter(_told)


def _told(record: logging.LogRecord) -> bool:
    """Whether aiohttp may log `record` itself."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, HttpProcessingError):
        return True
    log.warning("request_refused", status=error.code, reason="the request is no HTTP")
    return False
