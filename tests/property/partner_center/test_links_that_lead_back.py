"""Whatever links lead back or nowhere, a sum is complete or says that it is not."""

import asyncio
from collections.abc import Callable
from functools import partial

from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.domain.licensing import UsageRow
from bot.errors import IncompleteAnswerError
from bot.partner_center.page_fetcher import PageFetcher
from bot.partner_center.protocol.next_page import FiguresChangedError
from bot.partner_center.protocol.report_page import ReportPage

REPORT = URL("https://api.example/partner/v1/analytics/commercial/usage/license")
# The link of a page that begins with row `skip`; `end` is the row after its last.
LINKS: dict[str, Callable[[int, int], str]] = {
    "on": lambda _, end: f"?skip={end}",
    "itself": lambda skip, _: f"?skip={skip}" if skip else "license",
    "first": lambda _skip, _end: "?skip=0",
    "cycle": lambda skip, end: "?skip=0" if skip else f"?skip={end}",
    "overlap": lambda _, end: f"?skip={max(end - 1, 0)}",
    "ampersand": lambda _, end: f"?top=3&amp;skip={end}",
    "capitals": lambda _, end: f"?Top=3&Skip={end}",
    "token": lambda _, end: f"?continuationToken={end}",
    "counter": lambda skip, end: f"?skip={skip}&n={end}",
    "nothing asked": lambda _, end: f"?skip={end}&top=0",
    "refused": lambda _skip, _end: "?skip=-1",
    "other host": lambda _, end: f"https://evil.example/?skip={end}",
    "half of an emoji": lambda _skip, _end: "\ud83d",
}
linked = st.lists(st.sampled_from(sorted(LINKS)), min_size=1, max_size=3)


class Service:
    """Heeds `skip` and `top`, and gives each page a link of the next form."""

    def __init__(self, rows: int, size: int, forms: list[str], total: str, *, always: bool) -> None:
        self.rows = [UsageRow(customer_id=str(number), qualified=1) for number in range(rows)]
        self.size, self.forms, self.total, self.always = size, forms, total, always
        self.asked = 0

    async def fetch(self, url: URL) -> ReportPage:
        self.asked += 1
        skip = int(url.query.get("skip") or 0)
        size = min(int(url.query.get("top") or self.size), self.size)
        if skip < 0:
            raise IncompleteAnswerError("refused")
        rows = self.rows[skip : skip + size]
        end = skip + len(rows)
        form = LINKS[self.forms[self.asked % len(self.forms)]]
        link = form(skip, end) if self.always or end < len(self.rows) else None
        return ReportPage(rows, link, {"none": None, "page": len(rows), "all": len(self.rows)}[self.total])


def address(skip: int, top: int | None) -> URL:
    return REPORT.with_query({name: str(value) for name, value in (("skip", skip), ("top", top)) if value})


@given(
    rows=st.integers(0, 12),
    size=st.integers(1, 5),
    forms=linked,
    total=st.sampled_from(["none", "page", "all"]),
    always=st.booleans(),
)
def test_every_row_came_unless_the_answer_says_otherwise(
    rows: int, size: int, forms: list[str], total: str, always: bool
) -> None:
    service = Service(rows, size, forms, total, always=always)
    for patient in (False, True):  # as the client reads: again, if the pages contradict each other
        taken: list[UsageRow] = []
        reading = PageFetcher(service.fetch, partial(_take, taken), lambda _done, _every: None, 2, patient=patient)
        try:
            asyncio.run(reading.run(address, 0, None))
            break
        except FiguresChangedError:
            assert not patient
        except IncompleteAnswerError:
            return
    came = {row.customer_id for row in taken}
    again = reading.repeated > 0 or len(taken) > len(came)  # the caller reads again, or says so
    told = again if reading.total is None else len(came) < reading.total
    assert len(came) == rows or reading.incomplete or told
    assert service.asked < 100


def _take(taken: list[UsageRow], page: list[UsageRow]) -> list[None]:
    taken.extend(page)
    return []
