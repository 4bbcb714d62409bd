"""Each report is read to rows of its own type, with its own names for the counts."""

import pytest
from msgspec.structs import fields

from bot.domain.licensing import DeploymentRow, UsageRow
from bot.domain.report_kind import ReportKind
from bot.partner_center.protocol.answer_page import UnreadablePageError
from bot.partner_center.protocol.report_page import ReportPage, decode_page
from bot.partner_center.protocol.row_shape import SHAPES

# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information#response-example
SAMPLE = (
    '\ufeff{ "Value": [ { "processedDateTime": "2018-10-14T00:00:00", "serviceCode": "o365",'
    '"serviceName": "Microsoft Office 365", "channel": "reseller",'
    '"customerTenantId": "0112A436-B14E-4888-967B-CA4BB2CF1234", "customerName": "TEST COMPANY",'
    '"productId": "6FD2C87F-B296-42F0-B197-1E91E994B900", "productName": "OFFICE 365 ENTERPRISE E3",'
    '"licensesDeployed": 41, "licensesSold": 50 } ], "@nextLink": null, "TotalCount": 1 }'
)
ROW = '{"productName":"E3","licensesDeployed":41,"licensesSold":50}'
E3 = DeploymentRow(product="E3", licenses_active=41, qualified=50)
SOLD = ReportKind.DEPLOYMENT


def test_the_form_of_the_documented_deployment_sample_is_read():
    page = decode_page(SAMPLE.encode(), report=SOLD)
    row = page.rows[0]
    assert (page.total, page.unusable, page.doubtful, type(row)) == (1, 0, False, DeploymentRow)
    assert (row.active, row.qualified, row.service_code, row.channel) == (41, 50, "o365", "reseller")
    assert (row.customer, row.product, row.processed) == (
        "TEST COMPANY", "OFFICE 365 ENTERPRISE E3", "2018-10-14T00:00:00",
    )  # fmt: skip
    assert (row.workload_code, row.workload) == (None, None)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"Value":[{ROW}]}}',
        f'{{"totalCount":1,"items":[{ROW}],"attributes":{{"objectType":"Collection"}}}}',
        f"[{ROW}]",
        ROW,
        '{"Value":[{"PRODUCTNAME":"E3","LicensesDeployed":"41","licensesSold":50.0}]}',
        '{"Value":[{"productName":"E3","licenseDeployed":41,"licensesSold":"50"}]}',
    ],
)
def test_every_form_of_a_deployment_row_has_the_same_figures(body):
    row = decode_page(body.encode(), report=SOLD).rows[0]
    assert (type(row), row.product, row.active, row.qualified) == (DeploymentRow, "E3", 41, 50)


@pytest.mark.parametrize("count", ["1.5", '"many"', "-1", "true", "[]", "1e400", '"1,234"', "9" * 5000])
@pytest.mark.parametrize("key", ["licensesDeployed", "licensesSold"])
def test_a_deployment_row_has_no_figure_when_a_count_is_invalid(count, key):
    other = {"licensesDeployed": "licensesSold"}.get(key, "licensesDeployed")
    odd = f'{{"productName":"x","{key}":{count},"{other}":5}}'
    rows = decode_page(f'{{"Value":[{ROW},{odd}],"TotalCount":2}}'.encode(), report=SOLD).rows
    assert rows[0] == E3
    assert {rows[1].active, rows[1].qualified} == {None, 5}


@pytest.mark.parametrize("capitals", [False, True])
@pytest.mark.parametrize("report", ReportKind)
def test_the_counts_of_the_other_report_are_no_figures(report, capitals):
    other = '{"productName":"E3","licensesActive":4,"licensesQualified":5}' if report is SOLD else ROW
    page = decode_page(f'{{"Value":[{other.upper() if capitals else other}]}}'.encode(), report=report)
    assert (page.doubtful, page.rows[0].active, page.rows[0].qualified) == (True, None, None)


@pytest.mark.parametrize("report", ReportKind)
@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[{}]", b'{"Value":7}', b"<html></html>", b'{"Value":' + b"[" * 100_000, b'{"x":' + b"[" * 100_000,
     b'{"Value":[],"error":{"code":"x"}}'],
    ids=lambda body: body[:12].decode(),
)  # fmt: skip
def test_a_body_that_is_not_a_page_is_refused_for_each_report(report, body):
    with pytest.raises(UnreadablePageError):
        decode_page(body, report=report)


@pytest.mark.parametrize("report", ReportKind)
@pytest.mark.parametrize("odd", ["7", "null", "{}", '{"note":"end of report"}'])
def test_an_entry_without_a_field_of_the_report_is_no_row(report, odd):
    known = ROW if report is SOLD else '{"productName":"E3","licensesActive":41,"licensesQualified":50}'
    page = decode_page(f'{{"Value":[{odd},{known}],"TotalCount":2}}'.encode(), report=report)
    assert (len(page.rows), page.unusable, page.doubtful) == (1, 1, False)


def test_rows_of_the_two_reports_are_never_equal():
    assert UsageRow() != DeploymentRow()
    assert decode_page(b'{"Value":[]}', report=SOLD) == ReportPage([])


def test_the_two_rows_differ_in_the_names_of_their_counts_only():
    usage, sold = ({each.name: each.encode_name for each in fields(SHAPES[kind].row_type)} for kind in ReportKind)
    assert {name for name in usage if usage[name] != sold[name]} == {"qualified", "licenses_active", "license_active"}
    assert usage.keys() == sold.keys()
