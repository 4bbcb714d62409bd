"""Odd answers that real services have given, with the right figures."""

import json

import pytest
from aiohttp import web

from bot.domain.licensing import Dimension, Field
from bot.errors import IncompleteAnswerError
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import And, Eq
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.report_gaps import Gaps, OlderDay
from bot.query.usage_query import UsageQuery
from bot.simulator.access_tokens import SimulatedUserTokens, TokenAuthority
from bot.simulator.loopback_listener import listen
from bot.simulator.partner_center import Faults, make_world, partner_center_app
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.named_faults import NAMED_FAULTS, SMALL_PAGE, faults_named, small_pages

BY_CUSTOMER = (Dimension.CUSTOMER,)
EXCHANGE = Eq(Field.WORKLOAD_CODE, "EXO")
LAMNA, PROSEWARE, RELECLOUD, TAILSPIN = range(1, 5)
NAMES = {LAMNA: "Lamna Care", PROSEWARE: "Proseware", RELECLOUD: "Relecloud", TAILSPIN: "Tailspin Toys"}


def of(say, customer, active, qualified, **other):
    counts = {"licensesActive": active, "licensesQualified": qualified}
    return say.row(customer, customerName=NAMES[customer], processedDateTime="2026-03-10T00:00:00") | counts | other


async def report(client, caller, expression=EXCHANGE, limit=None):
    found = await client.tally(caller, UsageQuery(expression=expression), BY_CUSTOMER, keep=expression)
    return found.tally.report(RowSelection(limit))


def lines(found):
    sums = {row.entries[Dimension.CUSTOMER].name: row.figures.sums for row in found.rows}
    return {name: (each.active, each.qualified) for name, each in sums.items()}


def total(found):
    return found.total.sums.active, found.total.sums.qualified


OLD = {"processedDateTime": "2026-03-08T00:00:00"}


async def test_customers_of_an_older_day_stay_with_their_day(servers, client, say, alice):
    rows = [
        of(say, LAMNA, 30, 60),
        of(say, PROSEWARE, 5, 50, **OLD),
        of(say, RELECLOUD, 1, 10, **OLD),
        of(say, TAILSPIN, 4, 8),
        of(say, TAILSPIN, 3, 8, **OLD),
    ]
    script = await servers(say.page(*rows, total=5))
    found = await report(client(script), alice)
    assert total(found) == (40, 128)
    assert lines(found)["Tailspin Toys"] == (4, 8)
    assert [(each.day.day, each.customers) for each in found.gaps.older] == [(8, 2)]
    assert isinstance(found.gaps.older[0], OlderDay)
    assert len(script.requests) == 1


async def test_a_customer_without_a_count_is_unknown_not_idle(servers, client, say, alice):
    absent = of(say, RELECLOUD, 0, 10)
    del absent["licensesActive"]
    rows = [of(say, LAMNA, 30, 60), of(say, PROSEWARE, None, 50), absent, of(say, TAILSPIN, 0, 40)]
    script = await servers(say.page(*rows, total=4))
    found = await report(client(script), alice)
    assert (lines(found), found.gaps.unknown) == ({"Lamna Care": (30, 60), "Tailspin Toys": (0, 40)}, 2)
    idle = await report(client(script), alice, limit=ShareRange(high=0.0))
    assert list(lines(idle)) == ["Tailspin Toys"]


@pytest.mark.parametrize("count", [-1, 12.5, "12,5", None, 10**20, [1], True])
async def test_an_odd_count_of_one_customer_harms_no_other(servers, client, say, alice, count):
    script = await servers(say.page(of(say, LAMNA, 10, 20), of(say, PROSEWARE, count, 50), total=2))
    found = await report(client(script), alice)
    assert (lines(found), found.gaps.unknown) == ({"Lamna Care": (10, 20)}, 1)


async def test_a_day_with_two_meanings_leaves_its_row_out(servers, client, say, alice):
    odd = of(say, PROSEWARE, 1, 9, processedDateTime="3/10/2026 12:00:00 AM")
    script = await servers(say.page(of(say, LAMNA, 10, 20), odd, total=2))
    found = await report(client(script), alice)
    assert (lines(found), found.gaps.unknown) == ({"Lamna Care": (10, 20)}, 1)


async def test_a_code_with_an_invisible_character_is_not_turned_away(servers, client, say, alice):
    script = await servers(say.page(of(say, LAMNA, 10, 20, workloadCode="EXO\u200b"), total=1))
    expression = And((Eq(Field.CUSTOMER_TENANT_ID, of(say, LAMNA, 0, 0)["customerTenantId"]), EXCHANGE))
    assert total(await report(client(script), alice, expression)) == (10, 20)


