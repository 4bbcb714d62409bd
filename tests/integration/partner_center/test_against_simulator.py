"""The client against the simulated Partner Center.

The documented figures, with every kind of fault.
"""

from datetime import date

import pytest

from bot.domain.licensing import Dimension, Field, ServiceDate
from bot.errors import BadAnswerError, MfaRequiredError, RoleMissingError
from bot.partner_center.directory.name_directory import NameDirectory
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import And, Eq, Ne
from bot.query.reports.usage_report import Remark
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import FAULTS, JOURNAL, make_world, partner_center_app
from bot.simulator.partner_center.faults.fault_types import (
    Counts,
    Dates,
    Envelope,
    Fail,
    NextLink,
    NoBom,
    Refuse,
    Reset,
    Throttle,
    Total,
    Trickle,
    Truncate,
    WrongTypes,
)
from tests.shown_figures import of

TEST_COMPANY = "0112A436-B14E-4888-967B-CA4BB2CF1234"
CUSTOMERS = 60
LIMITS = ClientLimits(deadline=10.0, first_pause=0.001, longest_pause=0.001, jitter=0.0, attempts=3)
BY = (Dimension.WORKLOAD, Dimension.PRODUCT)


@pytest.fixture(scope="module")
def authority():
    return TokenAuthority()


@pytest.fixture
async def simulator(authority, session):
    """Start a simulator and return (application, its client)."""
    started = []

    async def start(*, mfa=True, roles=("AdminAgents",), **options):
        app = partner_center_app(make_world(CUSTOMERS), verify=authority.verify, **options)
        server = await listen(app, shutdown_timeout=0.1)
        started.append(server)
        tokens = SimulatedUserTokens(authority, mfa=mfa, roles=roles)
        return app, PartnerCenter(session, ReportEndpoint(server.url), tokens, limits=LIMITS)

    yield start
    for server in started:
        await server.close()


def by_name(name):
    return Eq(Field.CUSTOMER_NAME, name)


async def figures(client, caller, **query):
    return (await client.tally(caller, UsageQuery(**query), BY)).tally.report()


async def test_the_sample_company_has_the_documented_figures(simulator, alice):
    _, client = await simulator()
    found = await figures(client, alice, expression=Eq(Field.CUSTOMER_TENANT_ID, TEST_COMPANY))
    listed = [
        (row.entries[Dimension.WORKLOAD].name, row.entries[Dimension.PRODUCT].name, row.figures) for row in found.rows
    ]
    assert listed == [
        ("Exchange", "EXCHANGE ONLINE PROTECTION", of(0, 1)),
        ("SharePoint", "OFFICE 365 ENTERPRISE E3", of(0, 1)),
    ]
    assert found.as_of == (ServiceDate("Microsoft Office 365", date(2018, 10, 14)),)


@pytest.mark.parametrize(
    "expression",
    [
        by_name("O'Brien & Sons"),
        And((Ne(Field.WORKLOAD_CODE, "EXO"), Ne(Field.CHANNEL, "direct"))),
        And((Eq(Field.SERVICE_CODE, "CRM"), Ne(Field.CUSTOMER_NAME, "TEST COMPANY"))),
    ],
)
async def test_the_bots_filter_removes_no_row_that_the_service_selected(simulator, alice, expression):
    _, client = await simulator()
    query = UsageQuery(expression=expression)
    plain = await client.tally(alice, query, BY)
    kept = await client.tally(alice, query, BY, keep=expression)
    assert kept.tally.report() == plain.tally.report()
    assert Remark.FILTERED_HERE not in kept.tally.report().remarks


async def test_concurrent_pages_have_the_same_sums_as_one_page(simulator, alice):
    _, client = await simulator()
    assert await figures(client, alice, top=7) == await figures(client, alice)


async def test_an_earlier_day_is_reported_with_its_date(simulator, alice):
    _, client = await simulator()
    found = await figures(client, alice, processed=date(2018, 10, 7), expression=Eq(Field.SERVICE_CODE, "o365"))
    assert {entry.day for entry in found.as_of} == {date(2018, 10, 7)}


