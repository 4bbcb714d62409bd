"""Read the form that a browser posts to the callback.

Nothing is read that exceeds the limits of what Entra sends.
Depends on aiohttp's requests.
"""

import asyncio
from urllib.parse import parse_qsl

from aiohttp import web

from bot.errors import UsageBotError

LARGEST = 64 * 1024  # bytes of Entra's answer; a code has about two thousand
READ_SECONDS = 10.0


class CallbackFormError(UsageBotError):
    """The body cannot have been sent by Entra."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def posted(request: web.Request) -> bytes:
    """Return the form's bytes as received. Raises CallbackFormError.

    aiohttp's own reader decompresses compressed bodies, fails on bodies that are not compressed as declared, and waits
    forever.
    """
    try:
        kind = request.content_type
    except IndexError:  # Python's parser of headers fails on some, such as ";4*"
        kind = ""
    if kind != "application/x-www-form-urlencoded":
        raise CallbackFormError(400, "the posted body is not a form")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise CallbackFormError(415, "the posted body is compressed")
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST:
                    raise CallbackFormError(413, "the posted body is too large")
    except TimeoutError:
        raise CallbackFormError(408, "the posted body did not end in time") from None
    except (web.RequestPayloadError, ConnectionError):
        raise CallbackFormError(400, "the posted body is incomplete") from None
    return bytes(body)


def form(body: bytes) -> dict[str, str]:
    """Return the fields of a posted form.

    {} if it is not a form. aiohttp's own reader fails on a wrong charset.
    """
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=20))
    except ValueError:
        return {}