async def test_overlapping_pages_count_a_row_once_and_say_one_may_be_missing(servers, client, say, alice):
    def serve(request):
        first, second = of(say, LAMNA, 10, 20), of(say, PROSEWARE, 7, 70)
        if request.query.get("skip"):
            return say.page(second, of(say, TAILSPIN, 1, 10), total=4)
        return say.page(first, second, total=4, link=f"{request.path}?skip=2&top=2")

    found = await report(client(await servers(serve)), alice)
    assert lines(found) == {"Lamna Care": (10, 20), "Proseware": (7, 70), "Tailspin Toys": (1, 10)}
    assert found.gaps == Gaps(repeated=1, perhaps_missing=1)


def six_rows(say, request, size, link):
    skip = int(request.query.get("skip", 0))
    numbers = range(skip, min(skip + size, 6))
    rows = [of(say, LAMNA, number + 1, 10, productId=f"P{number}") for number in numbers]
    return say.page(*rows, link=link(skip + size) if skip + size < 6 else None)


async def test_a_link_with_its_prefix_twice_is_replaced_by_skip(servers, client, say, alice):
    def serve(request):
        if "//" in request.path:
            return say.refusal(404, "1000")
        return six_rows(say, request, 4, lambda skip: f"/partner/v1//v1/usage?skip={skip}")

    assert total(await report(client(await servers(serve)), alice)) == (21, 60)


async def test_the_older_report_never_replaces_a_further_page(servers, client, say, alice):
    def serve(request):
        if "customers" in request.path:
            return web.json_response({"items": [of(say, LAMNA, 1, 9)], "totalCount": 1})
        if request.query.get("skip"):
            return say.refusal(404, "1000")
        return six_rows(say, request, 4, lambda skip: f"{request.path}?skip={skip}")

    script = await servers(serve)
    expression = And((Eq(Field.CUSTOMER_TENANT_ID, of(say, LAMNA, 0, 0)["customerTenantId"]), EXCHANGE))
    with pytest.raises(IncompleteAnswerError) as caught:
        await report(client(script), alice, expression)
    assert caught.value.correlation_id in script.sent("MS-CorrelationId")
    assert not any("customers" in path for path in script.paths)


@pytest.mark.parametrize("heeded", [True, False])
async def test_a_full_page_without_link_and_total_is_asked_on(servers, client, say, alice, heeded):
    def serve(request):
        skip = int(request.query.get("skip", 0)) if heeded else 0
        return say.page(*(say.row(number) for number in range(skip, min(skip + 10_000, 10_100))))

    found = await report(client(await servers(serve)), alice)
    assert total(found) == ((10_100, 20_200) if heeded else (10_000, 20_000))
    assert found.gaps == Gaps(incomplete=not heeded)


@pytest.mark.parametrize(
    "change",
    [
        lambda body, say: body.decode("utf-8-sig").encode("utf-16"),
        lambda body, say: b"\xef\xbb\xbf" + body,
        lambda body, say: body.replace(b'"licensesActive": 2', b'"licensesActive": NaN'),
        lambda body, say: body.replace(b'"CUSTOMER 2"', b'"\\ud800"').replace(b'"licensesActive": 2', b'"x": 1'),
        lambda body, say: body.replace(b'"licensesActive": 2', b'"licensesActive": 2, "licensesActive": "two"'),
        lambda body, say: body.replace(b'"licensesActive": 2', b'"licensesActive": {"value": 2}'),
    ],
)
async def test_an_odd_body_keeps_the_rows_that_can_be_read(servers, client, say, alice, change):
    rows = [of(say, LAMNA, 10, 20), of(say, PROSEWARE, 2, 50)]
    body = change(b"\xef\xbb\xbf" + json.dumps({"Value": rows, "TotalCount": 2}).encode(), say)
    script = await servers(web.Response(body=body, content_type="text/html"))
    found = await report(client(script), alice)
    assert lines(found)["Lamna Care"] == (10, 20)
    assert found.matched + found.gaps.unknown == 2


@pytest.mark.parametrize("name", sorted(name for name, faults in NAMED_FAULTS.items() if faults))
async def test_every_fault_of_the_demo_is_said_or_mended(session, alice, name):
    authority = TokenAuthority()

    async def figures(faults):
        size = SMALL_PAGE if small_pages([name]) else 10_000
        conduct = Conduct(page_limit=size)
        app = partner_center_app(make_world(40), verify=authority.verify, faults=Faults(*faults), conduct=conduct)
        server = await listen(app, shutdown_timeout=0.1)
        try:
            client = PartnerCenter(session, ReportEndpoint(server.url), SimulatedUserTokens(authority), limits=LIMITS)
            return (await client.tally(alice, UsageQuery(), (Dimension.CUSTOMER, Dimension.WORKLOAD))).tally.report()
        finally:
            await server.close()

    right = await figures(())
    try:
        found = await figures(faults_named([name]))
    except IncompleteAnswerError:
        return  # it is said that the answer is not complete
    assert found.gaps != Gaps() or found.total.sums == right.total.sums
    differing = {row.figures.sums for row in right.rows} - {row.figures.sums for row in found.rows}
    assert len(differing) <= 1


LIMITS = ClientLimits(deadline=20.0, first_pause=0.001, longest_pause=0.001, jitter=0.0)
