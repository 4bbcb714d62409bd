"""The error answers of the token endpoint. Pure.

Clients may act on `error`, `suberror` and `claims`; the numbers are for information:
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
        """Return the JSON of the answer."""
        trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
        stamp = time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime())
        ids = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {stamp}"
        answer: dict[str, Any] = {
            "error": self.error,
            "error_description": f"AADSTS{self.code}: {self.text} {ids}",
            "error_codes": [self.code],
            "timestamp": stamp,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": f"https://login.microsoftonline.com/error?code={self.code}",
        }
        more = {"suberror": self.suberror, "claims": self.claims}
        return answer | {name: value for name, value in more.items() if value is not None}


def grant(code: int, text: str, suberror: str | None = None) -> TokenRefusedError:
    """Return the error for a grant that is refused."""
    return TokenRefusedError(400, "invalid_grant", code, text, suberror)


def client(code: int, text: str) -> TokenRefusedError:
    """Return the error for an application that cannot be authenticated."""
    return TokenRefusedError(401, "invalid_client", code, text)


def request(code: int, text: str) -> TokenRefusedError:
    """Return the error for a malformed request."""
    return TokenRefusedError(400, "invalid_request", code, text)


def interaction(code: int, text: str, claims: str) -> TokenRefusedError:
    """Return the error for a person who has to do something first.

    `claims` is sent with their next sign-in.
    """
    return TokenRefusedError(400, "interaction_required", code, text, suberror="basic_action", claims=claims)


def mfa_claims(policy: str) -> str:
    """Return the claims challenge of a policy that requires a second factor.

    The policy is one of Conditional Access.
    """
    return json.dumps({"access_token": {"polids": {"essential": True, "values": [policy]}}}, separators=(",", ":"))
