"""Grants that were issued but not redeemed: codes, refresh tokens, device codes.

Plain state; no HTTP.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.simulator.entra.tenant_directory import User

CODE_SECONDS = 600
DEVICE_SECONDS = 900
REQUEST_SECONDS = 900
INTERVAL = 5  # seconds between two polls for a device code


@dataclass(frozen=True, slots=True)
class AuthorizeRequest:
    """An application's request to the authorize endpoint."""

    tenant: str
    app_id: str
    redirect_uri: str
    response_mode: str
    scope: tuple[str, ...]
    state: str
    challenge: str
    method: str
    nonce: str | None
    claims: str | None
    prompt: str | None
    login_hint: str | None
    until: float


@dataclass(slots=True)
class AuthorizationCode:
    """An authorization code; a second use of a `spent` one is a replay."""

    asked: AuthorizeRequest
    user: User
    mfa: bool
    until: float
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Refresh:
    """The meaning of a refresh token."""

    user: User
    app_id: str
    scope: tuple[str, ...]
    mfa: bool
    issued: float


@dataclass(slots=True)
class Device:
    """A device-code sign-in that is in progress."""

    app_id: str
    tenant: str
    scope: tuple[str, ...]
    user_code: str
    until: float
    claims: str | None = None
    user: User | None = None
    mfa: bool = False
    declined: bool = False


@dataclass(slots=True)
class Grants:
    """All outstanding grants, and the browsers that are signed in.

    `clock` returns Unix seconds. `interval` is the number of seconds between two polls for a device code.
    """

    clock: Callable[[], float]
    interval: int = INTERVAL
    requests: dict[str, AuthorizeRequest] = field(default_factory=dict)
    codes: dict[str, AuthorizationCode] = field(default_factory=dict)
    refreshes: dict[str, Refresh] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)
    sessions: dict[str, User] = field(default_factory=dict)

    def ask(self, asked: AuthorizeRequest) -> str:
        """Store a request while its page is open, and return its id."""
        key = secrets.token_urlsafe(16)
        self.requests[key] = asked
        return key

    def code(self, asked: AuthorizeRequest, user: User, *, mfa: bool) -> str:
        """Return a new authorization code."""
        key = f"1.{secrets.token_urlsafe(48)}"
        self.codes[key] = AuthorizationCode(asked, user, mfa, self.clock() + CODE_SECONDS)
        return key

    def session(self, user: User) -> str:
        """Return the cookie of a browser in which `user` has signed in."""
        key = secrets.token_urlsafe(32)
        self.sessions[key] = user
        return key

    def refresh(self, user: User, app_id: str, scope: tuple[str, ...], *, mfa: bool) -> str:
        """Return a new refresh token."""
        key = f"1.{secrets.token_urlsafe(64)}"
        self.refreshes[key] = Refresh(user, app_id, scope, mfa, self.clock())
        return key

    def device(self, app_id: str, tenant: str, scope: tuple[str, ...], claims: str | None = None) -> tuple[str, Device]:
        """Return a new device code and its sign-in."""
        key = secrets.token_urlsafe(48)
        user_code = "".join(secrets.choice("BCDFGHJKLMNPQRSTVWXYZ") for _ in range(9))
        device = self.devices[key] = Device(app_id, tenant, scope, user_code, self.clock() + DEVICE_SECONDS, claims)
        return key, device

    def device_of(self, user_code: str) -> Device | None:
        """Return the sign-in in progress that shows `user_code`; None if there is none."""
        typed = user_code.replace("-", "").strip().upper()
        found = (device for device in self.devices.values() if device.user_code == typed)
        return next((device for device in found if device.until > self.clock()), None)


def matches(asked: AuthorizeRequest, verifier: str) -> bool:
    """Verify the PKCE challenge of a request; without one there must be no verifier.

    https://www.rfc-editor.org/rfc/rfc7636#section-4.6
    """
    if asked.method != "S256":
        return hmac.compare_digest(verifier.encode(), asked.challenge.encode())
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"="), asked.challenge.encode())
