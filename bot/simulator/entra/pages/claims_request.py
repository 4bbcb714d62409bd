"""What the `claims` of a request demand. Pure.

https://openid.net/specs/openid-connect-core-1_0.html#ClaimsParameter
"""

import json
from typing import Any

_MISSING = object()


def demands_second_factor(claims: str | None) -> bool:
    """Return True if a request demands an access token whose `amr` has "mfa".

    MSAL for Node sends a claims request with every sign-in, which demands nothing.
    """
    demand = _read(claims).get(("access_token", "amr"))
    if not isinstance(demand, dict):
        return False
    values = demand.get("values")
    return "mfa" in [demand.get("value"), *(values if isinstance(values, list) else ())]


def carries(claims: str | None, challenge: str) -> bool:
    """Return True if a request has everything that a claims challenge demands.

    Clients add claims of their own to those of a challenge.
    """
    if claims is None:
        return False
    asked = _read(claims)
    return claims == challenge or all(asked.get(name, _MISSING) == demand for name, demand in _read(challenge).items())


def _read(claims: str | None) -> dict[tuple[str, str], Any]:
    """Return the demand for each claim, by token and name."""
    try:
        asked: Any = json.loads(claims or "{}")
    except (ValueError, RecursionError):
        return {}
    tokens = asked.items() if isinstance(asked, dict) else ()
    named = ((str(token), names) for token, names in tokens if isinstance(names, dict))
    return {(token, str(name)): demand for token, names in named for name, demand in names.items()}
