"""The older report over one customer is used when the current one does not exist."""

from datetime import date

import pytest
from aiohttp import web

from bot.domain.licensing import Dimension, Field
from bot.errors import EndpointMissingError, NotYourCustomerError
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import And, Eq, Ne
from bot.query.reports.usage_report import Remark
from bot.query.usage_query import UsageQuery
from tests.shown_figures import of

ID = "0112A436-B14E-4888-967B-CA4BB2CF1234"
CUSTOMER = Eq(Field.CUSTOMER_TENANT_ID, ID)
EXCHANGE = And((CUSTOMER, Eq(Field.WORKLOAD_CODE, "EXO")))
OLDER = f"/v1/customers/{ID.lower()}/analytics/licenses/usage"


def older(workload, active):
    return {
        "customerName": "TEST COMPANY",
        "productName": "OFFICE 365 ENTERPRISE E3",
        "licensesActive": active,
        "licensesQualified": 10.0,
        "usagePercent": 10 * active,
        "workloadName": workload,
        "processedDateTime": "2017-03-10T00:00:00+00:00",
        "serviceName": "o365",
        "channel": "Reseller",
        "attributes": {"objectType": "CustomerLicensesUsageInsights"},
    }


def both(say, total=2):
    """Serve 404 for the current report, and two rows for the older one."""

    def serve(request):
        if "customers" not in request.path:
            return say.refusal(404, "1000")
        rows = [older("Exchange", 3), older("SharePoint", 5)]
        body = {"totalCount": total, "items": rows, "attributes": {"objectType": "Collection"}}
        return web.json_response(body)

    return serve


async def test_the_older_report_is_read_and_filtered_by_the_bot(servers, client, say, alice):
    script = await servers(both(say))
    found = await client(script).tally(alice, UsageQuery(expression=EXCHANGE), (Dimension.WORKLOAD,))
    report = found.tally.report()
    assert script.paths == ["/partner/v1/analytics/commercial/usage/license", OLDER]
    assert found.superseded
    assert report.total.sums == of(3, 10).sums
    assert Remark.FILTERED_HERE in report.remarks
    assert [(entry.service, entry.day) for entry in report.as_of] == [("Microsoft Office 365", date(2017, 3, 10))]
    assert report.rows[0].entries[Dimension.CUSTOMER].id == ID


async def test_no_remark_is_added_when_no_row_was_filtered(servers, client, say, alice):
    script = await servers(both(say))
    found = await client(script).tally(alice, UsageQuery(expression=CUSTOMER), ())
    assert found.tally.report().total.sums == of(8, 20).sums
    assert Remark.FILTERED_HERE not in found.tally.report().remarks


async def test_keep_is_applied_to_the_older_rows_too(servers, client, say, alice):
    script = await servers(both(say))
    keep = And((CUSTOMER, Ne(Field.WORKLOAD_CODE, "EXO")))
    found = await client(script).tally(alice, UsageQuery(expression=CUSTOMER), (), keep=keep)
    assert found.tally.report().total.sums == of(5, 10).sums


async def test_a_missing_report_is_remembered_for_some_seconds(servers, session, tokens, say, alice):
    script = await servers(both(say))
    now = [0.0]
    limits = ClientLimits(endpoint_missing=300.0)
    client = PartnerCenter(session, ReportEndpoint(script.url), tokens, limits=limits, clock=lambda: now[0])
    query = UsageQuery(expression=CUSTOMER)
    await client.tally(alice, query, ())
    now[0] = 299.0
    await client.tally(alice, query, ())
    assert script.paths[2:] == [OLDER]
    now[0] = 301.0
    await client.tally(alice, query, ())
    assert len(script.paths) == 5


@pytest.mark.parametrize(
    "query",
    [
        UsageQuery(),
        UsageQuery(expression=Eq(Field.CUSTOMER_NAME, "TEST COMPANY")),
        UsageQuery(expression=CUSTOMER, processed=date(2018, 10, 7)),
        UsageQuery(expression=And((CUSTOMER, Eq(Field.PRODUCT_ID, "6FD2")))),
    ],
)
async def test_endpoint_missing_is_raised_when_the_older_report_lacks_it(servers, client, say, alice, query):
    script = await servers(both(say))
    with pytest.raises(EndpointMissingError) as caught:
        await client(script).tally(alice, query, ())
    assert caught.value.correlation_id in script.sent("MS-CorrelationId")


async def test_grouped_queries_do_not_use_the_older_report(servers, client, say, alice):
    script = await servers(both(say))
    with pytest.raises(EndpointMissingError):
        await client(script).rows(alice, UsageQuery(groupby=(Field.CHANNEL,)))
    assert len(script.paths) == 1


async def test_an_error_is_raised_when_the_older_report_omits_rows(servers, client, say, alice):
    script = await servers(both(say, total=3))
    with pytest.raises(Exception, match="no link to them"):
        await client(script).tally(alice, UsageQuery(expression=CUSTOMER), ())


async def test_not_your_customer_is_raised_for_a_foreign_customer(servers, client, say, alice):
    script = await servers(say.refusal(404), say.refusal(404, "60003"))
    with pytest.raises(NotYourCustomerError):
        await client(script).tally(alice, UsageQuery(expression=CUSTOMER), ())
