"""A process that reads the whole report.

`ours` with the client, `plain` downloads the same pages only. python reader.py ours|plain URL TOKEN PAGES -> {"rows":
..., "seconds": ..., "idle_mb": ..., "peak_mb": ...}
"""

import asyncio
import json
import re
import sys
import time
from pathlib import Path

import aiohttp

from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.usage_query import PAGE_LIMIT, UsageQuery

LIMITS = ClientLimits(deadline=600.0)


class OneToken:
    """Returns the same token for every caller."""

    def __init__(self, token: str) -> None:
        self._token = token

    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        return self._token

    async def newer(self, caller: Caller, refused: str) -> str | None:
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        return False


def megabytes(name: str) -> float:
    """Return a memory figure of this process.

    VmRSS is the current one, VmHWM the maximum so far.
    """
    found = re.search(rf"{name}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


async def ours(session: aiohttp.ClientSession, url: str, token: str, _pages: int) -> int:
    client = PartnerCenter(session, ReportEndpoint(url), OneToken(token), limits=LIMITS)
    fetched = await client.tally(Caller("tenant", "reader"), UsageQuery(), (Dimension.WORKLOAD,))
    report = fetched.tally.report()
    assert len(report.rows) > 1
    assert report.total.sums.qualified > fetched.rows
    return fetched.rows


async def plain(session: aiohttp.ClientSession, url: str, token: str, pages: int) -> int:
    """Download page by page with the same concurrency, without reading the rows."""
    numbers = iter(range(pages))
    headers = {"Authorization": f"Bearer {token}"}

    async def work() -> None:
        for number in numbers:
            address = ReportEndpoint(url).usage({"top": str(PAGE_LIMIT), "skip": str(number * PAGE_LIMIT)})
            async with session.get(address, headers=headers) as response:
                assert response.status == 200
                await response.read()

    await asyncio.gather(*(work() for _ in range(LIMITS.pages_at_once)))
    return 0


async def main(mode: str, url: str, token: str, pages: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as response:  # opens the connection and loads the code that is needed once
            await response.read()
        idle = megabytes("VmRSS")
        start = time.perf_counter()
        rows = await {"ours": ours, "plain": plain}[mode](session, url, token, int(pages))
        seconds = time.perf_counter() - start
    measured = {"rows": rows, "seconds": seconds, "idle_mb": idle, "peak_mb": megabytes("VmHWM")}
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
