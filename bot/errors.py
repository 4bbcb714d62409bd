"""The errors that this program raises on purpose, as one tree.

    UsageBotError
    ├── SettingsError            a setting is missing or wrong
    ├── AddressInUseError        a port is taken
    ├── PackageError             the app package for Teams cannot be made
    ├── GalleryError             a card or language is unknown, or pictures cannot be made
    ├── FilterError              filter text that the API would refuse, with the position
    ├── NotInReportError         a question about a report that has no workloads names one
    ├── TooManyStepsError        a sentence takes too much work to be read
    ├── ZoneError                this machine has no time zone of that name
    ├── ExportTooLargeError      an answer has more rows, or its file more bytes, than one file may have
    ├── NotSignedInError         there is no token for this person
    │   ├── ConsentRequiredError     the person or an administrator has not consented to the bot's permissions
    │   └── ClaimsRequiredError      the next sign-in has to carry a claims challenge
    ├── EntraError               Entra issued no token for a person
    │   ├── EntraDownError           it cannot be reached, failed, or wants us to wait
    │   ├── EntraRefusedError        it will not issue a token for this person
    │   └── EntraMisconfiguredError  it does not accept the bot: the operator has to mend it
    ├── StoreError               the database failed or refused an operation
    ├── DeliveryError            the Bot Connector did not take an activity
    │   └── NotSentError             it was certainly not posted
    │       ├── NoTokenError             there is no token to send anything with
    │       └── PlaceRefusedError        the bot may not, or cannot, post to this conversation
    └── PartnerCenterError       Partner Center did not answer the request; holds the correlation id
        ├── TokenRefusedError        401: the token was refused twice
        ├── MfaRequiredError         401 900421 / 10001: the token carries no MFA claim
        ├── ClaimsChallengeError     401 and 403 insufficient_claims: another sign-in with these claims
        │   └── StillChallengedError     the same again, right after a sign-in with these claims
        ├── FactorNotPassedOnError   no MFA claim, after a sign-in that was asked for it
        ├── AccessDeniedError        403 without a code that says more
        │   ├── NotYourCustomerError     403 20002
        │   ├── RoleMissingError         403 900150 / 900308
        │   ├── ConditionalAccessError   403 900309
        │   └── AppOnlyRefusedError      403 900329 / 401 800001
        ├── GatewayRefusedError      403 of a gateway, which is not Partner Center's
        ├── EndpointMissingError     404: this service has no such report
        │   └── PageNotFoundError        404 with a web server's page for people
        ├── BadRequestError          400: the request was refused
        ├── ThrottledError           429, and the wait is longer than the deadline allows
        ├── ServiceDownError         5xx, connection refused or lost, after the retries
        ├── DeadlineError            no complete answer within the time allowed
        └── BadAnswerError           an answer that the API's documents do not describe
            ├── IncompleteAnswerError    a page of the answer cannot be had
            └── TooManyRowsError         its rows contradict each other, and are too many to be compared

Codes: https://learn.microsoft.com/en-us/partner-center/developer/error-codes
This module imports nothing. The messages are for the operator's log; the texts that users read are in cards/locales.
"""


class UsageBotError(Exception):
    """The root of the tree."""


class SettingsError(UsageBotError):
    """A setting is missing or wrong; `problem` also says how to mend it."""

    def __init__(self, setting: str, problem: str) -> None:
        super().__init__(f"{setting}: {problem}")
        self.setting = setting
        self.problem = problem


class AddressInUseError(UsageBotError):
    """Another program already listens on this host and port."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Port {port} on {host} is taken by another program.")
        self.host, self.port = host, port


class PackageError(UsageBotError):
    """The app package cannot be made: a file is missing, damaged or not writable."""


class GalleryError(UsageBotError):
    """The gallery has no such card or language, or its pictures cannot be made."""


class FilterError(UsageBotError):
    """Filter text that the API would refuse at character `position`, from 0.

    `found` is the text at that position ("" at the end), `expected` what would be accepted there.
    """

    def __init__(self, position: int, found: str, expected: tuple[str, ...]) -> None:
        super().__init__(f"at {position}: found {found!r}, expected {' or '.join(expected)}")
        self.position, self.found, self.expected = position, found, expected


class NotInReportError(UsageBotError):
    """A question about sold licenses names a workload, which their report has not."""


class TooManyStepsError(UsageBotError):
    """A sentence takes too much work to be read."""


class ZoneError(UsageBotError):
    """No time zone of that name is known to this machine."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"no time zone is called {zone[:80]!r} on this machine")
        self.zone = zone


class ExportTooLargeError(UsageBotError):
    """The answer has more rows, or its file more bytes, than one file may have."""


class NotSignedInError(UsageBotError):
    """There is no token for this person: they have to sign in."""


