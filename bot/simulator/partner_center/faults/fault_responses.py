"""Answers that replace the report: throttled, failed, refused.

Uses aiohttp's Response only.
"""

import time
from base64 import b64encode
from collections.abc import Mapping
from email.utils import formatdate
from typing import Any

from aiohttp import web

from bot.simulator.partner_center.faults.fault_types import Challenge, Fail, Refuse, Throttle
from bot.simulator.partner_center.faults.faulty_delivery import JSON
from bot.simulator.partner_center.wire.service_headers import refusal_headers
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError
from bot.simulator.partner_center.world.response_bodies import error_body

AUTHORIZE = "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"
_PAGE = "<html><head><title>{0}</title></head><body><h1>{0} Service Unavailable</h1></body></html>"


def answer_in_place(fault: Throttle | Fail | Refuse | Challenge, headers: Mapping[str, str]) -> web.Response:
    """Return the answer that the fault describes."""
    match fault:
        case Throttle():
            return _throttled(fault, headers)
        case Fail():
            return _failed(fault, headers)
        case Refuse():
            return _refused(fault, headers)
        case Challenge():
            return _challenged(fault, headers)


def _challenged(fault: Challenge, headers: Mapping[str, str]) -> web.Response:
    claims = b64encode(fault.claims.encode()).decode()
    challenge = f'Bearer realm="", authorization_uri="{AUTHORIZE}", error="insufficient_claims", claims="{claims}"'
    content = {"error": {"code": "InsufficientClaims", "message": "The token does not satisfy a claims challenge."}}
    return _json(fault.status, content, {**headers, "WWW-Authenticate": challenge})


def _throttled(fault: Throttle, headers: Mapping[str, str]) -> web.Response:
    wait = fault.retry_after
    advice = "Try again later." if wait is None else f"Try again in {wait} seconds."
    content = {"statusCode": 429, "message": f"Rate limit is exceeded. {advice}"}
    extra = {}
    if wait is not None:
        extra["Retry-After"] = formatdate(time.time() + wait, usegmt=True) if fault.as_date else str(wait)
    return _json(429, content, {**headers, **extra})


def _failed(fault: Fail, headers: Mapping[str, str]) -> web.Response:
    extra = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.status == 500:
        content = ServiceRefusedError(500, "800003", "An unexpected service error occurred.").body()
        return _json(500, content, {**headers, **extra})
    page = _PAGE.format(fault.status)
    return web.Response(status=fault.status, text=page, content_type="text/html", headers={**headers, **extra})


def _refused(fault: Refuse, headers: Mapping[str, str]) -> web.Response:
    refusal = ServiceRefusedError(
        fault.status, fault.code, f"A fault of the simulator refuses this request ({fault.code})."
    )
    headers = {**headers, **refusal_headers(refusal)}
    match fault.body:
        case "documented":
            return _json(fault.status, refusal.body(), headers)
        case "number":
            code = int(fault.code) if fault.code.isascii() and fault.code.isdigit() else 0
            return _json(fault.status, refusal.body() | {"code": code}, headers)
        case "error":
            return _json(fault.status, {"error": refusal.description}, headers)
        case "text":
            return web.Response(status=fault.status, text=refusal.description, headers=headers)
        case "empty":
            return web.Response(status=fault.status, headers=headers)


def _json(status: int, content: dict[str, Any], headers: Mapping[str, str]) -> web.Response:
    return web.Response(status=status, body=error_body(content), headers={**headers, "Content-Type": JSON})
