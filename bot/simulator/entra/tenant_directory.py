"""The users who can sign in, the applications, and what tokens can be for.

Plain state; no HTTP, no tokens.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa

from bot.simulator.entra.scopes import RESOURCES, Resource
from bot.simulator.entra.tenants import ANY_ORGANIZATION, Tenants
from bot.simulator.entra.token_refusal import TokenRefusedError

_LOOPBACK = frozenset({"localhost", "127.0.0.1"})


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
class FederatedCredential:
    """Tokens of another issuer that are taken instead of a secret.

    `key` is the public key of that issuer.
    """

    issuer: str
    subject: str
    key: rsa.RSAPublicKey
    audience: str = "api://AzureADTokenExchange"


@dataclass(frozen=True, slots=True)
class AppRegistration:
    """An application.

    A `public` one may use the device-code flow without a secret. `expired`: its secret has expired. `certificates` are
    in PEM.
    """

    app_id: str
    secret: str
    redirect_uris: tuple[str, ...] = ()
    public: bool = False
    name: str = "License usage"
    expired: bool = False
    certificates: tuple[str, ...] = ()
    federated: tuple[FederatedCredential, ...] = ()

    @property
    def identifier_uri(self) -> str:
        """Return its App ID URI, in the form that Teams requires of a bot."""
        return f"api://botid-{self.app_id}"

    def may_redirect_to(self, address: str) -> bool:
        """Return True for a registered address; on this machine the port does not matter.

        https://learn.microsoft.com/en-us/entra/identity-platform/reply-url#localhost-exceptions
        """
        return _without_port(address) in {_without_port(each) for each in self.redirect_uris}


@dataclass(slots=True)
class TenantDirectory:
    """All tenants with their users, all applications, and all resources."""

    users: dict[tuple[str, str], User] = field(default_factory=dict)
    standings: dict[tuple[str, str], SignInConditions] = field(default_factory=dict)
    apps: dict[str, AppRegistration] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=lambda: list(RESOURCES))
    tenants: Tenants = field(default_factory=Tenants)

    def add(self, user: User, standing: SignInConditions | None = None) -> User:
        """Let `user` sign in from now on; their tenant exists then."""
        self.tenants.add(user.tenant_id)
        self.users[user.key] = user
        self.standings[user.key] = standing or SignInConditions()
        return user

    def register(self, app: AppRegistration) -> AppRegistration:
        """Register `app`."""
        self.apps[app.app_id] = app
        return app

    def application(self, app_id: str) -> AppRegistration:
        """Return the application. Raises TokenRefusedError if there is none."""
        app = self.apps.get(app_id.lower())
        if app is None:
            text = f"Application with identifier '{app_id}' was not found in the directory."
            raise TokenRefusedError(400, "unauthorized_client", 700016, text)
        return app

    def standing(self, user: User) -> SignInConditions:
        """Return the session of `user` and what keeps them from a token."""
        return self.standings[user.key]

    def members(self, tenant: str) -> list[User]:
        """Return the users who can sign in at `/{tenant}/`.

        At the common endpoints these are all users.
        """
        return [user for user in self.users.values() if tenant in ANY_ORGANIZATION | {user.tenant_id}]

    def apis(self) -> list[Resource]:
        """Return what tokens can be for: the resources, and the applications themselves."""
        own = [Resource(app.app_id, app.identifier_uri, ("access_as_user",)) for app in self.apps.values()]
        return [*self.resources, *own]


def _without_port(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        return address
    return parts._replace(netloc=parts.hostname).geturl()
