"""What one customer was sold, from the older report."""

from datetime import date

import pytest
from aiohttp import web

from bot.domain.figures import Licenses
from bot.domain.licensing import Dimension, Field
from bot.domain.report_kind import ReportKind
from bot.errors import BadAnswerError, EndpointMissingError
from bot.query.filters.expression import Eq, all_of
from bot.query.usage_query import UsageQuery
from tests.integration.partner_center.sold_rows import PATHS, SOLD

ID = "4D3CF487-70F4-4E1E-9FF1-B2BFCE8D9F04"
CUSTOMER = Eq(Field.CUSTOMER_TENANT_ID, ID)
BY = (Dimension.PRODUCT,)


def older(product, assigned, sold, channel="Reseller"):
    """Return a row as its page prints it.

    It has no ids, and the code of the service in place of its name.
    """
    return {
        "customerName": "DT DEMO CSP CUSTOMER 005",
        "productName": product,
        "licensesDeployed": assigned,
        "licensesSold": sold,
        "deploymentPercent": 50.0,
        "processedDateTime": "2017-03-10T00:00:00+00:00",
        "serviceName": "o365",
        "channel": channel,
        "attributes": {"objectType": "CustomerLicensesDeploymentInsights"},
    }


ROWS = [older("E3", 41, 50.0), older("E3", 1, 2, "Direct"), older("E5", 12, 10)]


def only_older(say, *rows, total=None):
    """Serve 404 for the current reports, and rows for the older ones."""

    def serve(request):
        if "customers" not in request.path:
            return say.refusal(404, "1000")
        body = {"totalCount": len(rows) if total is None else total, "items": rows}
        return web.json_response(body | {"attributes": {"objectType": "Collection"}})

    return serve


def asked(*terms, report=SOLD):
    return UsageQuery(all_of((CUSTOMER, *terms)), report=report)


async def test_what_one_customer_was_sold_is_read_from_the_older_report(servers, client, say, alice):
    script = await servers(only_older(say, *ROWS))
    found = await client(script).tally(alice, asked(), BY)
    report = found.tally.report()
    assert script.paths == [PATHS[SOLD], f"/v1/customers/{ID.lower()}/analytics/licenses/deployment"]
    assert script.requests[1].query_string == ""
    assert found.superseded
    assert {row.entries[Dimension.PRODUCT].name: row.figures.counts for row in report.rows} == {
        "E3": Licenses(42, 52, 10), "E5": Licenses.of(12, 10),
    }  # fmt: skip
    assert [(entry.service, entry.day) for entry in report.as_of] == [("Microsoft Office 365", date(2017, 3, 10))]
    assert not report.gaps.may_be_incomplete


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (Eq(Field.PRODUCT_NAME, "e5"), Licenses.of(12, 10)),
        (Eq(Field.CHANNEL, "direct"), Licenses.of(1, 2)),
        (Eq(Field.SERVICE_CODE, "crm"), Licenses()),
    ],
)
async def test_the_older_rows_are_filtered_by_what_they_say(servers, client, say, alice, term, expected):
    script = await servers(only_older(say, *ROWS))
    report = (await client(script).tally(alice, asked(term), BY)).tally.report()
    assert report.total.counts == expected
    assert not report.gaps.may_be_incomplete


async def test_a_product_id_is_not_guessed_from_a_name(servers, client, say, alice):
    script = await servers(only_older(say, *ROWS))
    with pytest.raises(EndpointMissingError):
        await client(script).tally(alice, asked(Eq(Field.PRODUCT_ID, "6FD2")), BY)


@pytest.mark.parametrize("report", ReportKind)
async def test_an_empty_older_answer_says_nothing_about_what_was_sold(servers, client, say, alice, report):
    script = await servers(only_older(say))
    found = await client(script).tally(alice, asked(report=report), BY)
    made = found.tally.report()
    assert (found.superseded, found.rows, made.rows) == (True, 0, ())
    assert made.gaps.may_be_incomplete is (report is SOLD)


async def test_announced_rows_that_do_not_come_are_an_error(servers, client, say, alice):
    script = await servers(only_older(say, total=3))
    with pytest.raises(BadAnswerError):
        await client(script).tally(alice, asked(), BY)


async def test_all_customers_are_not_asked_for_one_by_one(servers, client, say, alice):
    script = await servers(only_older(say, *ROWS))
    with pytest.raises(EndpointMissingError):
        await client(script).tally(alice, UsageQuery(report=SOLD), BY)
    assert script.paths == [PATHS[SOLD]]
