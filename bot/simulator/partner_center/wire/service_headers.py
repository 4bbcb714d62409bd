"""The request and response headers of every Partner Center call.

https://learn.microsoft.com/en-us/partner-center/developer/headers
"""

import base64
import os
import uuid
from collections.abc import Mapping

from bot.simulator.partner_center.wire.service_refusals import REALM, ServiceRefusedError, invalid

# As a recorded session of the service has them: eight digits, and the id of its monitoring.
SERVER = "10200417"
CONTEXT = "appId=cid-v1:5a1b0c1e-7d3f-4c52-9c0b-3f0b0d7c2e11"
IDS = ("MS-RequestId", "MS-CorrelationId")
_JSON = ("application/json", "application/*", "*/*")


def answer_headers(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the headers of an answer.

    The ids that were sent, or new ones; a correlation vector; a server id; a context.
    """
    ids = {name: sent[name] if _is_guid(sent.get(name)) else str(uuid.uuid4()) for name in IDS}
    vector = base64.b64encode(os.urandom(12)).decode()
    return {**ids, "MS-CV": f"{vector}.0", "MS-ServerId": SERVER, "Request-Context": CONTEXT}


def refusal_headers(refusal: ServiceRefusedError) -> dict[str, str]:
    return {"WWW-Authenticate": REALM} if refusal.status == 401 else {}


def check_headers(sent: Mapping[str, str]) -> None:
    """Raise ServiceRefusedError for an invalid id or if JSON is not accepted.

    An id has to be a GUID.
    """
    for name in IDS:
        if name in sent and not _is_guid(sent[name]):
            raise invalid(f"{name} must be a GUID.")
    kinds = [kind.partition(";")[0].strip().lower() for kind in sent.get("Accept", "*/*").split(",")]
    if not any(kind in _JSON for kind in kinds):
        raise ServiceRefusedError(406, "3000", "The response is available as application/json only.")


def _is_guid(text: str | None) -> bool:
    if text is None or len(text) != 36:
        return False
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
