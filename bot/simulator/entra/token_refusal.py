"""How the token endpoint refuses. Pure.

`error`, `suberror` and `claims` are what a client may act on; numbers only say more:
https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
"""

import json
import time
import uuid
from dataclasses import dataclass
from typing import Any

from bot.errors import UsageBotError


@dataclass
class TokenRefusedError(UsageBotError):
    """An OAuth error answer."""

    status: int
    error: str
    code: int
    text: str
    suberror: str | None = None
    claims: str | None = None
    retry_after: int | None = None

    def body(self) -> dict[str, Any]:
        """As the answer carries it."""
        trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
        stamp = time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime())
        ids = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"
        told: dict[str, Any] = {
            "error": self.error,
            "error_description": f"AADSTS{self.code}: {self.text} {ids}",
            "error_codes": [self.code],
            "timestamp": stamp,
            "trace_id": trace,
            "correlation_id": correlation,
        }
        more = {"suberror": self.suberror, "claims": self.claims}
        return told | {name: value for name, value in more.items() if value is not None}


def grant(code: int, text: str, suberror: str | None = None) -> TokenRefusedError:
    """The grant itself is not taken."""
    return TokenRefusedError(400, "invalid_grant", code, text, suberror)


def client(code: int, text: str) -> TokenRefusedError:
    """The application is not who it says."""
    return TokenRefusedError(401, "invalid_client", code, text)


def request(code: int, text: str) -> TokenRefusedError:
    """The request is not well formed."""
    return TokenRefusedError(400, "invalid_request", code, text)


def interaction(code: int, text: str, claims: str) -> TokenRefusedError:
    """The person has to do something first; `claims` goes into their next sign-in."""
    return TokenRefusedError(400, "interaction_required", code, text, suberror="basic_action", claims=claims)


def mfa_claims(policy: str) -> str:
    """The claims challenge of a Conditional Access policy that wants a second factor."""
    return json.dumps({"access_token": {"polids": {"essential": True, "values": [policy]}}}, separators=(",", ":"))
