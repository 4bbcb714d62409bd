"""Tests that compiled filters select over HTTP the rows that `match` selects.

The simulator parses them with a parser that is not ours.
"""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from aiohttp import ClientSession
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.conversation import Caller
from bot.domain.licensing import DEPLOYMENT_FIELDS, DeploymentRow, Field, UsageRow
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_matcher import matches
from bot.simulator.access_tokens import TokenAuthority
from bot.simulator.loopback_listener import Listening, listen
from bot.simulator.partner_center import make_world, partner_center_app

USAGE = "/v1/analytics/commercial/usage/license"
SEATS = "/v1/analytics/commercial/deployment/license"


class Asker:
    """A simulator in its own thread: Hypothesis calls from outside an event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._server, self._session = self._run(self._open())
        self.rows = self.ask({})
        self.seats = self.ask({}, SEATS, DeploymentRow)

    async def _open(self) -> tuple[Listening, ClientSession]:
        authority = TokenAuthority()
        server = await listen(partner_center_app(make_world(0), verify=authority.verify))
        token = authority.issue(Caller("11111111-2222-4333-8444-555555555555", "a", "Alice"))
        return server, ClientSession(server.url, headers={"Authorization": f"Bearer {token}"})

    def ask(self, params: dict[str, str], report: str = USAGE, row: type[UsageRow] = UsageRow) -> list[UsageRow]:
        return self._run(self._ask(params, report, row))

    async def _ask(self, params: dict[str, str], report: str, row: type[UsageRow]) -> list[UsageRow]:
        async with self._session.get(report, params=params) as reply:
            body = (await reply.read()).decode("utf-8-sig")
            assert reply.status == 200, (params, body)
            return [msgspec.convert(each, row) for each in msgspec.json.decode(body)["Value"]]

    def close(self) -> None:
        self._run(self._session.close())
        self._run(self._server.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)


@pytest.fixture(scope="module")
def asker() -> Iterator[Asker]:
    running = Asker()
    yield running
    running.close()


def values() -> st.SearchStrategy[tuple[Field, str]]:
    """Return a field with a value of its rows, in any case, or with any text."""
    seen = {
        Field.WORKLOAD_CODE: ["EXO", "spo", "TEAMS", "CRM"],
        Field.WORKLOAD_NAME: ["Exchange", "SKYPE FOR BUSINESS"],
        Field.SERVICE_CODE: ["O365", "crm"],
        Field.SERVICE_NAME: ["microsoft dynamics"],
        Field.CHANNEL: ["Reseller", "direct"],
        Field.CUSTOMER_TENANT_ID: ["0112a436-b14e-4888-967b-ca4bb2cf1234"],
        Field.CUSTOMER_NAME: [
            *("test company", "O'BRIEN & SONS", "contoso", "ÆRØ FÆRGEFART APS", "株式会社サクラ商事"),
            *('The "Quoted" Company', "100% Cotton Mills", "Müller & Söhne GEBÄUDETECHNIK GmbH"),
        ],
        Field.PRODUCT_ID: ["6fd2c87f-b296-42f0-b197-1e91e994b900"],
        Field.PRODUCT_NAME: ["OFFICE 365 ENTERPRISE E3", "exchange online (plan 1)"],
    }
    known = st.sampled_from([(field, value) for field, several in seen.items() for value in several])
    return known | st.tuples(st.sampled_from(Field), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


LEAVES: st.SearchStrategy[Expression] = st.builds(lambda kind, pair: kind(*pair), st.sampled_from([Eq, Ne]), values())


def joined(leaves: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.recursive(
        leaves,
        lambda inner: st.builds(
            lambda kind, terms: kind(tuple(terms)), st.sampled_from([And, Or]), st.lists(inner, min_size=2, max_size=3)
        ),
        max_leaves=8,
    )


EXPRESSIONS = joined(LEAVES)
OF_SEATS = joined(LEAVES.filter(lambda leaf: leaf.field in DEPLOYMENT_FIELDS))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(expression=EXPRESSIONS)
def test_compiled_expression_selects_the_rows_it_matches(asker: Asker, expression: Expression) -> None:
    found = asker.ask({"filter": compile_filter(expression)})
    assert found == [row for row in asker.rows if matches(expression, row)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50)
@given(expression=OF_SEATS)
def test_compiled_expression_selects_the_seats_it_matches(asker: Asker, expression: Expression) -> None:
    found = asker.ask({"filter": compile_filter(expression)}, SEATS, DeploymentRow)
    assert found == [row for row in asker.seats if matches(expression, row)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(expression=EXPRESSIONS, fields=st.lists(st.sampled_from(Field), min_size=1, max_size=4, unique=True))
def test_groups_of_any_selection_sum_to_its_rows(asker: Asker, expression: Expression, fields: list[Field]) -> None:
    text = compile_filter(expression)
    rows = asker.ask({"filter": text})
    groups = asker.ask({"filter": text, "groupby": ",".join(fields)})
    assert sum(group.active for group in groups) == sum(row.active for row in rows)
    assert sum(group.qualified or 0 for group in groups) == sum(row.qualified or 0 for row in rows)
