"""`/metrics` over HTTP, on an address and port of its own.

The port that Teams can reach does not serve the metrics.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

from bot.digests.digest_metrics import CONTENT_TYPE, DigestMetrics
from bot.errors import AddressInUseError, StoreError
from bot.store.digests.digest_repository import DigestRepository

log = structlog.get_logger(__name__)


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

    app = web.Application()
    app.add_routes([web.get("/metrics", page)])
    return app


@asynccontextmanager
async def metrics_at(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve `app` as long as the context lasts, and yield the port.

    `port` 0 takes a free one. Raises AddressInUseError if the port is taken.
    """
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise AddressInUseError(host, port) from error
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
