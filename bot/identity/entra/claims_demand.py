"""What a sign-in has to satisfy, as a claims request. Pure.

https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
https://openid.net/specs/openid-connect-core-1_0.html#IndividualClaimsRequests
"""

import json
from typing import Any

# Partner Center accepts a token only if its `amr` contains "mfa"; this asks Entra for such a token.
# https://learn.microsoft.com/en-us/partner-center/developer/partner-center-authentication
SECOND_FACTOR = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'

RECENTLY = 900.0  # seconds


def met_in_vain(wanted: str, asked: str, seconds_ago: float) -> bool:
    """Return True if a sign-in for `wanted` does not help after one for `asked`.

    The same request does not help twice. One for the same claims with other values may: such a request can hold the
    moment since when older sign-ins count no more. It does not help if the sign-in has just ended.
    """
    if not asked:
        return False
    return wanted == asked or (seconds_ago < RECENTLY and bool(_names(wanted)) and _names(wanted) == _names(asked))


def _names(claims: str) -> set[tuple[str, str]]:
    """Return the claims that are requested, each with the token that has to hold it."""
    try:
        asked: Any = json.loads(claims)
    except (ValueError, RecursionError):
        return set()
    tokens = asked.items() if isinstance(asked, dict) else ()
    return {(str(token), str(name)) for token, names in tokens if isinstance(names, dict) for name in names}
