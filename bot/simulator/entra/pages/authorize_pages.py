"""`/{tenant}/oauth2/v2.0/authorize`: account, consent, second factor, redirect.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow#request-an-authorization-code
"""

import uuid
from urllib.parse import urlencode

from aiohttp import web

from bot.simulator.entra.grants import AuthorizeRequest, Grants
from bot.simulator.entra.pages.authorize_request import Returned, read_request, refused_scope
from bot.simulator.entra.pages.claims_request import carries, demands_second_factor
from bot.simulator.entra.pages.form_html import form, page, paragraph
from bot.simulator.entra.pages.sign_in_steps import ClosedPage, next_step, note_steps
from bot.simulator.entra.tenant_directory import TenantDirectory, User
from bot.simulator.entra.token_refusal import TokenRefusedError

SESSION = "ESTSAUTH"  # the cookie of a browser in which a user has signed in

_DECLINED = Returned("access_denied", "AADSTS65004: User declined to consent to access the app.", "cancel")
_NOBODY = Returned("login_required", "AADSTS50058: A silent sign-in request was sent but no user is signed in.")
_ANOTHER = Returned("interaction_required", "AADSTS160021: Application requested a user session which does not exist.")


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
        asked = read_request(self._directory, request.match_info["tenant"], request.query, self._grants.clock())
        wrong = refused_scope(self._directory, asked) if isinstance(asked, AuthorizeRequest) else asked
        if isinstance(asked, str) or isinstance(wrong, str):
            return _html("Sorry, but we are having trouble signing you in", paragraph(str(wrong)), status=400)
        if wrong is not None:
            return self._back("", asked, wrong.parameters())
        if asked.prompt == "none":
            return self._silent(asked, self._grants.sessions.get(request.cookies.get(SESSION, "")))
        people = sorted(self._directory.members(asked.tenant), key=lambda user: user.principal_name != asked.login_hint)
        buttons = [("user", "|".join(user.key), f"Continue as {user.name}") for user in people]
        return self._page("Pick an account", self._grants.ask(asked), buttons, {})

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a pressed button with the next page or the redirect to the application."""
        filled = {name: str(value) for name, value in (await request.post()).items()}
        asked = self._grants.requests.get(filled.get("request", ""))
        if asked is None or asked.until <= self._grants.clock() or not self._is_at(request, asked):
            return _html("This page is too old", paragraph("AADSTS165900: Go back and sign in again."), status=400)
        if "cancel" in filled:
            return self._back(filled["request"], asked, _DECLINED.parameters())
        tenant_id, _, object_id = filled.get("user", "").partition("|")
        user = self._directory.users.get((tenant_id, object_id))
        if user is None or user not in self._directory.members(asked.tenant):
            return _html("We could not find that account", paragraph("AADSTS50034: No such user here."), status=400)
        answer = self._next(filled, asked, user)
        if filled["request"] not in self._grants.requests:
            answer.set_cookie(SESSION, self._grants.session(user), httponly=True, path=request.path, samesite="Lax")
        return answer

    def _is_at(self, request: web.Request, asked: AuthorizeRequest) -> bool:
        try:
            return asked.tenant == self._directory.tenants.find(request.match_info["tenant"])
        except TokenRefusedError:
            return False

    def _next(self, filled: dict[str, str], asked: AuthorizeRequest, user: User) -> web.Response:
        standing, key = self._directory.standing(user), filled["request"]
        said = {"user": filled["user"]} | {name: "yes" for name in ("consent", "mfa") if name in filled}
        step = next_step(standing, said, consent=asked.prompt == "consent", factor=demands_second_factor(asked.claims))
        if isinstance(step, ClosedPage):
            return _html(step.title, paragraph(step.problem), status=403)
        if step is not None:
            return self._page(step.title, key, [(step.name, "yes", step.label)], said)
        note_steps(standing, said)
        return self._signed_in(key, asked, user)

    def _silent(self, asked: AuthorizeRequest, user: User | None) -> web.Response:
        """Answer without a page, whatever the outcome: https://openid.net/specs/openid-connect-core-1_0.html#AuthError."""
        if user is None or user not in self._directory.members(asked.tenant):
            return self._back("", asked, _NOBODY.parameters())
        if asked.login_hint not in {None, user.principal_name}:
            return self._back("", asked, _ANOTHER.parameters())
        step = next_step(self._directory.standing(user), {}, factor=demands_second_factor(asked.claims))
        if step is not None:
            return self._back("", asked, Returned(step.silent, step.problem).parameters())
        return self._signed_in("", asked, user)

    def _signed_in(self, key: str, asked: AuthorizeRequest, user: User) -> web.Response:
        standing = self._directory.standing(user)
        if standing.claims is not None and carries(asked.claims, standing.claims):
            standing.claims = None
        return self._back(key, asked, {"code": self._grants.code(asked, user, mfa=standing.factor_shown)})

    def _back(self, key: str, asked: AuthorizeRequest, parameters: dict[str, str]) -> web.Response:
        self._grants.requests.pop(key, None)
        if asked.response_mode == "form_post":
            posted = form(asked.redirect_uri, parameters | {"state": asked.state}, [("", "", "Continue")])
            return _html("Working…", posted, "<script>document.forms[0].submit()</script>")
        joint = "#" if asked.response_mode == "fragment" else "&" if "?" in asked.redirect_uri else "?"
        query = urlencode(parameters | {"state": asked.state, "session_state": key or str(uuid.uuid4())})
        return web.Response(status=302, headers={"Location": asked.redirect_uri + joint + query, **_NO_STORE})

    def _page(self, title: str, key: str, buttons: list[tuple[str, str, str]], said: dict[str, str]) -> web.Response:
        shown = [*buttons, ("cancel", "yes", "Cancel")]
        return _html(title, form("", {"request": key} | said, shown))


def _html(title: str, *parts: str, status: int = 200) -> web.Response:
    return web.Response(text=page(title, *parts), content_type="text/html", status=status, headers=_NO_STORE)


_NO_STORE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
