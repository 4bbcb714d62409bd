"""Whatever the pages of the analytics are, every subscription comes or is missed.

None is counted twice, and what does not come is said.
"""

import asyncio
import json
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import BadAnswerError, BadRequestError
from bot.partner_center.protocol.report_url import ReportEndpoint
from bot.partner_center.report_presence import ReportPresence
from bot.partner_center.subscriptions.analytics_reading import AnalyticsReading

HOST = "http://127.0.0.1:1"
LINKS = {
    "on": "?skip={end}",
    "absolute": HOST + "/partner/v1/analytics/subscriptions?skip={end}",
    "itself": "?skip={skip}",
    "first": "?skip=0",
    "overlap": "?skip={before}",
    "refused": "?skip=-1",
    "other host": "https://evil.example/?skip={end}",
}


class Service:
    """Calls of one request, answered by a service with some oddities."""

    def __init__(self, rows: int, size: int, forms: list[str], total: str, *, takes_filter: bool, odd: int) -> None:
        self.rows: list[Any] = [{"id": f"S{number}", "licenseCount": 1} for number in range(rows)]
        self.rows[:0] = [{"note": "no subscription"}] * odd
        self.size, self.forms, self.total, self.takes_filter = size, forms, total, takes_filter
        self.asked = 0

    async def decoded(self, url: URL, decode: Any) -> Any:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(str(url)).query).items()}
        self.asked += 1
        skip = int(asked.get("skip", 0))
        if skip < 0 or ("filter" in asked and not self.takes_filter):
            raise BadRequestError("refused")
        rows = self.rows[skip : skip + min(int(asked.get("top", self.size)), self.size)]
        end = skip + len(rows)
        form = LINKS[self.forms[self.asked % len(self.forms)]]
        link = form.format(skip=skip, end=end, before=max(end - 1, 0)) if end < len(self.rows) else None
        total = {"none": None, "page": len(rows), "all": len(self.rows), "more": len(self.rows) + 1}[self.total]
        body = {"Value": rows, "@nextLink": link, "TotalCount": total}
        return await decode(bytearray(json.dumps(body).encode()), None)


@given(
    rows=st.integers(0, 10),
    size=st.integers(1, 5),
    forms=st.lists(st.sampled_from(sorted(LINKS)), min_size=1, max_size=3),
    total=st.sampled_from(["none", "page", "all", "more"]),
    takes_filter=st.booleans(),
    odd=st.integers(0, 2),
)
def test_every_subscription_comes_once_or_is_said_to_be_missing(
    rows: int, size: int, forms: list[str], total: str, takes_filter: bool, odd: int
) -> None:
    service = Service(rows, size, forms, total, takes_filter=takes_filter, odd=odd)
    reading = AnalyticsReading(ReportEndpoint(HOST), ReportPresence(1.0, lambda: 0.0), 2, lambda: date(2026, 11, 30))
    try:
        found, gaps = asyncio.run(reading.read(service, lambda _done, _every: None))  # type: ignore[arg-type]
    except BadAnswerError:
        return
    came = [each.id for each in found.items]
    assert len(set(came)) == len(came)
    assert set(came) <= {f"s{number}" for number in range(rows)}
    # A page without a usable entry that comes again is not noticed, but for its entries.
    assert len(came) == rows or gaps.missing or gaps.incomplete or gaps.unusable > odd
    assert service.asked < 200
