"""What the addresses of the API have in common.

They take one method, and parts of an address are read in one way.
"""

import uuid
from collections.abc import Callable

from aiohttp import web

from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.refusal_answers import refusals
from bot.simulator.partner_center.request_handling import Answer, RequestHandling
from bot.simulator.partner_center.wire.call_limit import CallLimit
from bot.simulator.partner_center.wire.link_forms import in_form, with_skip
from bot.simulator.partner_center.wire.service_refusals import ServiceRefusedError, invalid

# The syntax line of a report on licenses has one of these prefixes, its example the other.
PREFIXES = ("/partner/v1", "/v1")


def add_route(
    app: web.Application,
    path: str,
    service: RequestHandling,
    answer: Answer,
    *,
    app_only: bool = False,
    limit: CallLimit | None = None,
) -> None:
    """Add an address that answers GET. Any other method is refused."""

    async def only_get(request: web.Request) -> web.StreamResponse:
        service.note(request)
        refusal = ServiceRefusedError(405, "1000", f"The method {request.method[:20]} is not supported here; use GET.")
        refused = refusals(request.headers).refused(refusal)
        refused.headers["Allow"] = "GET"
        return refused

    app.router.add_get(path, service.handler(answer, app_only=app_only, limit=limit), allow_head=False)
    app.router.add_route("*", path, only_get)


def commercial_paths(report: str) -> tuple[str, ...]:
    """Return the addresses of a report on licenses.

    They have either prefix, with and without a slash at the end.
    """
    return tuple(f"{prefix}/analytics/commercial/{report}{slash}" for prefix in PREFIXES for slash in ("", "/"))


def next_link(request: web.Request, top: int, conduct: Conduct) -> Callable[[int], str]:
    """Return what makes the link to the page that begins at a row number."""
    return lambda skip: in_form(with_skip(str(request.url), top, skip), conduct.links)


def customer_id(request: web.Request) -> str:
    """Return the customer's id in the path.

    Raises ServiceRefusedError 400 if it is no GUID or a parameter is sent.
    """
    if request.rel_url.query:
        raise invalid("This report takes no parameters.")
    text = request.match_info["customer_id"]
    try:
        customer = uuid.UUID(text)
    except ValueError:
        customer = None
    if customer is None or str(customer) != text.lower():
        raise invalid("The customer id must be a GUID.")
    return text


def of_own_customer(body: bytes | None) -> bytes:
    """Return the body.

    Raises ServiceRefusedError 403 if there is none: the customer is not this partner's.
    """
    if body is None:
        raise ServiceRefusedError(403, "20002", "The partner has no commerce relationship with this customer.")
    return body
