"""`/auth/start` and `/auth/callback`: the sign-in in a browser.

Depends on aiohttp's server. The texts are in cards/locales. Entra posts its answer (`form_post`), so no code is in an
address, a history or a log.
https://openid.net/specs/oauth-v2-form-post-response-mode-1_0.html
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.domain.conversation import Caller
from bot.errors import StoreError
from bot.identity.entra.sign_in_outcome import (
    ClaimsNeeded,
    ConsentNeeded,
    Declined,
    Misconfigured,
    OtherPerson,
    Refused,
    SignInOutcome,
    SignInStop,
    Tokens,
    TryLater,
)
from bot.identity.sign_in.callback_form import CallbackFormError, form, posted
from bot.identity.sign_in.downloads import SECONDS as DOWNLOAD_SECONDS
from bot.identity.sign_in.sign_in_flow import FlowFinished, FlowStarted, SignInFlows
from bot.identity.sign_in.sign_in_html import FAILURE, SUCCESS, SignInPage, policy, render
from cards.wording.accepted_language import accepted_locale
from cards.wording.locale_words import LocaleWords

log = structlog.get_logger(__name__)

COOKIE = "usagebot-sign-in"
DOWNLOAD_COOKIE = "usagebot-file"
DOWNLOAD_PATH = "/export/file"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}

Listener = Callable[[Caller, SignInOutcome | SignInStop], Awaitable[None]]


class SignInPages:
    """Serves the sign-in pages.

    `listener` is called with the outcome of every sign-in of a known person, after the page was answered. It answers
    the waiting questions or says in the chat what went wrong. With `teams_js=False` the pages load nothing.
    """

    def __init__(self, sign_ins: SignInFlows, listener: Listener, *, teams_js: bool = True) -> None:
        self._sign_ins = sign_ins
        self._listener = listener
        self._teams_js = teams_js
        self._secure = urlsplit(sign_ins.public_url).scheme == "https"
        self._notifications: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the pages, for `Application.add_routes`."""
        return [
            web.get("/auth/start", self.start, allow_head=False),
            web.post("/auth/callback", self.callback),
            web.get("/auth/callback", self.lost, allow_head=False),
        ]

    async def close(self) -> None:
        """Wait until the listener has been called for every sign-in."""
        await asyncio.gather(*self._notifications, return_exceptions=True)

    async def start(self, request: web.Request) -> web.Response:
        """Redirect from the link in the chat to Entra."""
        try:
            begun = await self._sign_ins.begin(request.query.get("ticket", ""))
        except StoreError as error:
            log.warning("sign_in_not_started", problem=str(error))
            begun = FlowFinished(TryLater())
        if isinstance(begun, FlowFinished):
            return self._page(begun, request)
        response = web.Response(status=302, headers=HEADERS | {"Location": begun.url})
        self._set_cookie(response, begun)
        return response

    async def callback(self, request: web.Request) -> web.Response:
        """Process Entra's answer.

        Keep the tokens of the right person, and say how it ended.
        """
        try:
            body = await posted(request)
        except CallbackFormError as error:
            log.warning("sign_in_refused", reason=str(error))
            return self._page(FlowFinished(SignInStop.EXPIRED), request, status=error.status)
        finished = await self._sign_ins.finish(form(body), request.cookies.get(COOKIE, ""))
        if finished.caller is not None and not finished.for_file:
            self._notify_later(finished.caller, finished.outcome)
        response = self._page(finished, request)
        response.del_cookie(COOKIE, path="/auth", secure=self._secure, httponly=True)
        if finished.download:
            self._set_download_cookie(response, finished.download)
        return response

    async def lost(self, request: web.Request) -> web.Response:
        """Answer a callback that was opened by hand."""
        log.warning("sign_in_refused", reason="the callback was not posted")
        return self._page(FlowFinished(SignInStop.EXPIRED), request)

    def _set_cookie(self, response: web.Response, begun: FlowStarted) -> None:
        """Set the cookie of the browser that started the sign-in.

        Entra's answer is a POST from another site. Browsers send only SameSite=None cookies with it, and those have to
        be Secure. The demo has no https, and its Entra is on the same site.
        """
        same_site = "None" if self._secure else "Lax"
        response.set_cookie(
            COOKIE, begun.cookie, max_age=600, path="/auth", httponly=True, secure=self._secure, samesite=same_site
        )

    def _set_download_cookie(self, response: web.Response, secret: str) -> None:
        """Set the cookie with which this browser gets the file. No other site can send it."""
        response.set_cookie(
            DOWNLOAD_COOKIE,
            secret,
            max_age=int(DOWNLOAD_SECONDS),
            path=DOWNLOAD_PATH,
            httponly=True,
            secure=self._secure,
            samesite="Lax",
        )

    def _notify_later(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        task = asyncio.create_task(self._notify(caller, outcome), name="sign-in ended")
        self._notifications.add(task)
        task.add_done_callback(self._notifications.discard)

    async def _notify(self, caller: Caller, outcome: SignInOutcome | SignInStop) -> None:
        try:
            await self._listener(caller, outcome)
        except Exception as error:  # noqa: BLE001  # the sign-in itself has succeeded
            log.warning("sign_in_listener_failed", problem=type(error).__name__)

    def _page(self, finished: FlowFinished, request: web.Request, *, status: int | None = None) -> web.Response:
        """Return the page in the language of the chat, or of the browser if the person is not known."""
        name, usual = _named(finished)
        words = LocaleWords.load(
            finished.caller.locale if finished.caller else accepted_locale(request.headers.get("Accept-Language", ""))
        )
        values = {"name": finished.outcome.name or "?"} if isinstance(finished.outcome, OtherPerson) else {}
        title, text = _WORDS[name]
        hand_back = None if finished.for_file else SUCCESS if name == "done" else FAILURE
        page = SignInPage(
            language=words.language,
            title=words.say(title),
            text=words.say(text, **values),
            code=getattr(finished.outcome, "code", None) or "",
            hand_back=hand_back if self._teams_js else None,
            link=DOWNLOAD_PATH if finished.download else "",
            link_title=words.say("page.file.link"),
            app=words.say("page.app"),
            closes=name == "done",
        )
        headers = HEADERS | {"Content-Security-Policy": policy(page)}
        if isinstance(finished.outcome, TryLater):
            headers["Retry-After"] = str(math.ceil(finished.outcome.retry_after or 60))
        return web.Response(text=render(page), content_type="text/html", status=status or usual, headers=headers)


def _named(finished: FlowFinished) -> tuple[str, int]:
    """Return the name of the page's text, and the HTTP status."""
    outcome = finished.outcome
    if finished.for_file and isinstance(outcome, Tokens):
        return "file", 200
    if finished.for_file and isinstance(outcome, OtherPerson):
        return "file_other", 403
    if isinstance(outcome, SignInStop):
        return outcome.value, 403 if outcome is SignInStop.OTHER_BROWSER else 400
    if isinstance(outcome, ConsentNeeded):
        return ("admin_consent" if outcome.admin else "declined"), 403
    return _PAGES.get(type(outcome), ("expired", 403))


_PAGES: Mapping[type, tuple[str, int]] = {
    Tokens: ("done", 200),
    Declined: ("declined", 200),
    OtherPerson: ("other_person", 403),
    ClaimsNeeded: ("claims", 403),
    TryLater: ("later", 503),
    Refused: ("refused", 403),
    Misconfigured: ("misconfigured", 403),
}

_WORDS: Mapping[str, tuple[str, str]] = {
    "done": ("page.done.title", "page.done.text"),
    "file": ("page.file.title", "page.file.text"),
    "file_other": ("page.file_other.title", "page.file_other.text"),
    "expired": ("page.expired.title", "page.expired.text"),
    "other_browser": ("page.other_browser.title", "page.other_browser.text"),
    "other_person": ("page.other_person.title", "page.other_person.text"),
    "declined": ("page.declined.title", "page.declined.text"),
    "admin_consent": ("page.admin_consent.title", "page.admin_consent.text"),
    "claims": ("page.claims.title", "page.claims.text"),
    "later": ("page.later.title", "page.later.text"),
    "refused": ("page.refused.title", "page.refused.text"),
    "misconfigured": ("page.misconfigured.title", "page.misconfigured.text"),
}
