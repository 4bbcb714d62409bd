"""What a browser posts to the callback, as far as Entra could have sent it. Knows aiohttp's requests."""

import asyncio
from urllib.parse import parse_qsl

from aiohttp import web

from bot.errors import UsageBotError

LARGEST = 64 * 1024  # bytes of Entra's answer; a code has about two thousand
READ_SECONDS = 10.0


class CallbackFormError(UsageBotError):
    """The body is nothing that Entra would send."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def posted(request: web.Request) -> bytes:
    """The form as it came. Raises NotPostedError.

    aiohttp's own reading unpacks what is compressed, fails where it is not, and waits for ever.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        raise CallbackFormError(400, "what was posted is no form")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise CallbackFormError(415, "what was posted is compressed")
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > LARGEST:
                    raise CallbackFormError(413, "what was posted is too large")
    except TimeoutError:
        raise CallbackFormError(408, "what was posted does not come to an end") from None
    except (web.RequestPayloadError, ConnectionError):
        raise CallbackFormError(400, "what was posted breaks off") from None
    return bytes(body)


def form(body: bytes) -> dict[str, str]:
    """The fields of a posted form; none for what is no form. aiohttp's own reader fails on a wrong charset."""
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=20))
    except ValueError:
        return {}
