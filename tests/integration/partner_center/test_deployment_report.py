"""What is sold and assigned, read over HTTP as usage is."""

import asyncio
from datetime import date

import pytest
from aiohttp import web

from bot.domain.figures import Licenses
from bot.domain.licensing import Dimension, Field
from bot.domain.report_kind import ReportKind
from bot.errors import (
    AccessDeniedError,
    BadAnswerError,
    BadRequestError,
    EndpointMissingError,
    FilterError,
    MfaRequiredError,
    NotYourCustomerError,
    RoleMissingError,
    ServiceDownError,
    ThrottledError,
    TokenRefusedError,
)
from bot.partner_center.usage_client import ClientLimits, PartnerCenter, ReportEndpoint
from bot.query.filters.expression import And, Eq
from bot.query.reports.usage_report import Remark
from bot.query.usage_query import UsageQuery
from tests.integration.partner_center.sold_rows import PATHS, SOLD, sold_row

ALL = UsageQuery(report=SOLD)
BY = (Dimension.CUSTOMER,)
HTML = b"<html><body>Page not found</body></html>"


def usage_or_sold(say):
    """Answer each report with a row of its own."""

    def serve(request):
        return say.page(sold_row() if request.path == PATHS[SOLD] else say.row(), total=1)

    return serve


async def test_sold_and_assigned_licenses_are_in_the_figures(servers, client, say, alice):
    script = await servers(say.page(sold_row(1), sold_row(2, licensesDeployed=12, licensesSold=10), total=2))
    found = await client(script).tally(alice, ALL, BY)
    report = found.tally.report()
    assert script.paths == [PATHS[SOLD]]
    assert [row.figures.counts for row in report.rows] == [Licenses.of(41, 50), Licenses.of(12, 10)]
    assert (report.total.counts.unused, report.total.counts.beyond, report.total.withheld) == (9, 2, False)
    assert [(entry.service, entry.day) for entry in report.as_of] == [("Microsoft Office 365", date(2018, 10, 15))]
    assert Remark.OVER_FULL in report.remarks


@pytest.mark.parametrize("prefix", ["/partner/v1", "/v1"])
async def test_the_report_is_asked_for_below_either_prefix(servers, session, tokens, say, alice, prefix):
    script = await servers(say.page(sold_row(), total=1))
    await PartnerCenter(session, ReportEndpoint(script.url, prefix), tokens).tally(alice, ALL, BY)
    assert script.paths == [f"{prefix}/analytics/commercial/deployment/license"]


async def test_what_is_asked_for_is_sent_as_for_usage(servers, client, say, alice):
    script = await servers(say.page(total=0))
    asked = And((Eq(Field.PRODUCT_NAME, "E3"), Eq(Field.CHANNEL, "reseller")))
    groupby = (Field.PRODUCT_ID, Field.PRODUCT_NAME)
    query = UsageQuery(asked, groupby=groupby, processed=date(2018, 10, 14), top=5, report=SOLD)
    await client(script).rows(alice, query)
    assert dict(script.requests[0].query) == {
        "filter": "productName eq 'E3' and channel eq 'reseller'",
        "groupby": "productId,productName",
        "processedDateTime": "2018-10-14",
        "top": "5",
    }


@pytest.mark.parametrize(
    "query",
    [
        UsageQuery(Eq(Field.WORKLOAD_CODE, "EXO"), report=SOLD),
        UsageQuery(groupby=(Field.WORKLOAD_NAME,), report=SOLD),
    ],
)
async def test_nothing_is_requested_for_a_workload(servers, client, say, alice, query):
    script = await servers(say.page())
    with pytest.raises(FilterError):
        await client(script).tally(alice, query, BY)
    assert script.requests == []


@pytest.mark.parametrize("total", [5, None])
@pytest.mark.parametrize("form", ["{url}", "{path}?skip={skip}", "?skip={skip}", "license?skip={skip}", ""])
async def test_every_form_of_the_next_link_leads_to_all_rows(servers, client, say, alice, form, total):
    if not form and total is None:
        total = 5  # without a link, only the total says that there is more

    def serve(request):
        skip = int(request.query.get("skip", 0))
        rows = [sold_row(number) for number in range(skip, min(skip + 2, 5))]
        url = str(request.url.with_query({"skip": skip + 2}))
        link = form.format(url=url, path=request.path, skip=skip + 2) if skip + 2 < 5 else None
        return say.page(*rows, link=link or None, total=total)

    script = await servers(serve)
    found = await client(script).tally(alice, ALL, BY)
    report = found.tally.report()
    assert (found.rows, report.matched, report.total.counts) == (5, 5, Licenses.of(205, 250))
    assert not report.gaps.may_be_incomplete
    assert set(script.paths) == {PATHS[SOLD]}


