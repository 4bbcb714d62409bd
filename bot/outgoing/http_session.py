"""The sessions in which the bot calls services: one policy for all of them.

No proxy and no .netrc from the environment, no cookies, no redirects, https with TLS 1.2 or newer, and no call without
a deadline. Without TLS only this machine is called. Callers add their deadlines and the hosts that they trust.
"""

from types import SimpleNamespace

import aiohttp
from aiohttp import ClientHandlerType, ClientRequest, ClientResponse

from bot.domain.loopback import is_loopback
from bot.outgoing.tls_policy import tls_context

LONGEST = 60.0  # seconds of a call that has no deadline of its own


class PolicyError(aiohttp.ClientError):
    """A call is against the policy: nothing was sent."""


def open_session(*, per_host: int = 0, seconds: float | None = LONGEST) -> aiohttp.ClientSession:
    """Return a session. The caller closes it.

    `per_host`: connections to one host at the same time, 0 for any number. `seconds`: what a call may take that has no
    deadline of its own, None for a stream without an end on this machine.
    """
    traced = aiohttp.TraceConfig()
    traced.on_request_redirect.append(_refuse_redirect)
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0, limit_per_host=per_host, ssl=tls_context()),
        # No service needs cookies, and they would be shared by all users.
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=seconds),
        trust_env=False,
        middlewares=(_only_tls,),
        trace_configs=[traced],
    )


async def _only_tls(request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
    """Refuse to send anything without TLS to another machine."""
    if request.url.scheme != "https" and not is_loopback(request.url.host or ""):
        raise PolicyError("only this machine is called without TLS")
    return await handler(request)


async def _refuse_redirect(
    _session: aiohttp.ClientSession, _context: SimpleNamespace, _params: aiohttp.TraceRequestRedirectParams
) -> None:
    """Refuse a redirect: the request and its token are for this address only."""
    raise PolicyError("a redirect is not followed")