@pytest.mark.parametrize(
    "fault",
    [
        Fail(status=500),
        Fail(status=503, retry_after=0),
        Throttle(retry_after=0),
        Reset(),
        Truncate(),
        Truncate(part=0.0),
        NoBom(times=None),
        Trickle(seconds=0.001),
        WrongTypes(form="not_json"),
        WrongTypes(form="empty"),
        WrongTypes(form="number"),
        WrongTypes(form="text_rows"),
        WrongTypes(form="text_count"),
        Counts(form="text", times=None),
        Counts(form="float", times=None),
        Dates(form="offset", times=None),
        Dates(form="z", times=None),
        Dates(form="fraction", times=None),
        Envelope(form="lower", times=None),
        Envelope(form="odata", times=None),
        Envelope(form="items", times=None),
        Total(form="text", times=None),
        NextLink(form="relative", times=None),
        Refuse(status=401, code="400"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("top", [None, 50])
async def test_the_answer_is_the_same_when_a_fault_is_recoverable(simulator, alice, fault, top):
    app, client = await simulator()
    expected = await figures(client, alice)
    app[FAULTS].add(fault)
    assert await figures(client, alice, top=top) == expected


@pytest.mark.parametrize("form", ["missing", "null"])
async def test_links_lead_to_every_row_when_there_is_no_total(simulator, alice, form):
    app, client = await simulator()
    expected = await figures(client, alice)
    app[FAULTS].add(Total(form=form, times=None))
    assert await figures(client, alice, top=50) == expected


@pytest.mark.parametrize("form", ["foreign", "number", "text", "self"])
@pytest.mark.parametrize("total", [Total(form="missing", times=None), Counts(form="text", times=None)], ids=repr)
async def test_every_row_is_read_when_the_link_is_broken(simulator, alice, form, total):
    app, client = await simulator()
    expected = await figures(client, alice)
    app[FAULTS].add(NextLink(form=form, times=None), total)
    found = await figures(client, alice, top=50)
    assert (found.rows, found.total) == (expected.rows, expected.total)


async def test_rows_that_do_not_come_are_counted_when_announced(simulator, alice):
    app, client = await simulator()
    expected = await figures(client, alice)
    app[FAULTS].add(Total(form="more", times=None))
    found = await figures(client, alice, top=50)
    assert (found.rows, found.gaps.missing) == (expected.rows, 1000)


async def test_rows_are_never_lost_without_an_error(simulator, alice):
    """A total that is too low is not trusted if a link leads to more rows.

    If it contradicts, an error is raised.
    """
    app, client = await simulator()
    expected = await figures(client, alice)
    for form in ("zero", "less"):
        app[FAULTS].clear()
        app[FAULTS].add(Total(form=form, times=None))
        try:
            found = await figures(client, alice, top=50)
        except BadAnswerError:
            continue
        assert found.total == expected.total


async def test_mfa_required_is_raised_when_the_second_factor_is_missing(simulator, alice):
    _, client = await simulator(mfa=False)
    with pytest.raises(MfaRequiredError):
        await figures(client, alice)


async def test_role_missing_is_raised_when_the_caller_has_no_role(simulator, alice):
    _, client = await simulator(roles=())
    with pytest.raises(RoleMissingError):
        await figures(client, alice)


async def test_the_older_report_is_used_for_one_customer(simulator, alice):
    _, client = await simulator(commercial=False)
    expression = And((Eq(Field.CUSTOMER_TENANT_ID, TEST_COMPANY), Eq(Field.WORKLOAD_CODE, "EXO")))
    found = await client.tally(alice, UsageQuery(expression=expression), (Dimension.WORKLOAD,), keep=expression)
    assert found.superseded
    assert found.tally.report().total.sums == of(0, 1).sums


async def test_every_customer_is_in_the_directory(simulator, alice):
    app, client = await simulator()
    names = await NameDirectory(client, clock=lambda: 0.0, ttl=1.0).names(alice)
    assert len(names.entries(Dimension.CUSTOMER)) >= CUSTOMERS
    groups = {dict(asked.params).get("groupby") for asked in app[JOURNAL]}
    assert "customerTenantId,customerName" in groups
