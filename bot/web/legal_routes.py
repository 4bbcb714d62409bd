"""`/`, `/privacy` and `/terms` over HTTP, the same for every caller."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.web.legal_documents import DOCUMENTS, Document
from bot.web.legal_html import content_policy, render
from cards.wording.accepted_language import accepted_locale
from cards.wording.locale_words import LocaleWords

HEADERS = {
    "Cache-Control": "public, max-age=3600",
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


def page_routes() -> list[web.RouteDef]:
    """Return the routes for `Application.add_routes`; each answers GET and HEAD."""
    return [web.get(document.path, _page(document)) for document in DOCUMENTS]


def _page(document: Document) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def page(request: web.Request) -> web.Response:
        words = LocaleWords.load(accepted_locale(request.headers.get("Accept-Language", "")))
        headers = HEADERS | {"Content-Security-Policy": content_policy(document, words)}
        return web.Response(text=render(document, words), content_type="text/html", headers=headers)

    return page
