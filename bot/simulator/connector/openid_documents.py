"""The Bot Framework's signing keys and its token endpoint for a bot's secret.

https://learn.microsoft.com/en-us/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import hmac
import uuid

from aiohttp import web

from bot.simulator.connector.connector_keys import CHANNEL_ISSUER, CONNECTOR_AUDIENCE, LIFETIME, Keys
from bot.simulator.connector.connector_state import ConnectorState
from bot.simulator.loopback_authority import HOST

SCOPE = f"{CONNECTOR_AUDIENCE}/.default"


class DocumentRoutes:
    """Discovery, keys and the client-credentials endpoint of one bot registration."""

    def __init__(self, state: ConnectorState, keys: Keys, app_id: str, password: str) -> None:
        self._state = state
        self._keys = keys
        self._app_id = app_id
        self._password = password

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
        """Answer 200 with a bearer for the connector, or the OAuth error that Entra names."""
        form = await request.post()
        asked = {name: str(form.get(name, "")) for name in ("grant_type", "client_id", "client_secret", "scope")}
        if asked["grant_type"] != "client_credentials":
            return _oauth_error(400, "unsupported_grant_type", 70003, "The grant type is not supported.")
        if asked["client_id"] != self._app_id:
            return _oauth_error(400, "unauthorized_client", 700016, "The application was not found in the directory.")
        if not hmac.compare_digest(asked["client_secret"].encode(), self._password.encode()):
            return _oauth_error(401, "invalid_client", 7000215, "Invalid client secret provided.")
        if SCOPE not in asked["scope"].split():
            return _oauth_error(400, "invalid_scope", 70011, "The scope is not valid.")
        self._state.tokens_issued += 1
        tenant = request.match_info["tenant"]
        token = self._keys.app_token(self._app_id, tenant, f"{HOST}/{tenant}/v2.0")
        return web.json_response(
            {"token_type": "Bearer", "expires_in": LIFETIME, "ext_expires_in": LIFETIME, "access_token": token}
        )


def _oauth_error(status: int, error: str, code: int, description: str) -> web.Response:
    trace = str(uuid.uuid4())
    text = f"AADSTS{code}: {description} Trace ID: {trace}"
    body = {"error": error, "error_description": text, "error_codes": [code], "correlation_id": trace}
    return web.json_response(body, status=status)


def _base(request: web.Request) -> str:
    return f"{request.scheme}://{request.host}"
