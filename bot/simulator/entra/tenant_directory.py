"""Who can sign in, and which applications are registered. Plain state; knows no HTTP, no tokens."""

from dataclasses import dataclass, field

PARTNER_CENTER = "https://api.partnercenter.microsoft.com"
PARTNER_CENTER_SCOPE = f"{PARTNER_CENTER}/user_impersonation"

# Scopes about the sign-in itself, which need no consent here.
# https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc
OPENID_SCOPES = frozenset({"openid", "profile", "email", "offline_access"})


@dataclass(frozen=True, slots=True)
class User:
    """A person in a tenant. A guest's `home` is the (tenant id, object id) they come from."""

    name: str
    tenant_id: str
    object_id: str
    roles: tuple[str, ...] = ("AdminAgents",)
    home: tuple[str, str] | None = None

    @property
    def key(self) -> tuple[str, str]:
        """(tenant id, object id)."""
        return self.tenant_id, self.object_id

    @property
    def principal_name(self) -> str:
        """What they type to sign in."""
        return f"{self.name.casefold().replace(' ', '.')}@partner.example"


@dataclass(slots=True)
class SignInConditions:
    """What stands between a user and a token; set it as a test or the demo needs.

    `claims` is a claims challenge (JSON text) that only a sign-in which carries it satisfies. `throttled` is the
    Retry-After in seconds. `valid_from` is when the password was changed last (seconds since the epoch): refresh
    tokens from before it are refused.
    """

    consented: bool = True
    admin_consent: bool = False
    mfa: bool = False
    mfa_done: bool = False
    claims: str | None = None
    blocked: bool = False
    throttled: int | None = None
    down: bool = False
    valid_from: float = 0.0


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """An application. `public` ones may use the device-code flow without a secret. `expired`: its secret has."""

    app_id: str
    secret: str
    redirect_uris: tuple[str, ...] = ()
    public: bool = False
    name: str = "License usage"
    expired: bool = False

    @property
    def identifier_uri(self) -> str:
        """Its App ID URI, as Teams wants a bot's."""
        return f"api://botid-{self.app_id}"


@dataclass(slots=True)
class TenantDirectory:
    """Everybody and everything registered, of all tenants."""

    users: dict[tuple[str, str], User] = field(default_factory=dict)
    standings: dict[tuple[str, str], SignInConditions] = field(default_factory=dict)
    apps: dict[str, AppRegistration] = field(default_factory=dict)

    def add(self, user: User, standing: SignInConditions | None = None) -> User:
        """`user` can sign in from now on."""
        self.users[user.key] = user
        self.standings[user.key] = standing or SignInConditions()
        return user

    def register(self, app: AppRegistration) -> AppRegistration:
        """`app` exists from now on."""
        self.apps[app.app_id] = app
        return app

    def standing(self, user: User) -> SignInConditions:
        """What stands between `user` and a token."""
        return self.standings[user.key]

    def members(self, tenant: str) -> list[User]:
        """Who can sign in at `/{tenant}/`: everybody at the common endpoints."""
        return [user for user in self.users.values() if tenant in {user.tenant_id, "common", "organizations"}]
