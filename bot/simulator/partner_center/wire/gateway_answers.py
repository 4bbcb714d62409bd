"""The error answers of a gateway before the service. Pure.

Microsoft's newer APIs answer `{"error":{"code","message"}}`, with `request-id` and `client-request-id` in place of the
service's ids: https://learn.microsoft.com/en-us/graph/errors
A gateway can check tokens, addresses and rates. Customers, roles and the rule of a second factor are the service's.
"""

import uuid
from collections.abc import Mapping
from typing import Any

_CODES = {401: "InvalidAuthenticationToken", 403: "Forbidden", 404: "ResourceNotFound", 429: "TooManyRequests"}
# The service's codes for what a gateway would find first.
FOUND_FIRST = frozenset({"400", "800001", "900420", "900308", "900329", "1000"})


def gateway_headers(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an answer; `client-request-id` is repeated if it was sent."""
    request_id = str(uuid.uuid4())
    return {"request-id": request_id, "client-request-id": sent.get("client-request-id", request_id)}


def gateway_body(status: int, message: str) -> dict[str, Any]:
    """Return the JSON of an answer."""
    return {"error": {"code": _CODES.get(status, "UnknownError"), "message": message}}
