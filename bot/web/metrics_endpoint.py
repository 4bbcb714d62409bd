"""`/metrics` over HTTP, on an address and port of its own.

The port that Teams can reach does not serve the metrics.
"""

from contextlib import AbstractAsyncContextManager

import structlog
from aiohttp import web

from bot.digests.digest_metrics import CONTENT_TYPE, DigestMetrics
from bot.errors import StoreError
from bot.store.digests.digest_repository import DigestRepository
from bot.web.connection_limits import ConnectionLimits
from bot.web.guarded_handler import counted
from bot.web.listening_port import listening
from bot.web.security_headers import add_security_headers

log = structlog.get_logger(__name__)

# A few monitors ask. Their connections come out of what the port for Teams leaves free.
LIMITS = ConnectionLimits(most=16, per_peer=16, spare=0)


def metrics_app(metrics: DigestMetrics, digests: DigestRepository) -> web.Application:
    """Return an application that serves `GET /metrics` and nothing else.

    If the database fails, only the figures that are read from it are missing.
    """

    async def page(_: web.Request) -> web.Response:
        try:
            metrics.standing(await digests.counts())
        except StoreError as error:
            log.warning("digest_count_failed", problem=str(error))
            metrics.standing(None)
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application(middlewares=[counted])
    add_security_headers(app, "")
    app.add_routes([web.get("/metrics", page)])
    return app


def metrics_at(app: web.Application, host: str, port: int) -> AbstractAsyncContextManager[int]:
    """Serve `app` as long as the context lasts, and yield the port.

    `port` 0 takes a free one. Raises AddressInUseError if the port is taken.
    """
    return listening(app, host, port, close_seconds=1.0, limits=LIMITS)
