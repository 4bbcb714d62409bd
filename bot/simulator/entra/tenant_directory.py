"""The users who can sign in, and the registered applications.

Plain state; no HTTP, no tokens.
"""

from dataclasses import dataclass, field

PARTNER_CENTER = "https://api.partnercenter.microsoft.com"
PARTNER_CENTER_SCOPE = f"{PARTNER_CENTER}/user_impersonation"

# Scopes about the sign-in itself, which need no consent in this simulator.
# https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc
OPENID_SCOPES = frozenset({"openid", "profile", "email", "offline_access"})


@dataclass(frozen=True, slots=True)
class User:
    """A person in a tenant.

    `home` is the (tenant id, object id) that a guest comes from.
    """

    name: str
    tenant_id: str
    object_id: str
    roles: tuple[str, ...] = ("AdminAgents",)
    home: tuple[str, str] | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return (tenant id, object id)."""
        return self.tenant_id, self.object_id

    @property
    def principal_name(self) -> str:
        """Return the name that they type to sign in."""
        return f"{self.name.casefold().replace(' ', '.')}@partner.example"


@dataclass(slots=True)
class SignInConditions:
    """A user's session, and what keeps them from a token; tests and the demo set it.

    `claims` is a claims challenge (JSON text) that only a sign-in which carries it satisfies. `throttled` is the
    Retry-After in seconds. `valid_from` is when the password was changed last (Unix seconds): older refresh tokens are
    refused.

    `mfa`: a policy requires a second factor. `mfa_done`: their session, also that of Teams, had one.
    `factor_registered`: they have one. `factor_elsewhere`: it is checked outside of Entra, by a federated sign-in or
    another product, and leaves no "mfa" in any token.
    """

    consented: bool = True
    admin_consent: bool = False
    mfa: bool = False
    mfa_done: bool = True
    factor_registered: bool = True
    factor_elsewhere: bool = False
    claims: str | None = None
    blocked: bool = False
    throttled: int | None = None
    down: bool = False
    valid_from: float = 0.0

    @property
    def factor_shown(self) -> bool:
        """Return True if the session had a second factor, of whatever kind."""
        return self.mfa_done and self.factor_registered


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """An application.

    A `public` one may use the device-code flow without a secret. `expired`: its secret has expired.
    """

    app_id: str
    secret: str
    redirect_uris: tuple[str, ...] = ()
    public: bool = False
    name: str = "License usage"
    expired: bool = False

    @property
    def identifier_uri(self) -> str:
        """Return its App ID URI, in the form that Teams requires of a bot."""
        return f"api://botid-{self.app_id}"


@dataclass(slots=True)
class TenantDirectory:
    """All users and applications, of all tenants."""

    users: dict[tuple[str, str], User] = field(default_factory=dict)
    standings: dict[tuple[str, str], SignInConditions] = field(default_factory=dict)
    apps: dict[str, AppRegistration] = field(default_factory=dict)

    def add(self, user: User, standing: SignInConditions | None = None) -> User:
        """Let `user` sign in from now on."""
        self.users[user.key] = user
        self.standings[user.key] = standing or SignInConditions()
        return user

    def register(self, app: AppRegistration) -> AppRegistration:
        """Register `app`."""
        self.apps[app.app_id] = app
        return app

    def standing(self, user: User) -> SignInConditions:
        """Return the session of `user` and what keeps them from a token."""
        return self.standings[user.key]

    def members(self, tenant: str) -> list[User]:
        """Return the users who can sign in at `/{tenant}/`.

        At the common endpoints these are all users.
        """
        return [user for user in self.users.values() if tenant in {user.tenant_id, "common", "organizations"}]
