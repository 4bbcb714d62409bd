"""What has been granted and not been redeemed: codes, refresh tokens, device codes. Plain state; knows no HTTP."""

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


@dataclass(frozen=True, slots=True)
class AuthorizeRequest:
    """What an application asked the authorize endpoint for."""

    tenant: str
    app_id: str
    redirect_uri: str
    response_mode: str
    scope: tuple[str, ...]
    state: str
    challenge: str
    nonce: str | None
    claims: str | None
    prompt: str | None
    login_hint: str | None
    until: float


@dataclass(slots=True)
class AuthorizationCode:
    """An authorization code; `spent` ones betray a replay."""

    asked: AuthorizeRequest
    user: User
    mfa: bool
    until: float
    spent: bool = False


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh token's meaning."""

    user: User
    app_id: str
    mfa: bool
    issued: float


@dataclass(slots=True)
class Device:
    """A device-code sign-in under way."""

    app_id: str
    tenant: str
    scope: tuple[str, ...]
    user_code: str
    until: float
    user: User | None = None
    declined: bool = False


@dataclass(slots=True)
class Grants:
    """Everything that is outstanding. `clock` gives seconds since the epoch."""

    clock: Callable[[], float]
    requests: dict[str, AuthorizeRequest] = field(default_factory=dict)
    codes: dict[str, AuthorizationCode] = field(default_factory=dict)
    refreshes: dict[str, Refresh] = field(default_factory=dict)
    devices: dict[str, Device] = field(default_factory=dict)

    def ask(self, asked: AuthorizeRequest) -> str:
        """Remember a request while its page is open; its id."""
        key = secrets.token_urlsafe(16)
        self.requests[key] = asked
        return key

    def code(self, asked: AuthorizeRequest, user: User, *, mfa: bool) -> str:
        """A new authorization code."""
        key = f"1.{secrets.token_urlsafe(48)}"
        self.codes[key] = AuthorizationCode(asked, user, mfa, self.clock() + CODE_SECONDS)
        return key

    def refresh(self, user: User, app_id: str, *, mfa: bool) -> str:
        """A new refresh token."""
        key = f"1.{secrets.token_urlsafe(64)}"
        self.refreshes[key] = Refresh(user, app_id, mfa, self.clock())
        return key

    def device(self, app_id: str, tenant: str, scope: tuple[str, ...]) -> tuple[str, Device]:
        """A new device code and what it stands for."""
        key = secrets.token_urlsafe(48)
        user_code = "".join(secrets.choice("BCDFGHJKLMNPQRSTVWXYZ") for _ in range(9))
        device = self.devices[key] = Device(app_id, tenant, scope, user_code, self.clock() + DEVICE_SECONDS)
        return key, device

    def device_of(self, user_code: str) -> Device | None:
        """The sign-in under way that shows `user_code`."""
        typed = user_code.replace("-", "").strip().upper()
        found = (device for device in self.devices.values() if device.user_code == typed)
        return next((device for device in found if device.until > self.clock()), None)


def matches(challenge: str, verifier: str) -> bool:
    """PKCE, method S256: https://www.rfc-editor.org/rfc/rfc7636#section-4.6"""
    digest = hashlib.sha256(verifier.encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)
