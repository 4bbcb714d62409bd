"""Everything this program raises on purpose. Knows nothing else.

    UsageBotError
    ├── SettingsError            a setting is missing or wrong
    ├── AddressInUseError        a port is taken
    ├── PackageError             the app package for Teams cannot be made
    ├── FilterError              filter text that the API would refuse, with the position
    ├── ZoneError                a time zone of that name is not known here
    ├── NotSignedInError         there is no token for this person
    │   ├── ConsentRequiredError     they, or an administrator, have not agreed to what the bot asks for
    │   └── ClaimsRequiredError      the next sign-in has to carry a claims challenge
    ├── EntraError               Entra gave no token for a person
    │   ├── EntraDownError           it cannot be reached, failed, or wants us to wait
    │   ├── EntraRefusedError        it will not give this person one
    │   └── EntraMisconfiguredError  it does not accept the bot: a matter for the operator
    ├── StoreError               the database did not do what it was asked
    ├── DeliveryError            the Bot Connector did not take an activity
    │   └── NotSentError             it was certainly not posted
    │       ├── NoTokenError             there is no token to send anything with
    │       └── PlaceRefusedError        the bot may not, or cannot, talk there
    └── PartnerCenterError       Partner Center did not answer the question; carries the correlation id
        ├── TokenRefusedError        401: the token was refused twice
        ├── MfaRequiredError         401 900421 / 10001: the token carries no MFA claim
        ├── AccessDeniedError        403: no more is known
        │   ├── NotYourCustomerError     403 20002
        │   ├── RoleMissingError         403 900150 / 900308
        │   ├── ConditionalAccessError   403 900309
        │   └── AppOnlyRefusedError      403 900329 / 401 800001
        ├── EndpointMissingError     404: this report does not exist here
        ├── BadRequestError          400: the question was refused
        ├── ThrottledError           429, longer than the deadline allows to wait
        ├── ServiceDownError         5xx, connection refused or lost, after the retries
        ├── DeadlineError            no complete answer within the time allowed
        └── BadAnswerError           an answer that is not what the documents describe

Codes: https://learn.microsoft.com/en-us/partner-center/developer/error-codes
What a person reads about each is in cards/locales, chosen by the handlers; messages here are for the operator's log.
"""


class UsageBotError(Exception):
    """The root of the tree."""


class SettingsError(UsageBotError):
    """A setting is missing or wrong: names the setting and the way out."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting = setting
        self.problem = problem


class AddressInUseError(UsageBotError):
    """Another program listens there already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} on {host} is taken by another program.")
        self.host = host
        self.port = port


class PackageError(UsageBotError):
    """The app package for Teams cannot be made: a file is missing, damaged, or cannot be written."""


class FilterError(UsageBotError):
    """Filter text that the API would refuse.

    `position` is a 0-based character offset into the filter text, `found` what stands there ("" at the end),
    `expected` what would work.
    """

    def __init__(self, position: int, found: str, expected: tuple[str, ...]) -> None:
        super().__init__(f"at {position}: found {found!r}, expected {' or '.join(expected)}")
        self.position = position
        self.found = found
        self.expected = expected


class ZoneError(UsageBotError):
    """No time zone of that name is known here: the machine's data lacks it, or it never was one."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"no time zone is called {zone[:80]!r} here")
        self.zone = zone


class NotSignedInError(UsageBotError):
    """There is no token for this person: they have to sign in."""


class ConsentRequiredError(NotSignedInError):
    """Nobody has agreed yet that the bot may ask for this person; `admin`: only an administrator can."""

    def __init__(self, *, admin: bool) -> None:
        super().__init__(
            "an administrator has to consent" if admin else "the person or an administrator has to consent"
        )
        self.admin = admin


class ClaimsRequiredError(NotSignedInError):
    """The person has to sign in again, with `claims` (JSON text) in the request: a second factor, a fresh sign-in."""

    def __init__(self, claims: str | None) -> None:
        super().__init__("the sign-in has to satisfy a claims challenge")
        self.claims = claims


class EntraError(UsageBotError):
    """Entra gave no token for a person. `code` is its AADSTS code, where there is one."""

    def __init__(self, problem: str, code: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(problem + (f" ({code})" if code else ""))
        self.code = code
        self.retry_after = retry_after


class EntraDownError(EntraError):
    """Entra cannot be reached, failed, or wants us to wait `retry_after` seconds: nothing the person can mend."""


class EntraRefusedError(EntraError):
    """Entra will not give this person a token, whatever they do here: Conditional Access, no assignment."""


class EntraMisconfiguredError(EntraError):
    """Entra does not accept the bot: wrong secret, audience, scope. A matter for the operator."""


class StoreError(UsageBotError):
    """The database did not do what it was asked."""


class DeliveryError(UsageBotError):
    """The Bot Connector did not take an activity. `status` is None where no answer came: unless this is a
    NotSentError, nobody knows whether it was posted. `code` is the connector's own ("" where it gives none).
    """

    def __init__(self, status: int | None, problem: str, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(f"connector answered {status}: {problem}" if status else problem)
        self.status = status
        self.retry_after = retry_after
        self.code = code


class NotSentError(DeliveryError):
    """Nothing was posted, because no request was made or no connection came about: it may be repeated."""


class NoTokenError(NotSentError):
    """There is no token to send anything with."""


class PlaceRefusedError(NotSentError):
    """The place is not one the bot may talk to, or its description cannot be read. No token went there."""


class PartnerCenterError(UsageBotError):
    """Partner Center did not answer the question."""

    def __init__(
        self,
        problem: str,
        *,
        status: int | None = None,
        code: str | None = None,
        correlation_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.status = status
        self.code = code
        self.correlation_id = correlation_id
        self.retry_after = retry_after

    def __repr__(self) -> str:
        """What gets into logs: the service may repeat in its answer what somebody asked, so not the message."""
        return f"{type(self).__name__}(status={self.status}, code={self.code}, correlation_id={self.correlation_id})"


class TokenRefusedError(PartnerCenterError):
    """401 with a fresh token too."""


class MfaRequiredError(PartnerCenterError):
    """The token was issued without multifactor authentication."""


class AccessDeniedError(PartnerCenterError):
    """403 with a code that says no more."""


class NotYourCustomerError(AccessDeniedError):
    """The partner has no commerce relationship with the customer."""


class RoleMissingError(AccessDeniedError):
    """The person's role in Partner Center does not allow this report."""


class ConditionalAccessError(AccessDeniedError):
    """A Conditional Access policy blocks the person here."""


class AppOnlyRefusedError(AccessDeniedError):
    """The report needs App+User authentication."""


class EndpointMissingError(PartnerCenterError):
    """The report does not exist at this address."""


class BadRequestError(PartnerCenterError):
    """The question was refused as malformed."""


class ThrottledError(PartnerCenterError):
    """Asked to wait longer than the deadline allows; `retry_after` in seconds."""


class ServiceDownError(PartnerCenterError):
    """The service failed, or the connection did, after the retries."""


class DeadlineError(PartnerCenterError):
    """No complete answer within the time allowed."""


class BadAnswerError(PartnerCenterError):
    """An answer that is not what the documents describe."""
