"""What a sign-in has to satisfy, as a claims request. Pure.

https://learn.microsoft.com/en-us/entra/identity-platform/claims-challenge
https://openid.net/specs/openid-connect-core-1_0.html#IndividualClaimsRequests
"""

import json
from collections.abc import Mapping
from typing import Any

from bot.errors import ClaimsRequiredError, MfaRequiredError, NotSignedInError

# Partner Center accepts a token only if its `amr` contains "mfa"; this asks Entra for such a token.
# https://learn.microsoft.com/en-us/partner-center/developer/partner-center-authentication
SECOND_FACTOR = '{"access_token":{"amr":{"essential":true,"values":["mfa"]}}}'

RECENTLY = 300.0  # seconds; a demand that comes later is a new one


def met_in_vain(wanted: str | None, asked: str, seconds_ago: float) -> bool:
    """Return True if a sign-in for `wanted` does not help after one for `asked`.

    `wanted` None is the second factor: it does not come with another sign-in, however long ago the last one was. Claims
    that a service demands do not help right after a sign-in that carried them; later, the demand is a new one. A moment
    since when older sign-ins count no more is in each demand another one, so it is not compared.
    """
    if wanted is None:
        return asked == SECOND_FACTOR
    return seconds_ago < RECENTLY and bool(asked) and _timeless(wanted) == _timeless(asked)


def claims_of(error: NotSignedInError | MfaRequiredError) -> str | None:
    """Return the claims that the sign-in after `error` has to carry, None if none."""
    if isinstance(error, MfaRequiredError):
        return SECOND_FACTOR
    return error.claims if isinstance(error, ClaimsRequiredError) else None


def _timeless(claims: str) -> Any:
    """Return what is requested, without its moments; what is no claims request as it is."""
    try:
        asked: Any = json.loads(claims)
    except (ValueError, RecursionError):
        return claims
    if not isinstance(asked, dict):
        return claims
    return {
        token: {name: _without_moment(demand) for name, demand in names.items()} if isinstance(names, dict) else names
        for token, names in asked.items()
    }


def _without_moment(demand: Any) -> Any:
    """Return the demand of one claim, its value without the digits of a moment."""
    if not isinstance(demand, Mapping):
        return demand
    return {name: "" if name == "value" and str(value).isdigit() else value for name, value in demand.items()}
