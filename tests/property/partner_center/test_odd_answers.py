"""Any mix of oddities gives the figures of the known rows, and counts the rest."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.domain.conversation import Caller
from bot.domain.figures import Licenses
from bot.domain.licensing import Dimension
from bot.domain.report_kind import ReportKind
from bot.errors import IncompleteAnswerError
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.usage_query import UsageQuery
from tests.property.partner_center.odd_answers import (
    HOST,
    NEWEST,
    PATHS,
    WANTED,
    OddAnswer,
    Truth,
    customer_id,
    odd_answers,
)

LIMITS = ClientLimits(first_pause=0.0, longest_pause=0.0, jitter=0.0, deadline=30.0)
NOT_FOUND = b'{"code":"1000","description":"Not found."}'


class Session:
    """Answers as an HTTP session does, without a network."""

    def __init__(self, answer: OddAnswer) -> None:
        self._answer = answer

    @asynccontextmanager
    async def get(self, url: URL, **_: Any) -> AsyncIterator[Any]:
        assert str(url.origin()) == HOST
        status, body = 404, NOT_FOUND
        if url.path == PATHS[self._answer.report]:
            top = url.query.get("top")
            status, body = 200, self._answer.page(int(url.query.get("skip", 0)), int(top) if top else None)

        async def portions() -> AsyncIterator[bytes]:
            yield body

        content = SimpleNamespace(iter_any=portions)
        yield SimpleNamespace(status=status, headers={}, content=content, charset="utf-8")


class Token:
    async def token(self, caller: Caller, *, refused: str | None = None) -> str:
        return "token"

    async def newer(self, caller: Caller, refused: str) -> str | None:
        return None

    async def was_asked_for(self, caller: Caller, claims: str | None) -> bool:
        return False


def asked(answer: OddAnswer):
    client = PartnerCenter(Session(answer), ReportEndpoint(HOST), Token(), limits=LIMITS)
    query, keep = UsageQuery(report=answer.report), WANTED[answer.report]
    work = client.tally(Caller("tenant", "asker"), query, (Dimension.CUSTOMER,), keep=keep)
    return asyncio.run(work).tally.report()


def expected_lines(truth: Truth) -> Counter[tuple[str, Licenses]]:
    customers: dict[int, Licenses] = {}
    for (customer, _, _), (_, active, qualified) in truth.newest.items():
        customers[customer] = customers.get(customer, Licenses()) + Licenses.of(active, qualified)
    lines = Counter((customer_id(number).casefold(), sums) for number, sums in customers.items())
    return lines + Counter(("", Licenses.of(active, qualified)) for _, active, qualified in truth.alone)


def expected_older(truth: Truth) -> dict[int, int]:
    rows = [(ago, customer) for (customer, _, _), (ago, _, _) in truth.newest.items()]
    rows += [(ago, -number) for number, (ago, _, _) in enumerate(truth.alone, start=1)]
    newest = min((ago for ago, _ in rows), default=0)
    return dict(Counter(ago for ago, _ in set(rows) if ago != newest))


def line_of(row) -> tuple[str, Licenses]:
    entry = row.entries[Dimension.CUSTOMER]
    known = entry.id.casefold().startswith("5c1e7a90")
    return entry.id.casefold() if known else "", row.figures.sums


@pytest.mark.parametrize("report", ReportKind)
@given(data=st.data())
def test_figures_are_those_of_the_known_rows_and_gaps_are_counted(report, data):
    answer = data.draw(odd_answers(report))
    truth = answer.truth
    try:
        found = asked(answer)
    except IncompleteAnswerError:
        assert truth.missing + truth.repeated
        assert len(answer.rows) == truth.unusable
        return
    assert Counter(map(line_of, found.rows)) == expected_lines(truth)
    assert found.total.sums == sum((sums for _, sums in expected_lines(truth).elements()), Licenses())
    gaps = found.gaps
    assert (gaps.unknown, gaps.unusable, gaps.repeated) == (truth.unknown, truth.unusable, truth.repeated)
    assert gaps.missing == truth.missing
    # The total counts what was sent: in the place of a row that came again, another one may be missing.
    assert gaps.perhaps_missing == (truth.repeated if answer.total else 0)
    assert gaps.unidentified == len(truth.alone)
    assert {(NEWEST - each.day).days: each.customers for each in gaps.older} == expected_older(truth)
    days = {(NEWEST - day).days for row in found.rows for day in row.days}
    assert days == {ago for ago, _, _ in (*truth.newest.values(), *truth.alone)}
