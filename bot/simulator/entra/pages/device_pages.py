"""The device-code flow: the code for the terminal, and the page to type it.

https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-device-code
"""

from aiohttp import web

from bot.simulator.entra.grants import DEVICE_SECONDS, Grants
from bot.simulator.entra.pages.claims_request import carries, demands_second_factor
from bot.simulator.entra.pages.form_html import form, page, paragraph
from bot.simulator.entra.pages.sign_in_steps import factor_step, note_steps
from bot.simulator.entra.scopes import read_scope
from bot.simulator.entra.tenant_directory import TenantDirectory
from bot.simulator.entra.token_refusal import TokenRefusedError


class DevicePages:
    """The device-authorization endpoint and `/devicelogin`."""

    def __init__(self, directory: TenantDirectory, grants: Grants) -> None:
        self._directory = directory
        self._grants = grants

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for an application's router."""
        return [
            web.post("/{tenant}/oauth2/v2.0/devicecode", self.begin),
            web.get("/devicelogin", self.show),
            web.post("/devicelogin", self.answer),
        ]

    async def begin(self, request: web.Request) -> web.Response:
        """Answer with a code for an application without a browser.

        Whether it may use this flow is known when it polls: a registration that is no public client then has no secret.
        """
        filled = await request.post()
        scope = tuple(str(filled.get("scope", "")).split())
        try:
            tenant = self._directory.tenants.of_people(request.match_info["tenant"])
            app = self._directory.application(str(filled.get("client_id", "")))
            read_scope(scope, self._directory.apis())
        except TokenRefusedError as refused:
            return web.json_response(refused.body(), status=refused.status)
        key, device = self._grants.device(app.app_id, tenant, scope, str(filled.get("claims", "")) or None)
        page_url = f"{request.scheme}://{request.host}/devicelogin"
        document = {
            "user_code": device.user_code,
            "device_code": key,
            "verification_uri": page_url,
            "expires_in": DEVICE_SECONDS,
            "interval": self._grants.interval,
            "message": f"To sign in, open {page_url} in a browser and enter the code {device.user_code}.",
        }
        return web.json_response(document)

    async def show(self, _request: web.Request) -> web.Response:
        """Answer with the page where the code is typed."""
        field = '<label>Code <input name="code" autocomplete="off" required></label>'
        return _html("Enter the code", form("", {}, [("", "", "Next")], before=field))

    async def answer(self, request: web.Request) -> web.Response:
        """Answer with the accounts that can use the code, then with the last page."""
        filled = {name: str(value) for name, value in (await request.post()).items()}
        device = self._grants.device_of(filled.get("code", ""))
        if device is None:
            return _html("That code did not work", paragraph("Check the code and try again."), status=400)
        if "cancel" in filled:
            device.declined = True
            return _html("You have declined", paragraph("You can close this window."))
        tenant_id, _, object_id = filled.get("user", "").partition("|")
        user = self._directory.users.get((tenant_id, object_id))
        people = self._directory.members(device.tenant)
        if user is None or user not in people:
            buttons = [("user", "|".join(each.key), f"Continue as {each.name}") for each in people]
            return _html("Pick an account", form("", {"code": filled["code"]}, [*buttons, ("cancel", "1", "Cancel")]))
        standing = self._directory.standing(user)
        said = {"user": filled["user"]} | ({"mfa": "yes"} if "mfa" in filled else {})
        # Whatever else is in the way is reported by the token endpoint.
        step = factor_step(standing, said, demanded=demands_second_factor(device.claims))
        if step is not None:
            buttons = [(step.name, "yes", step.label), ("cancel", "1", "Cancel")]
            return _html(step.title, form("", {"code": filled["code"]} | said, buttons))
        note_steps(standing, said)
        if standing.claims is not None and carries(device.claims, standing.claims):
            standing.claims = None
        device.user, device.mfa = user, standing.factor_shown
        return _html("You have signed in", paragraph("You can close this window."))


def _html(title: str, *parts: str, status: int = 200) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    return web.Response(text=page(title, *parts), content_type="text/html", status=status, headers=headers)
