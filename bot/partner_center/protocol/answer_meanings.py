"""Which status and code means what: one table. Pure.

Codes are those of https://learn.microsoft.com/en-us/partner-center/developer/error-codes and of the announcements on
multifactor authentication. A code of a refusal decides before the status: some gateways answer a refusal of access with
404, and a refusal must not look as if the report did not exist.
"""

from dataclasses import dataclass

from bot.errors import (
    AccessDeniedError,
    AppOnlyRefusedError,
    BadAnswerError,
    BadRequestError,
    ConditionalAccessError,
    EndpointMissingError,
    MfaRequiredError,
    NotYourCustomerError,
    PartnerCenterError,
    RoleMissingError,
    ServiceDownError,
    ThrottledError,
    TokenRefusedError,
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A row of the table.

    It fits an answer with one of `statuses`, with `code` (None: any code or none; "": no code), and with `words` in the
    casefolded description (None: any description).
    """

    statuses: range
    code: str | None
    words: str | None
    error: type[PartnerCenterError]

    def fits(self, status: int, code: str | None, words: str) -> bool:
        """Return True if an answer has this meaning, unless an earlier row fits too."""
        return (
            status in self.statuses
            and (self.code is None or self.code == (code or ""))
            and (self.words is None or self.words in words)
        )


def _status(status: int) -> range:
    return range(status, status + 1)


_REFUSED = range(400, 500)

# The first row that fits is the meaning.
MEANINGS: tuple[Meaning, ...] = (
    Meaning(_REFUSED, "900421", None, MfaRequiredError),  # the token lacks the MFA claim
    Meaning(_REFUSED, "10001", None, MfaRequiredError),  # the same, in older answers
    Meaning(_REFUSED, "800001", None, AppOnlyRefusedError),  # no partner token in the request: App+User is needed
    Meaning(_REFUSED, "900329", None, AppOnlyRefusedError),
    Meaning(_REFUSED, "20002", None, NotYourCustomerError),  # no commerce relationship
    Meaning(_REFUSED, "60003", None, NotYourCustomerError),  # no such tenant
    Meaning(_REFUSED, "900150", None, RoleMissingError),
    Meaning(_REFUSED, "900308", None, RoleMissingError),
    Meaning(_REFUSED, "900309", None, ConditionalAccessError),
    Meaning(_REFUSED, "2032", None, AccessDeniedError),
    Meaning(_REFUSED, "90000", None, AccessDeniedError),  # Entra refused Partner Center a token
    Meaning(_REFUSED, "900420", None, TokenRefusedError),  # a token for another audience
    # Errors sent as plain text without a code: https://github.com/microsoft/Partner-Center-SDK-Samples/issues/35
    Meaning(_REFUSED, None, "mfa required", MfaRequiredError),
    Meaning(_REFUSED, None, "supplied role does not have the rights", RoleMissingError),
    Meaning(_status(404), None, "access denied", AccessDeniedError),
    Meaning(_status(404), None, "unauthorized", AccessDeniedError),
    Meaning(_status(404), None, "not authorized", AccessDeniedError),
    Meaning(_status(401), None, None, TokenRefusedError),
    Meaning(_status(403), None, None, AccessDeniedError),
    # Only these say that the report does not exist.
    Meaning(_status(404), "1000", None, EndpointMissingError),
    Meaning(_status(404), "404", None, EndpointMissingError),
    Meaning(_status(404), "NotFound", None, EndpointMissingError),
    Meaning(_status(404), "ResourceNotFound", None, EndpointMissingError),
    Meaning(_status(404), "", None, EndpointMissingError),
    Meaning(_status(410), None, None, EndpointMissingError),
    Meaning(_status(408), None, None, ServiceDownError),
    Meaning(_status(429), None, None, ThrottledError),
    Meaning(_REFUSED, None, None, BadRequestError),
    Meaning(range(500, 1000), None, None, ServiceDownError),
    # A redirect is not followed, because the token is only for this host. 204 and 206 do not carry all rows either.
    Meaning(range(1000), None, None, BadAnswerError),
)

# Codes that only Partner Center writes.
CODES = frozenset(each.code for each in MEANINGS if each.code)


def meaning_of(status: int, code: str | None, description: str) -> type[PartnerCenterError]:
    """Return the error that an answer other than 200 means."""
    words = description.casefold()
    return next((each.error for each in MEANINGS if each.fits(status, code, words)), BadAnswerError)
