"""`/`, `/privacy` and `/terms` over HTTP, the same for every caller."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.web.legal_documents import DOCUMENTS, Document
from bot.web.legal_html import content_policy, render
from cards.wording.locale_words import LocaleWords, available

LONGEST = 200  # characters of Accept-Language that are parsed
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
        words = LocaleWords.load(_wanted(request.headers.get("Accept-Language", "")))
        headers = HEADERS | {"Content-Security-Policy": content_policy(document, words)}
        return web.Response(text=render(document, words), content_type="text/html", headers=headers)

    return page


def _wanted(accepted: str) -> str:
    """Return the first accepted language that has texts, else "en".

    Browsers list the preferred language first.
    """
    tags = [part.partition(";")[0].strip() for part in accepted[:LONGEST].split(",")]
    return next((tag for tag in tags if tag.partition("-")[0].casefold() in available()), "en")
