"""The resources that tokens are for, and how a `scope` names them. Pure.

https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.simulator.entra.token_refusal import TokenRefusedError, request

DEFAULT = ".default"

# Scopes about the sign-in itself, which need no consent in this simulator.
OPENID_SCOPES = frozenset({"openid", "profile", "email", "offline_access"})


@dataclass(frozen=True, slots=True)
class Resource:
    """An API: it is named by its URI or by its application id."""

    app_id: str
    uri: str
    scopes: tuple[str, ...] = ()

    def is_named(self, name: str) -> bool:
        """Return True for its id or its URI, in any case, also with one more slash."""
        return name.lower().removesuffix("/") in {self.app_id, self.uri.lower()}


PARTNER_CENTER = Resource(
    "fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd", "https://api.partnercenter.microsoft.com", ("user_impersonation",)
)
GRAPH = Resource(
    "00000003-0000-0000-c000-000000000000",
    "https://graph.microsoft.com",
    ("User.Read", "User.ReadBasic.All", "Presence.Read", *sorted(OPENID_SCOPES)),
)
CONNECTOR = Resource("", "https://api.botframework.com")
RESOURCES = (PARTNER_CENTER, GRAPH, CONNECTOR)


@dataclass(frozen=True, slots=True)
class AskedScope:
    """What a `scope` asks for.

    `audience` is the resource as the request names it, which becomes the token's `aud`. `names` are the resource's
    scopes in its own spelling; `openid` those about the sign-in.
    """

    openid: frozenset[str]
    resource: Resource | None
    audience: str
    names: tuple[str, ...]

    def granted(self) -> str:
        """Return the `scope` of the answer."""
        if self.resource is None:
            return "openid profile"
        return " ".join(f"{self.audience.removesuffix('/')}/{name}" for name in self.names)


class UnknownScopeError(TokenRefusedError):
    """A scope that its resource does not have; `name` and `resource` say which."""

    def __init__(self, name: str, resource: Resource) -> None:
        super().__init__(400, "invalid_scope", 70011, f"The scope {name} does not exist.")
        self.name, self.resource = name, resource


def read_scopes(names: Iterable[str], resources: Iterable[Resource]) -> list[AskedScope]:
    """Return what is asked of each resource, or of the sign-in alone.

    Raises TokenRefusedError for an unknown resource or scope, and for `.default` beside a named scope.
    """
    names, known = tuple(names), tuple(resources)
    openid = frozenset(name.lower() for name in names if name.lower() in OPENID_SCOPES)
    found: dict[str, AskedScope] = {}
    for name in names:
        if name.lower() in OPENID_SCOPES:
            continue
        audience, resource, scope = _read(name, known)
        before = found.get(resource.uri)
        found[resource.uri] = AskedScope(
            openid, resource, before.audience if before else audience, (*(before.names if before else ()), scope)
        )
    asked = [scope for each in found.values() for scope in each.names]
    if DEFAULT in asked and len(asked) > 1:
        text = f"The scope {' '.join(names)} is not valid. .default scope can't be combined with others."
        raise TokenRefusedError(400, "invalid_scope", 70011, text)
    return list(found.values()) or [AskedScope(openid, None, "", ())]


def read_scope(names: Iterable[str], resources: Iterable[Resource]) -> AskedScope:
    """Return what one token is asked for.

    Raises TokenRefusedError, also if the scopes are of more than one resource.
    """
    asked, *more = read_scopes(names, resources)
    if more:
        raise request(28000, "The input parameter scope is not valid because it contains more than one resource.")
    return asked


def _read(name: str, resources: tuple[Resource, ...]) -> tuple[str, Resource, str]:
    audience, slash, scope = name.rpartition("/")
    audience = audience if slash else GRAPH.uri  # a scope without a resource is one of Graph
    resource = next((each for each in resources if each.is_named(audience)), None)
    if resource is None:
        text = f"The resource principal named {audience} was not found in the tenant."
        raise TokenRefusedError(400, "invalid_resource", 500011, text)
    spelled = next((each for each in (DEFAULT, *resource.scopes) if each.lower() == scope.lower()), None)
    if spelled is None:
        raise UnknownScopeError(name, resource)
    return audience, resource, spelled
