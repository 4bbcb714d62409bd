"""Read the body of a request, whatever it is.

aiohttp's own reader decompresses compressed bodies, fails on bodies that are not compressed as declared, and waits
forever.
"""

import asyncio

from aiohttp import web

from bot.errors import UsageBotError

READ_SECONDS = 10.0


class RequestBodyError(UsageBotError):
    """The body is not read.

    `status` is the HTTP status; `what` ends the sentence "the body …".
    """

    def __init__(self, status: int, what: str) -> None:
        super().__init__(f"the body {what}")
        self.status = status
        self.what = what


def media_type(request: web.Request) -> str:
    """Return what the body is said to be; "" if that is not readable."""
    try:
        return request.content_type
    except (IndexError, AssertionError):  # Python's parser of headers fails on some, such as ";4*", once and again
        return ""


def is_utf8(request: web.Request) -> bool:
    """Return True if the body, of a readable kind, is said to be UTF-8."""
    return bool(media_type(request)) and (request.charset or "utf-8").lower().replace("-", "") == "utf8"


def check_plain(request: web.Request, longest: int) -> None:
    """Check what is said of the body. Raises RequestBodyError 415 and 413."""
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise RequestBodyError(415, "is compressed")
    if (request.content_length or 0) > longest:
        raise RequestBodyError(413, "is too large")


async def request_body(request: web.Request, longest: int, seconds: float = READ_SECONDS) -> bytes:
    """Return the body as received, of at most `longest` bytes.

    Raises RequestBodyError 413, 408 and 400.
    """
    content = request.content
    if content.is_eof() and content.exception() is None:  # usually the body has arrived already
        whole = content.read_nowait()
        _check_length(whole, longest)
        return whole
    body = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for chunk in content.iter_any():
                body += chunk
                _check_length(body, longest)
    except TimeoutError:
        raise RequestBodyError(408, "does not come to an end") from None
    except (web.RequestPayloadError, ConnectionError):
        raise RequestBodyError(400, "breaks off") from None
    return bytes(body)


def _check_length(body: bytes | bytearray, longest: int) -> None:
    if len(body) > longest:
        raise RequestBodyError(413, "is too large")
