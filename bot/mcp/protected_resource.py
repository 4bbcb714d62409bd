"""Where a program gets the token that the bot asks for, as RFC 9728 has it. Pure.

Nothing registers a program: its application id has to be among those that the settings name.
https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization
"""

from dataclasses import dataclass

from bot.identity.sso.sso_token import SCOPE
from bot.mcp.json_rpc import JsonObject

ENDPOINT = "/mcp"
WELL_KNOWN = "/.well-known/oauth-protected-resource"
METADATA = WELL_KNOWN + ENDPOINT


@dataclass(frozen=True, slots=True)
class ProtectedResource:
    """The endpoint for programs, whose tokens Entra issues.

    `authority` is the tenant whose people sign in, or `organizations` if there are several.
    """

    public_url: str
    app_id: str
    login_url: str
    authority: str

    @property
    def scope(self) -> str:
        """Return the permission that a token needs, as Entra calls it."""
        return f"api://botid-{self.app_id}/{SCOPE}"

    def metadata(self) -> JsonObject:
        """Return the metadata of the endpoint."""
        return {
            "resource": self.public_url + ENDPOINT,
            "resource_name": "License usage",
            "authorization_servers": [f"{self.login_url}/{self.authority}/v2.0"],
            "scopes_supported": [self.scope],
            "bearer_methods_supported": ["header"],
        }

    def challenge(self, *, invalid: bool) -> str:
        """Return the `WWW-Authenticate` of a request without a token.

        Or with one that is `invalid`.
        """
        error = 'error="invalid_token", ' if invalid else ""
        return f'Bearer {error}scope="{self.scope}", resource_metadata="{self.public_url}{METADATA}"'
