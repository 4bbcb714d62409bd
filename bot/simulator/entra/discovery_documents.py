"""What Entra publishes: discovery documents and key lists.

The token endpoint keeps Entra's own name, because MSAL takes nothing but https there: `LoopbackAuthority` is the way.
https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc
"""

from aiohttp import web

from bot.simulator.entra.issuer_keys import IssuerKeys, issuer
from bot.simulator.entra.token_refusal import TokenRefusedError
from bot.simulator.loopback_authority import HOST


class Documents:
    """Discovery and keys of every tenant; counts how often each was asked for.

    `tenants` (ids) are those that exist; every tenant does while it is None.
    """

    def __init__(self, keys: IssuerKeys) -> None:
        self._keys = keys
        self.discovered = 0
        self.key_lists = 0
        self.fail_keys = False
        self.tenants: set[str] | None = None

    def routes(self) -> list[web.RouteDef]:
        """What to add to an application's router."""
        return [
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self.configuration),
            web.get("/{tenant}/discovery/v2.0/keys", self.keys),
            web.get("/common/discovery/instance", self.instance),
        ]

    async def configuration(self, request: web.Request) -> web.Response:
        """Where everything of a tenant is."""
        self.discovered += 1
        tenant, here = request.match_info["tenant"], f"{request.scheme}://{request.host}"
        if self.tenants is not None and tenant not in self.tenants:
            refused = TokenRefusedError(400, "invalid_tenant", 90002, f"Tenant '{tenant}' not found.")
            return web.json_response(refused.body(), status=refused.status)
        told = {
            "issuer": issuer(tenant if tenant != "common" else "{tenantid}"),
            "authorization_endpoint": f"{here}/{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": f"{HOST}/{tenant}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{HOST}/{tenant}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{here}/{tenant}/discovery/v2.0/keys",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
        }
        return web.json_response(told)

    async def keys(self, _request: web.Request) -> web.Response:
        """The published keys; 503 where a test wants them unreachable."""
        self.key_lists += 1
        if self.fail_keys:
            return web.json_response({"error": "temporarily_unavailable"}, status=503)
        return web.json_response({"keys": [key.public() for key in self._keys.published]})

    async def instance(self, request: web.Request) -> web.Response:
        """Which hosts are Entra's."""
        here = f"{request.scheme}://{request.host}"
        found = f"{here}/common/v2.0/.well-known/openid-configuration"
        hosts = {"preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net"}
        told = {"tenant_discovery_endpoint": found, "metadata": [hosts | {"aliases": ["login.microsoftonline.com"]}]}
        return web.json_response(told)
