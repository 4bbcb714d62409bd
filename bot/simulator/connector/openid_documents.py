"""The Bot Framework's signing keys, and Entra's token endpoint for bots.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import time

from aiohttp import web

from bot.simulator.connector.connector_keys import CHANNEL_ISSUER, LIFETIME, Keys
from bot.simulator.connector.connector_state import ConnectorState
from bot.simulator.entra.client_credentials import ClientCredentials
from bot.simulator.entra.issuer_keys import issuer
from bot.simulator.entra.tenant_directory import TenantDirectory
from bot.simulator.entra.tenants import unknown
from bot.simulator.entra.token_refusal import TokenRefusedError
from bot.simulator.loopback_authority import HOST


class DocumentRoutes:
    """Discovery, keys and the token endpoint for the applications of `directory`."""

    def __init__(self, state: ConnectorState, keys: Keys, directory: TenantDirectory) -> None:
        self._state = state
        self._keys = keys
        self._directory = directory
        self._applications = ClientCredentials(directory, time.time)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for an application's router."""
        return [
            web.get("/.well-known/openidconfiguration", self.channel_configuration),
            web.get("/v1/.well-known/openidconfiguration", self.channel_configuration),
            web.get("/v1/.well-known/keys", self.keys),
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self.tenant_configuration),
            web.post("/{tenant}/oauth2/v2.0/token", self.token),
        ]

    async def channel_configuration(self, request: web.Request) -> web.Response:
        """Answer with the address of the keys of channel tokens."""
        return web.json_response(
            {
                "issuer": CHANNEL_ISSUER,
                "authorization_endpoint": "https://invalid.botframework.com",
                "jwks_uri": f"{_base(request)}/v1/.well-known/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def keys(self, _request: web.Request) -> web.Response:
        """Answer with the published keys, each with the channels it may sign for."""
        return web.json_response({"keys": [key.public() for key in self._keys.published]})

    async def tenant_configuration(self, request: web.Request) -> web.Response:
        """Answer with the document that a token library reads first.

        MSAL accepts only https addresses, and `LoopbackAuthority` sends its requests here.
        """
        try:
            self._directory.tenants.find(request.match_info["tenant"])
        except TokenRefusedError as problem:
            refused = unknown(problem)
            return web.json_response(refused.body(), status=refused.status)
        tenant = f"{HOST}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{tenant}/v2.0",
                "authorization_endpoint": f"{tenant}/oauth2/v2.0/authorize",
                "token_endpoint": f"{tenant}/oauth2/v2.0/token",
                "jwks_uri": f"{_base(request)}/v1/.well-known/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    async def token(self, request: web.Request) -> web.Response:
        """Answer 200 with a bearer for the connector, or with Entra's refusal."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            granted = self._applications.granted(
                request.match_info["tenant"], form, request.headers.get("Authorization")
            )
        except TokenRefusedError as refused:
            return web.json_response(refused.body(), status=refused.status)
        self._state.tokens_issued += 1
        token = self._keys.app_token(granted.app.app_id, granted.tenant, issuer(granted.tenant), granted.asked.audience)
        return web.json_response(
            {"token_type": "Bearer", "expires_in": LIFETIME, "ext_expires_in": LIFETIME, "access_token": token}
        )


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"
