"""Read a request to the authorize endpoint.

What is wrong with it is shown on a page, or sent back to the application.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.simulator.entra.grants import REQUEST_SECONDS, AuthorizeRequest
from bot.simulator.entra.scopes import UnknownScopeError, read_scopes
from bot.simulator.entra.tenant_directory import AppRegistration, TenantDirectory
from bot.simulator.entra.token_refusal import TokenRefusedError

RESPONSE_MODES = frozenset({"query", "fragment", "form_post"})
CHALLENGE_METHODS = frozenset({"plain", "S256"})


@dataclass(frozen=True, slots=True)
class Returned:
    """An error that the application gets at its redirect URI."""

    error: str
    description: str
    subcode: str | None = None

    def parameters(self) -> dict[str, str]:
        """Return the parameters of the answer."""
        subcode = {} if self.subcode is None else {"error_subcode": self.subcode}
        return {"error": self.error, "error_description": self.description} | subcode


def read_request(
    directory: TenantDirectory, tenant: str, query: Mapping[str, str], now: float
) -> AuthorizeRequest | str:
    """Return the request, or what the page says is wrong with it.

    `now` is in Unix seconds.
    """
    try:
        found = directory.tenants.of_people(tenant)
        app = directory.application(query.get("client_id", ""))
        problem = _problem(app, query)
        return problem or _request(found, app.app_id, query, now)
    except TokenRefusedError as refused:
        return f"AADSTS{refused.code}: {refused.text}"


def refused_scope(directory: TenantDirectory, asked: AuthorizeRequest) -> Returned | str | None:
    """Return what is wrong with the scopes.

    It is an error for the application, or a text for the page.
    """
    try:
        read_scopes(asked.scope, directory.apis())
    except UnknownScopeError as unknown:
        name, resource = unknown.name.rpartition("/")[2], unknown.resource.app_id
        text = (
            f"AADSTS650053: The application asked for scope '{name}' that doesn't exist on the resource '{resource}'."
        )
        return Returned("invalid_client", text)
    except TokenRefusedError as refused:
        text = f"AADSTS{refused.code}: {refused.text}"
        return Returned(refused.error, text) if refused.error == "invalid_resource" else text
    return None


def _problem(app: AppRegistration, query: Mapping[str, str]) -> str | None:
    challenge, method = query.get("code_challenge", ""), query.get("code_challenge_method", "")
    if not app.may_redirect_to(query.get("redirect_uri", "")):
        return "AADSTS50011: The redirect URI does not match the ones configured for the application."
    if query.get("response_type") != "code":
        return "AADSTS700054: Only response_type code is enabled for the application."
    if query.get("response_mode", "query") not in RESPONSE_MODES:
        return "AADSTS70007: The value of the parameter response_mode is not supported."
    if not query.get("scope"):
        return "AADSTS900144: The request must contain the parameter scope."
    if (method and method not in CHALLENGE_METHODS) or (method and not challenge):
        return "AADSTS501491: The code_challenge or its method is not valid."
    return None


def _request(tenant: str, app_id: str, query: Mapping[str, str], now: float) -> AuthorizeRequest:
    return AuthorizeRequest(
        tenant=tenant,
        app_id=app_id,
        redirect_uri=query["redirect_uri"],
        response_mode=query.get("response_mode", "query"),
        scope=tuple(query.get("scope", "").split()),
        state=query.get("state", ""),
        challenge=query.get("code_challenge", ""),
        method=query.get("code_challenge_method", "plain"),
        nonce=query.get("nonce"),
        claims=query.get("claims"),
        prompt=query.get("prompt"),
        login_hint=query.get("login_hint"),
        until=now + REQUEST_SECONDS,
    )
