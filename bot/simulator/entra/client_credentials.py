"""Tokens that applications get for themselves: who may have one, and for what.

The Entra of people and that of the Bot Connector both decide with it.
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.simulator.entra.client_authentication import ClientAuthentication, Form
from bot.simulator.entra.scopes import AskedScope, read_scope
from bot.simulator.entra.tenant_directory import AppRegistration, TenantDirectory
from bot.simulator.entra.token_refusal import TokenRefusedError

GRANT_TYPE = "client_credentials"


@dataclass(frozen=True, slots=True)
class AppTokenRequest:
    """A request of an application that is granted; `tenant` is an id."""

    app: AppRegistration
    tenant: str
    asked: AskedScope


class ClientCredentials:
    """Grants or refuses. `clock` returns Unix seconds."""

    def __init__(self, directory: TenantDirectory, clock: Callable[[], float]) -> None:
        self._directory = directory
        self._clients = ClientAuthentication(directory, clock)

    def granted(self, tenant: str, form: Form, authorization: str | None = None) -> AppTokenRequest:
        """Return what is granted.

        `tenant` is what the path says; `authorization` is the header of that name. Raises TokenRefusedError.
        """
        if form.get("grant_type") != GRANT_TYPE:
            raise unsupported_grant()
        found = self._directory.tenants.one(tenant)
        app = self._clients.identify(found, form, authorization)
        scope = form.get("scope", "").split()
        if len(scope) != 1:
            text = f"The scope {' '.join(scope)} is not valid."
            raise TokenRefusedError(400, "invalid_scope", 70011, text)
        if not scope[0].lower().endswith("/.default"):
            text = f"The scope {scope[0]} is not valid: it must be a resource identifier with /.default behind it."
            raise TokenRefusedError(400, "invalid_scope", 1002012, text)
        return AppTokenRequest(app, found, read_scope(scope, self._directory.apis()))


def unsupported_grant() -> TokenRefusedError:
    """Return the refusal of a grant type that is not known."""
    return TokenRefusedError(400, "unsupported_grant_type", 70003, "The app requested an unsupported grant type.")
