"""Headers that every answer carries, whatever handler wrote it.

https://cheatsheetseries.owasp.org/cheatsheets/HTTP_Headers_Cheat_Sheet.html
"""

from aiohttp import web

HEADERS = {
    # Pages set their own policy; JSON needs nothing.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
HSTS = "max-age=31536000"
SERVER = "usagebot"


def add_security_headers(app: web.Application, public_url: str) -> None:
    """Add the headers to every answer of `app`.

    HSTS only where the public address is https. The server is named without its version.
    """
    headers = dict(HEADERS)
    if public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = HSTS

    async def add(_: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers["Server"] = SERVER

    app.on_response_prepare.append(add)
