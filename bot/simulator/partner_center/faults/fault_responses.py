"""Answers that replace the report: throttled, failed, refused.

Uses aiohttp's Response only.
"""

from base64 import b64encode

from aiohttp import web

from bot.simulator.partner_center.faults.fault_types import Challenge, Fail, Refuse, Throttle
from bot.simulator.partner_center.refusal_answers import CHALLENGE, RefusalAnswers
from bot.simulator.partner_center.wire.service_headers import refusal_headers
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError

_PAGE = "<html><head><title>{0}</title></head><body><h1>{0} Service Unavailable</h1></body></html>"


def answer_in_place(fault: Throttle | Fail | Refuse | Challenge, answers: RefusalAnswers) -> web.Response:
    """Return the answer that the fault describes."""
    match fault:
        case Throttle():
            return answers.throttled(fault.retry_after, as_date=fault.as_date)
        case Fail():
            return _failed(fault, answers)
        case Refuse():
            return _refused(fault, answers)
        case Challenge():
            return _challenged(fault, answers)


def _challenged(fault: Challenge, answers: RefusalAnswers) -> web.Response:
    claims = b64encode(fault.claims.encode()).decode()
    told = {"WWW-Authenticate": f'{CHALLENGE}, error="insufficient_claims", claims="{claims}"'}
    message = "The token does not satisfy a claims challenge."
    if answers.by_gateway:
        return answers.gateway(fault.status, message, told)
    return answers.service(fault.status, {"error": {"code": "InsufficientClaims", "message": message}}, told)


def _failed(fault: Fail, answers: RefusalAnswers) -> web.Response:
    extra = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if fault.status == 500:
        content = ServiceRefusedError(500, "800003", "An unexpected service error occurred.").body()
        return answers.service(500, content, extra)
    page, headers = _PAGE.format(fault.status), {**answers.headers, **extra}
    return web.Response(status=fault.status, text=page, content_type="text/html", headers=headers)


def _refused(fault: Refuse, answers: RefusalAnswers) -> web.Response:
    refusal = ServiceRefusedError(
        fault.status, fault.code, f"A fault of the simulator refuses this request ({fault.code})."
    )
    extra = refusal_headers(refusal)
    code = int(fault.code) if fault.code.isascii() and fault.code.isdigit() else 0
    match fault.body:
        case "gateway":
            return answers.gateway(fault.status, refusal.description)
        case "page":
            return answers.page(fault.status)
        case "text" | "empty":
            text = refusal.description if fault.body == "text" else None
            return web.Response(status=fault.status, text=text, headers={**answers.headers, **extra})
        case "documented" | "number" | "error":
            contents = {
                "documented": refusal.body(),
                "number": refusal.body() | {"code": code},
                "error": {"error": refusal.description},
            }
            return answers.service(fault.status, contents[fault.body], extra)
