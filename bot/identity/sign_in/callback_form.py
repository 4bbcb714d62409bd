"""Read the form that a browser posts to the callback.

Nothing is read that exceeds the limits of what Entra sends.
Depends on aiohttp's requests.
"""

from urllib.parse import parse_qsl

from aiohttp import web

from bot.errors import UsageBotError
from bot.incoming.request_body import RequestBodyError, check_plain, media_type, request_body

LARGEST = 64 * 1024  # bytes of Entra's answer; a code has about two thousand


class CallbackFormError(UsageBotError):
    """The body cannot have been sent by Entra."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


async def posted(request: web.Request) -> bytes:
    """Return the form's bytes as received. Raises CallbackFormError."""
    if media_type(request) != "application/x-www-form-urlencoded":
        raise CallbackFormError(400, "the posted body is not a form")
    try:
        check_plain(request, LARGEST)
        return await request_body(request, LARGEST)
    except RequestBodyError as error:
        raise CallbackFormError(error.status, f"the posted body {error.what}") from None


def form(body: bytes) -> dict[str, str]:
    """Return the fields of a posted form.

    {} if it is not a form. aiohttp's own reader fails on a wrong charset.
    """
    try:
        return dict(parse_qsl(body.decode(), max_num_fields=20))
    except ValueError:
        return {}
