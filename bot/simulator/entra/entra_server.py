"""The simulated Entra on loopback: tenants, people and applications in memory."""

import ssl
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.entra.discovery_documents import Documents
from bot.simulator.entra.grants import Grants
from bot.simulator.entra.issuer_keys import IssuerKeys
from bot.simulator.entra.pages.authorize_pages import AuthorizePages
from bot.simulator.entra.pages.device_pages import DevicePages
from bot.simulator.entra.tenant_directory import AppRegistration, SignInConditions, TenantDirectory, User
from bot.simulator.entra.token_endpoint import TokenEndpoint
from bot.simulator.entra.token_issuing import Issuing
from bot.simulator.entra.token_refusal import TokenRefusedError
from bot.simulator.simulated_server import SimulatedServer


class SimulatedEntra(SimulatedServer):
    """An Entra for tests and the demo.

        async with SimulatedEntra() as entra:
            ada = entra.directory.add(User("Ada Agent", tenant, oid), SignInConditions(consented=False))
            entra.directory.register(AppRegistration(app_id, "secret", (redirect_uri,)))
            entra.sso_token(ada, app_id)         # the token that Teams would send
            LoopbackAuthority(entra.url)         # MSAL's http_client

    `authority` issues the access tokens for Partner Center, and the simulated Partner Center verifies them with it.
    `issued` counts token answers by grant type; each of `faults` (status, Retry-After) fails one coming token request.
    With `tls`, all addresses in its documents are https, as clients of other vendors require.
    """

    def __init__(
        self,
        authority: TokenAuthority | None = None,
        *,
        clock: Callable[[], float] = time.time,
        port: int = 0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.authority = authority or TokenAuthority(clock=clock)
        self.directory = TenantDirectory()
        self.grants = Grants(clock)
        self.keys = IssuerKeys(clock)
        self.documents = Documents(self.keys, self.authority, self.directory.tenants)
        self.issued: dict[str, int] = {}
        self.asked = 0
        self.faults: deque[tuple[int, int | None]] = deque()
        issuing = Issuing(self.directory, self.grants, self.keys, self.authority)
        self._tokens = TokenEndpoint(self.directory, self.grants, self.keys, issuing)
        super().__init__(port, tls)

    def application(self) -> web.Application:
        """Return an application with the routes of the service."""
        app = web.Application()
        app.add_routes(self.documents.routes())
        app.add_routes(AuthorizePages(self.directory, self.grants).routes())
        app.add_routes(DevicePages(self.directory, self.grants).routes())
        app.add_routes([web.post("/{tenant}/oauth2/v2.0/token", self._token)])
        return app

    def sso_token(self, user: User, app_id: str, **overrides: Any) -> str:
        """Return the token that Teams gets silently for a bot; see `IssuerKeys.sso_token`."""
        return self.keys.sso_token(user, app_id, **overrides)

    def standing(self, user: User) -> SignInConditions:
        """Return what keeps `user` from getting a token; change it as needed."""
        return self.directory.standing(user)

    def register(self, app_id: str, secret: str, *redirect_uris: str, public: bool = False) -> AppRegistration:
        """Register an application."""
        return self.directory.register(AppRegistration(app_id, secret, redirect_uris, public))

    async def _token(self, request: web.Request) -> web.Response:
        self.asked += 1
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            self._raise_fault()
            answer = self._tokens.answer(request.match_info["tenant"], form, request.headers.get("Authorization"))
        except TokenRefusedError as refused:
            headers = {} if refused.retry_after is None else {"Retry-After": str(refused.retry_after)}
            return web.json_response(refused.body(), status=refused.status, headers=headers)
        self.issued[form["grant_type"]] = self.issued.get(form["grant_type"], 0) + 1
        return web.json_response(answer, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})

    def _raise_fault(self) -> None:
        if self.faults:
            status, retry_after = self.faults.popleft()
            text = "A transient error has occurred."
            raise TokenRefusedError(status, "temporarily_unavailable", 90033, text, retry_after=retry_after)
