"""The discovery documents and key lists that Entra publishes.

The token endpoint has Entra's own host name, because MSAL accepts only https for it; `LoopbackAuthority` sends these
requests to the simulator. https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc
"""

from aiohttp import web

from bot.simulator.entra.issuer_keys import IssuerKeys, issuer
from bot.simulator.entra.token_refusal import TokenRefusedError
from bot.simulator.loopback_authority import HOST


class Documents:
    """Discovery documents and keys of every tenant; counts the requests for each.

    `tenants` are the ids of those that exist; with None every tenant exists.
    """

    def __init__(self, keys: IssuerKeys) -> None:
        self._keys = keys
        self.discovered = 0
        self.key_lists = 0
        self.fail_keys = False
        self.tenants: set[str] | None = None

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for an application's router."""
        return [
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self.configuration),
            web.get("/{tenant}/discovery/v2.0/keys", self.keys),
            web.get("/common/discovery/instance", self.instance),
        ]

    async def configuration(self, request: web.Request) -> web.Response:
        """Answer with the addresses of a tenant's endpoints."""
        self.discovered += 1
        tenant, base = request.match_info["tenant"], f"{request.scheme}://{request.host}"
        if self.tenants is not None and tenant not in self.tenants:
            refused = TokenRefusedError(400, "invalid_tenant", 90002, f"Tenant '{tenant}' not found.")
            return web.json_response(refused.body(), status=refused.status)
        document = {
            "issuer": issuer(tenant if tenant != "common" else "{tenantid}"),
            "authorization_endpoint": f"{base}/{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": f"{HOST}/{tenant}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{HOST}/{tenant}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{base}/{tenant}/discovery/v2.0/keys",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
        }
        return web.json_response(document)

    async def keys(self, _request: web.Request) -> web.Response:
        """Answer with the published keys; 503 if a test makes them unavailable."""
        self.key_lists += 1
        if self.fail_keys:
            return web.json_response({"error": "temporarily_unavailable"}, status=503)
        return web.json_response({"keys": [key.public() for key in self._keys.published]})

    async def instance(self, request: web.Request) -> web.Response:
        """Answer with the hosts that are Entra's."""
        base = f"{request.scheme}://{request.host}"
        found = f"{base}/common/v2.0/.well-known/openid-configuration"
        hosts = {"preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net"}
        document = {
            "tenant_discovery_endpoint": found,
            "metadata": [hosts | {"aliases": ["login.microsoftonline.com"]}],
        }
        return web.json_response(document)
