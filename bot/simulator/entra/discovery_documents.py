"""The discovery documents and key lists that Entra publishes.

Without TLS the token endpoint has Entra's own host name, because MSAL accepts only https for it; `LoopbackAuthority`
sends these requests to the simulator. https://learn.microsoft.com/en-us/entra/identity-platform/v2-protocols-oidc
"""

from aiohttp import web

from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.entra.issuer_keys import IssuerKeys, issuer
from bot.simulator.entra.tenants import ANY_ORGANIZATION, Tenants, unknown
from bot.simulator.entra.token_refusal import TokenRefusedError
from bot.simulator.loopback_authority import HOST


class Documents:
    """Discovery documents and keys of every tenant; counts the requests for each.

    The key list has also the key of `authority`, which signs the tokens for Partner Center.
    """

    def __init__(self, keys: IssuerKeys, authority: TokenAuthority, tenants: Tenants) -> None:
        self._keys = keys
        self._authority = authority
        self._tenants = tenants
        self.discovered = 0
        self.key_lists = 0
        self.fail_keys = False

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
        tenant, base = request.match_info["tenant"], _base(request)
        try:
            found = self._tenants.find(tenant)
        except TokenRefusedError as problem:
            refused = unknown(problem)
            return web.json_response(refused.body(), status=refused.status)
        secure = base if request.secure else HOST  # MSAL takes no other token endpoint than one with https
        document = {
            "issuer": issuer("{tenantid}" if found in ANY_ORGANIZATION else found),
            "authorization_endpoint": f"{base}/{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": f"{secure}/{tenant}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{secure}/{tenant}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{base}/{tenant}/discovery/v2.0/keys",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query", "fragment", "form_post"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt", "client_secret_basic"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
        }
        return web.json_response(document)

    async def keys(self, _request: web.Request) -> web.Response:
        """Answer with the published keys; 503 if a test makes them unavailable."""
        self.key_lists += 1
        if self.fail_keys:
            return web.json_response({"error": "temporarily_unavailable"}, status=503)
        return web.json_response({"keys": [key.public() for key in (*self._keys.published, self._authority.key)]})

    async def instance(self, request: web.Request) -> web.Response:
        """Answer with the hosts that are Entra's."""
        base = _base(request)
        found = f"{base}/common/v2.0/.well-known/openid-configuration"
        hosts = {"preferred_network": "login.microsoftonline.com", "preferred_cache": "login.windows.net"}
        document = {
            "tenant_discovery_endpoint": found,
            "metadata": [hosts | {"aliases": ["login.microsoftonline.com"]}],
        }
        return web.json_response(document)


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"
