"""Rows as real reports have them, over HTTP.

They have more workloads, several days, and names that change between pages.
"""

from contextlib import asynccontextmanager
from datetime import date

import pytest

from bot.domain.licensing import Dimension, Field
from bot.names.name_index import Unique
from bot.partner_center.directory.name_directory import NameDirectory
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import Eq
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import ChangedNames, Days, FailDomainFilter
from bot.simulator.partner_center.world.more_workloads import MORE, with_more_workloads

LIMITS = ClientLimits(deadline=20.0, first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=2)
WORLD = make_world(40)


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@asynccontextmanager
async def running(authority, session, *faults, world=WORLD, **conduct):
    app = partner_center_app(world, verify=authority.verify, conduct=Conduct(**conduct))
    app[FAULTS].add(*faults)
    server = await listen(app, shutdown_timeout=0.1)
    yield PartnerCenter(session, ReportEndpoint(server.url), SimulatedUserTokens(authority), limits=LIMITS)
    await server.close()


async def report(client, alice, by=(Dimension.CUSTOMER, Dimension.PRODUCT), **query):
    return (await client.tally(alice, UsageQuery(**query), by)).tally.report()


@pytest.mark.parametrize("page_limit", [7, 50])
async def test_renamed_customers_and_products_stay_one_line(authority, session, alice, page_limit):
    async with running(authority, session) as client:
        right = await report(client, alice)
    async with running(authority, session, ChangedNames(times=None), page_limit=page_limit) as client:
        found = await report(client, alice)
    ids = [[tuple(entry.id for entry in row.entries.values()) for row in each.rows] for each in (right, found)]
    assert sorted(ids[0]) == sorted(ids[1])
    assert (found.total, found.gaps) == (right.total, right.gaps)


async def test_each_service_keeps_its_day_when_they_are_far_apart(authority, session, alice):
    async with running(authority, session) as client:
        right = await report(client, alice)
    async with running(authority, session, Days(times=None)) as client:
        found = await report(client, alice)
    assert {each.day for each in found.as_of} == {date(2018, 10, 14), date(2018, 10, 4)}
    assert found.total.sums == right.total.sums


async def test_older_rows_are_counted_and_told(authority, session, alice):
    asked = {"expression": Eq(Field.SERVICE_CODE, "o365")}
    async with running(authority, session) as client:
        right = await report(client, alice, **asked)
    async with running(authority, session, Days(form="alternate", times=None)) as client:
        found = await report(client, alice, **asked)
    assert {each.day for each in found.as_of} == {date(2018, 10, 14), date(2018, 10, 12)}
    assert [each.day for each in found.gaps.older] == [date(2018, 10, 12)]
    assert found.total.sums == right.total.sums


@pytest.mark.parametrize("page_limit", [10_000, 50])
async def test_the_day_that_was_asked_for_is_answered_among_later_ones(authority, session, alice, page_limit):
    asked = {"processed": date(2018, 9, 30), "expression": Eq(Field.SERVICE_CODE, "o365")}
    async with running(authority, session) as client:
        right = await report(client, alice, **asked)
    async with running(authority, session, since=True, page_limit=page_limit) as client:
        found = await report(client, alice, **asked)
    assert {each.day for each in found.as_of} == {date(2018, 9, 30)}
    assert (found.rows, found.total) == (right.rows, right.total)


async def test_workloads_beyond_the_documents_are_summed_and_named(authority, session, alice):
    world = with_more_workloads(WORLD)
    assert len(world) == len(WORLD) + 6 * len([n for n in range(2, 40) if n % 3 == 0])
    async with running(authority, session, world=world) as client:
        found = await report(client, alice, (Dimension.WORKLOAD,))
        names = await NameDirectory(client, clock=lambda: 0.0, ttl=1.0).names(alice)
    codes = {row.entries[Dimension.WORKLOAD].id: row.figures for row in found.rows}
    assert {"EXO", "SPO", "SFB", "TEAMS", "CRM"} | {each.code for each in MORE} == codes.keys()
    intune = [n for n, offer in enumerate(world.offer) if world.offers[offer].workload.code == "INTUNE"]
    assert codes["INTUNE"].sums.qualified == sum(world.qualified[n] for n in intune)
    assert isinstance(names.find("yammer", (Dimension.WORKLOAD,)), Unique)


@pytest.mark.parametrize("status", [500, 503])
async def test_list_of_customers_is_read_when_its_domain_filter_fails(authority, session, alice, status):
    async with running(authority, session, FailDomainFilter(status=status, times=None)) as client:
        seen = []
        await client.customer_domains(alice, lambda page: seen.append(page) or True)
    assert len(seen[0]) == 40