async def test_a_row_that_pages_have_in_common_counts_once(servers, client, say, alice):
    """Rows of this report have no workload, and are the same rows nevertheless."""
    pages = {"0": [sold_row(1), sold_row(2)], "2": [sold_row(2), sold_row(3)]}

    def serve(request):
        skip = request.query.get("skip", "0")
        return say.page(*pages[skip], link="?skip=2" if skip == "0" else None, total=4)

    found = await client(await servers(serve)).tally(alice, ALL, BY)
    report = found.tally.report()
    assert (report.matched, report.total.counts, report.gaps.repeated) == (3, Licenses.of(123, 150), 1)


async def test_the_newest_row_of_each_product_counts(servers, client, say, alice):
    older = sold_row(processedDateTime="2018-10-01T03:55:46.21Z", licensesSold=9)
    script = await servers(say.page(older, sold_row(), sold_row(productId="OTHER", licensesSold=206.0), total=3))
    report = (await client(script).tally(alice, ALL, BY)).tally.report()
    assert report.total.counts == Licenses.of(82, 256)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((400, "3000"), BadRequestError),
        ((401, "400"), TokenRefusedError),
        ((401, "900421"), MfaRequiredError),
        ((403, "20002"), NotYourCustomerError),
        ((403, "900308"), RoleMissingError),
        ((403, ""), AccessDeniedError),
        ((404, "1000"), EndpointMissingError),
        ((500, ""), ServiceDownError),
        ((503, ""), ServiceDownError),
        ((429, "", {"Retry-After": "100000"}), ThrottledError),
    ],
)
@pytest.mark.parametrize("report", ReportKind)
async def test_refusals_mean_the_same_for_each_report(servers, client, say, alice, report, answer, expected):
    script = await servers(say.refusal(*answer))
    with pytest.raises(expected) as caught:
        await client(script).tally(alice, UsageQuery(report=report), BY)
    assert type(caught.value) is expected
    assert caught.value.correlation_id in script.sent("MS-CorrelationId")
    assert set(script.paths) == {PATHS[report]}


@pytest.mark.parametrize("body", [b"", b"{}", HTML, b'{"Value":[{"note":1}]}', b'{"Value": ' + b"[" * 100_000])
@pytest.mark.parametrize("report", ReportKind)
async def test_a_body_that_is_no_page_is_a_bad_answer_of_each_report(servers, client, alice, report, body):
    script = await servers(web.Response(body=body, content_type="application/json"))
    try:
        found = await client(script).tally(alice, UsageQuery(report=report), BY)
    except BadAnswerError:
        return
    assert (found.tally.report().rows, found.tally.unusable) == ((), 1)


async def test_rows_of_the_other_report_are_unknown_and_never_zero(servers, client, say, alice):
    script = await servers(say.page(say.row(), total=1))
    report = (await client(script).tally(alice, ALL, BY)).tally.report()
    assert (report.rows, report.gaps.unknown) == ((), 1)


@pytest.mark.parametrize("missing", ReportKind)
async def test_a_report_that_is_missing_does_not_hide_the_other(servers, session, tokens, say, alice, missing):
    served, now = usage_or_sold(say), [0.0]
    script = await servers(
        lambda request: say.refusal(404, "1000") if request.path == PATHS[missing] else served(request)
    )
    limits = ClientLimits(endpoint_missing=300.0)
    client = PartnerCenter(session, ReportEndpoint(script.url), tokens, limits=limits, clock=lambda: now[0])
    for _ in range(2):
        for report in ReportKind:
            if report is missing:
                with pytest.raises(EndpointMissingError):
                    await client.tally(alice, UsageQuery(report=report), BY)
            else:
                found = await client.tally(alice, UsageQuery(report=report), BY)
                assert found.tally.report().matched == 1
    assert script.paths.count(PATHS[missing]) == 1
    now[0] = 301.0
    script.answers = [served]
    assert (await client.tally(alice, UsageQuery(report=missing), BY)).tally.report().matched == 1


async def test_equal_questions_to_the_two_reports_are_two_requests(servers, client, say, alice):
    served, together = usage_or_sold(say), asyncio.Barrier(2)

    async def both(request):
        await together.wait()
        return served(request)

    script = await servers(both)
    asked = client(script)
    queries = [UsageQuery(report=report) for report in (*ReportKind, *ReportKind)]
    found = await asyncio.gather(*(asked.tally(alice, query, BY) for query in queries))
    assert sorted(script.paths) == sorted(PATHS.values())
    totals = [each.tally.report().total.counts for each in found]
    assert totals == [Licenses.of(1, 2), Licenses.of(41, 50)] * 2
