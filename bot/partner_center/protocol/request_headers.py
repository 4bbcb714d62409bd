"""The headers of a request. Pure: the ids are arguments.

https://learn.microsoft.com/en-us/partner-center/developer/headers
"""

import re
from dataclasses import dataclass

from bot.errors import TokenRefusedError

APPLICATION = "license-usage-bot"
DEFAULT_LOCALE = "en-US"

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CorrelationIds:
    """Two GUIDs.

    `request` is kept when a request is repeated because no answer came, and is new after an answer. `correlation` is
    the same for all attempts of one call; Microsoft's support asks for it.
    """

    request: str
    correlation: str


def headers(token: str, ids: CorrelationIds, locale: str) -> dict[str, str]:
    """Return the headers of a request.

    `ValidateMfa` requests a response header that says whether the token carries the MFA claim. `MS-Contract-Version` is
    omitted, as in the page's own examples and in Microsoft's client library: its value is not documented clearly.
    Raises TokenRefusedError when the token has characters that are not allowed in a header.
    """
    if not (token and token.isascii() and token.isprintable()):
        raise TokenRefusedError("the token has characters that no header can carry", correlation_id=ids.correlation)
    return {
        "Authorization": f"Bearer {token}",
        "Accept": "application/json",
        "MS-RequestId": ids.request,
        "MS-CorrelationId": ids.correlation,
        "X-Locale": locale if _LOCALE.fullmatch(locale) else DEFAULT_LOCALE,
        "MS-PartnerCenter-Application": APPLICATION,
        "ValidateMfa": "true",
    }