class ConsentRequiredError(NotSignedInError):
    """Consent is missing; `admin`: only an administrator can give it."""

    def __init__(self, *, admin: bool) -> None:
        super().__init__(f"{'' if admin else 'the person or '}an administrator has to consent")
        self.admin = admin


class ClaimsRequiredError(NotSignedInError):
    """The next sign-in has to carry `claims`, a challenge's JSON text."""

    def __init__(self, claims: str | None) -> None:
        super().__init__("the sign-in has to satisfy a claims challenge")
        self.claims = claims


class EntraError(UsageBotError):
    """Entra issued no token. `code` is its AADSTS code, `retry_after` in seconds."""

    def __init__(self, problem: str, code: str | None = None, retry_after: float | None = None) -> None:
        super().__init__(problem + (f" ({code})" if code else ""))
        self.code = code
        self.retry_after = retry_after


class EntraDownError(EntraError):
    """Entra cannot be reached, failed, or asks the bot to wait."""


class EntraRefusedError(EntraError):
    """Entra refuses this person: Conditional Access, or not assigned to the app."""


class EntraMisconfiguredError(EntraError):
    """Entra does not accept the bot: wrong secret, audience or scope."""


class StoreError(UsageBotError):
    """The database failed or refused an operation."""


class DeliveryError(UsageBotError):
    """The Bot Connector did not take an activity.

    `status` is the HTTP status, None if no answer arrived; then it is unknown whether the activity was posted, unless
    this is a NotSentError. `retry_after` is in seconds. `code` is the connector's own error code, "" if it gave none.
    """

    def __init__(self, status: int | None, problem: str, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(f"connector answered {status}: {problem}" if status else problem)
        self.status = status
        self.retry_after = retry_after
        self.code = code

    @property
    def may_be_there(self) -> bool:
        """Whether the activity may have been posted nevertheless."""
        return self.status is None and not isinstance(self, NotSentError)

    @property
    def is_passing(self) -> bool:
        """Whether the activity was certainly not posted, and may be later."""
        was_not_sent = isinstance(self, NotSentError) and not isinstance(self, PlaceRefusedError)
        return was_not_sent or self.status in {412, 429, 502, 503, 504}


class NotSentError(DeliveryError):
    """The activity was certainly not posted, so it may be sent again."""


class NoTokenError(NotSentError):
    """The bot has no token to authenticate the request with."""


class PlaceRefusedError(NotSentError):
    """The bot may not, or cannot, post here. No token was sent to the address."""


class PartnerCenterError(UsageBotError):
    """Partner Center did not answer the request."""

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
        """Return what may be logged. The message may repeat the user's question."""
        return f"{type(self).__name__}(status={self.status}, code={self.code}, correlation_id={self.correlation_id})"


class TokenRefusedError(PartnerCenterError):
    """401, also with a fresh token."""


class MfaRequiredError(PartnerCenterError):
    """The token was issued without multifactor authentication."""


class ClaimsChallengeError(PartnerCenterError):
    """Partner Center asks for a sign-in that satisfies `claims`, as JSON."""

    claims = ""


class StillChallengedError(ClaimsChallengeError):
    """The same right after such a sign-in; `demand` says in a line what is asked."""

    demand = ""


class FactorNotPassedOnError(PartnerCenterError):
    """The person showed a second factor, and their token still has none."""


class AccessDeniedError(PartnerCenterError):
    """403 with a code that says no more."""


class NotYourCustomerError(AccessDeniedError):
    """The partner has no commerce relationship with the customer."""


class RoleMissingError(AccessDeniedError):
    """The person's role in Partner Center does not allow this report."""


class ConditionalAccessError(AccessDeniedError):
    """A Conditional Access policy blocks the person's access to the report."""


class AppOnlyRefusedError(AccessDeniedError):
    """The report needs App+User authentication."""


class GatewayRefusedError(PartnerCenterError):
    """A gateway refused the request before it reached Partner Center."""


class EndpointMissingError(PartnerCenterError):
    """The report does not exist at this address."""


class PageNotFoundError(EndpointMissingError):
    """A web server's page says 404; nothing is known about the report."""


class BadRequestError(PartnerCenterError):
    """The service refused the request as malformed."""


class ThrottledError(PartnerCenterError):
    """The service asks to wait `retry_after` seconds, past the deadline."""


class ServiceDownError(PartnerCenterError):
    """The service or the connection to it failed, also after the retries."""


class DeadlineError(PartnerCenterError):
    """No complete answer arrived within the time allowed."""


class BadAnswerError(PartnerCenterError):
    """An answer that the API's documents do not describe."""


class IncompleteAnswerError(BadAnswerError):
    """A page of the answer cannot be had, neither by its link nor by `skip`."""


class TooManyRowsError(BadAnswerError):
    """Too many rows that are repeated or of several days, and have to be compared."""
