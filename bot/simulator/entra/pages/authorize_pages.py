"""`/{tenant}/oauth2/v2.0/authorize`: account, consent, second factor, redirect.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from bot.simulator.entra.grants import REQUEST_SECONDS, AuthorizeRequest, Grants
from bot.simulator.entra.pages.form_html import form, page, paragraph
from bot.simulator.entra.pages.sign_in_steps import ClosedPage, demands_second_factor, next_step, note_steps
from bot.simulator.entra.tenant_directory import TenantDirectory, User


class AuthorizePages:
    """The pages of the authorization-code flow."""

    def __init__(self, directory: TenantDirectory, grants: Grants) -> None:
        self._directory = directory
        self._grants = grants

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for an application's router."""
        return [
            web.get("/{tenant}/oauth2/v2.0/authorize", self.show),
            web.post("/{tenant}/oauth2/v2.0/authorize", self.answer),
        ]

    async def show(self, request: web.Request) -> web.Response:
        """Answer with the first page, which asks for the account.

        Errors of the application or the redirect URI are shown on a page, never redirected.
        """
        asked = self._read(request.match_info["tenant"], request.query)
        if isinstance(asked, str):
            return _html("Sorry, but we are having trouble signing you in", paragraph(asked), status=400)
        people = sorted(self._directory.members(asked.tenant), key=lambda user: user.principal_name != asked.login_hint)
        buttons = [("user", "|".join(user.key), f"Continue as {user.name}") for user in people]
        return self._page("Pick an account", self._grants.ask(asked), buttons, {})

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a pressed button with the next page or the redirect to the application."""
        filled = {name: str(value) for name, value in (await request.post()).items()}
        asked = self._grants.requests.get(filled.get("request", ""))
        if asked is None or asked.until <= self._grants.clock() or asked.tenant != request.match_info["tenant"]:
            return _html("This page is too old", paragraph("AADSTS165900: Go back and sign in again."), status=400)
        if "cancel" in filled:
            parameters = {"error": "access_denied", "error_subcode": "cancel"}
            parameters["error_description"] = "AADSTS65004: User declined to consent to access the app."
            return self._back(filled["request"], asked, parameters)
        tenant_id, _, object_id = filled.get("user", "").partition("|")
        user = self._directory.users.get((tenant_id, object_id))
        if user is None or user not in self._directory.members(asked.tenant):
            return _html("We could not find that account", paragraph("AADSTS50034: No such user here."), status=400)
        return self._next(filled, asked, user)

    def _next(self, filled: dict[str, str], asked: AuthorizeRequest, user: User) -> web.Response:
        standing, key = self._directory.standing(user), filled["request"]
        said = {"user": filled["user"]} | {name: "yes" for name in ("consent", "mfa") if name in filled}
        step = next_step(standing, said, consent=asked.prompt == "consent", factor=demands_second_factor(asked.claims))
        if isinstance(step, ClosedPage):
            return _html(step.title, paragraph(step.problem), status=403)
        if step is not None:
            return self._page(step.title, key, [(step.name, "yes", step.label)], said)
        note_steps(standing, said)
        if standing.claims is not None and asked.claims == standing.claims:
            standing.claims = None
        return self._back(key, asked, {"code": self._grants.code(asked, user, mfa=standing.factor_shown)})

    def _back(self, key: str, asked: AuthorizeRequest, parameters: dict[str, str]) -> web.Response:
        self._grants.requests.pop(key, None)
        if asked.response_mode == "form_post":
            posted = form(asked.redirect_uri, parameters | {"state": asked.state}, [("", "", "Continue")])
            return _html("Working…", posted, "<script>document.forms[0].submit()</script>")
        joint = "&" if "?" in asked.redirect_uri else "?"
        query = urlencode(parameters | {"state": asked.state, "session_state": key})
        return web.Response(status=302, headers={"Location": asked.redirect_uri + joint + query, **_NO_STORE})

    def _page(self, title: str, key: str, buttons: list[tuple[str, str, str]], said: dict[str, str]) -> web.Response:
        shown = [*buttons, ("cancel", "yes", "Cancel")]
        return _html(title, form("", {"request": key} | said, shown))

    def _read(self, tenant: str, query: Mapping[str, str]) -> AuthorizeRequest | str:
        app = self._directory.apps.get(query.get("client_id", ""))
        if app is None:
            return "AADSTS700016: The application was not found in the directory."
        if query.get("redirect_uri", "") not in app.redirect_uris:
            return "AADSTS50011: The redirect URI does not match the ones configured for the application."
        if query.get("response_type") != "code":
            return "AADSTS700054: Only response_type code is enabled for the application."
        if query.get("response_mode", "query") not in {"query", "form_post"}:
            return "AADSTS9002331: The response_mode is not supported here."
        if query.get("code_challenge_method", "S256") != "S256" or not query.get("code_challenge"):
            return "AADSTS501491: A code_challenge of method S256 is required."
        return self._request(tenant, app.app_id, query)

    def _request(self, tenant: str, app_id: str, query: Mapping[str, str]) -> AuthorizeRequest:
        return AuthorizeRequest(
            tenant=tenant,
            app_id=app_id,
            redirect_uri=query["redirect_uri"],
            response_mode=query.get("response_mode", "query"),
            scope=tuple(query.get("scope", "").split()),
            state=query.get("state", ""),
            challenge=query["code_challenge"],
            nonce=query.get("nonce"),
            claims=query.get("claims"),
            prompt=query.get("prompt"),
            login_hint=query.get("login_hint"),
            until=self._grants.clock() + REQUEST_SECONDS,
        )


def _html(title: str, *parts: str, status: int = 200) -> web.Response:
    return web.Response(text=page(title, *parts), content_type="text/html", status=status, headers=_NO_STORE)


_NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
