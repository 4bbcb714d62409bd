"""The error answers of one request.

They are written as the service, a gateway before it or a web server writes them.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from typing import Any

import msgspec
from aiohttp import web

from bot.simulator.partner_center.wire.gateway_answers import FOUND_FIRST, gateway_body, gateway_headers
from bot.simulator.partner_center.wire.human_pages import PAGE_HEADERS, human_page
from bot.simulator.partner_center.wire.service_headers import answer_headers, refusal_headers
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError
from bot.simulator.partner_center.world.response_bodies import error_body

JSON = "application/json; charset=utf-8"
AUTHORIZE = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"
CHALLENGE = f'Bearer realm="", authorization_uri="{AUTHORIZE}"'


@dataclass(frozen=True, slots=True)
class RefusalAnswers:
    """Writes the errors of one request.

    `sent` are its headers. `by_gateway`: what a gateway can know is answered by one. `headers` are those of the
    service's answers.
    """

    sent: Mapping[str, str]
    headers: Mapping[str, str]
    by_gateway: bool = False

    def refused(self, refusal: ServiceRefusedError) -> web.Response:
        """Return the refusal as the documents describe it, or as a gateway would."""
        if self.by_gateway and refusal.code in FOUND_FIRST:
            return self.gateway(refusal.status, refusal.description)
        return self.service(refusal.status, refusal.body(), refusal_headers(refusal))

    def service(self, status: int, content: Mapping[str, Any], extra: Mapping[str, str]) -> web.Response:
        """Return an answer of the service with this JSON."""
        headers = {**self.headers, **extra, "Content-Type": JSON}
        return web.Response(status=status, body=error_body(content), headers=headers)

    def gateway(self, status: int, message: str, extra: Mapping[str, str] | None = None) -> web.Response:
        """Return an answer of a gateway."""
        asked = {"WWW-Authenticate": CHALLENGE} if status == 401 else {}
        headers = {**gateway_headers(self.sent), **asked, **(extra or {}), "Content-Type": JSON}
        return web.Response(status=status, body=msgspec.json.encode(gateway_body(status, message)), headers=headers)

    def throttled(self, wait: int | None, *, as_date: bool = False) -> web.Response:
        """Return the 429 of the guidance.

        `wait` None omits Retry-After, which may be a date.
        https://learn.microsoft.com/en-us/partner-center/developer/api-throttling-guidance
        """
        message = f"Rate limit is exceeded. Try again {'later' if wait is None else f'in {wait} seconds'}."
        told = {}
        if wait is not None:
            told["Retry-After"] = formatdate(time.time() + wait, usegmt=True) if as_date else str(wait)
        if self.by_gateway:
            return self.gateway(429, message, told)
        return self.service(429, {"statusCode": 429, "message": message}, told)

    def page(self, status: int) -> web.Response:
        """Return the page that a web server shows to people."""
        return web.Response(status=status, text=human_page(status), content_type="text/html", headers=PAGE_HEADERS)


def refusals(sent: Mapping[str, str], *, by_gateway: bool = False) -> RefusalAnswers:
    """Return what writes the errors of a request with these headers."""
    return RefusalAnswers(sent, answer_headers(sent), by_gateway)
