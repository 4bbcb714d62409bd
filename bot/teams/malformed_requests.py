"""Requests that are not valid HTTP. Depends on aiohttp's server log.

aiohttp answers them itself, with 400, and logs the bytes where it stopped reading. These bytes can contain a token, if
its header is wrapped to two lines or followed by a NUL byte.
"""

import logging

import structlog
from aiohttp.http_exceptions import HttpProcessingError

log = structlog.get_logger(__name__)


def log_without_bytes() -> None:
    """Log malformed requests like other refused requests, without their bytes."""
    logging.getLogger("aiohttp.server").addFilter(_is_harmless)


def _is_harmless(record: logging.LogRecord) -> bool:
    """Return True if aiohttp may log `record` itself."""
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, HttpProcessingError):
        return True
    log.warning("request_refused", status=error.code, reason="the request is no HTTP")
    return False
