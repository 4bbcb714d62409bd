"""Bodies that are pages, and bodies that are not."""

import pytest

from bot.domain.licensing import UsageRow
from bot.partner_center.protocol.report_page import ReportPage, UnreadablePageError, decode_page

EXCHANGE = UsageRow(workload="Exchange", qualified=1, license_active=0)
ROW = '{"workloadName":"Exchange","licenseActive":0,"licensesQualified":1}'


def test_the_documented_sample_is_read():
    body = (
        '\ufeff{ "Value": [ { "processedDateTime": "2018-10-14T00:00:00", "workloadCode": "EXO",'
        '"workloadName": "Exchange", "serviceCode": "o365", "serviceName": "Microsoft Office 365",'
        '"channel": "reseller", "customerTenantId": "0112A436-B14E-4888-967B-CA4BB2CF1234",'
        '"customerName": "TEST COMPANY",'
        '"productId": "45A2423B-E884-448D-A831-D9E139C52D2F", "productName": "EXCHANGE ONLINE PROTECTION",'
        '"licenseActive": 0, "licensesQualified": 1 } ], "@nextLink": null, "TotalCount": 1 }'
    )
    page = decode_page(body.encode())
    row = page.rows[0]
    assert (page.next_link, page.total) == (None, 1)
    assert (row.workload_code, row.customer, row.active, row.qualified) == ("EXO", "TEST COMPANY", 0, 1)
    assert (row.product_id, row.processed) == ("45A2423B-E884-448D-A831-D9E139C52D2F", "2018-10-14T00:00:00")


@pytest.mark.parametrize(
    ("body", "link", "total"),
    [
        (f'{{"Value":[{ROW}],"@nextLink":"/next","TotalCount":7}}', "/next", 7),
        (f'{{"value":[{ROW}],"nextLink":"/next"}}', "/next", None),
        (f'{{"value":[{ROW}],"@odata.nextLink":"/next","TotalCount":null}}', "/next", None),
        (f'{{"totalCount":1,"items":[{ROW}],"attributes":{{"objectType":"Collection"}}}}', None, 1),
        (f'{{"VALUE":[{ROW}],"@NEXTLINK":"/next","totalcount":"7"}}', "/next", 7),
        (f'{{"Value":[{ROW}],"@nextLink":"","TotalCount":"1"}}', None, 1),
        (f'{{"Value":{ROW},"TotalCount":1.0}}', None, 1),
        (f'{{"Value":[{ROW}],"TotalCount":-1}}', None, None),
        (f"[{ROW}]", None, None),
        (ROW, None, None),
        ('{"WorkloadName":"Exchange","LicenseActive":0,"licensesqualified":"1"}', None, None),
        ('{"Value":[{"WORKLOADNAME":"Exchange","LICENSEACTIVE":0.0,"LICENSESQUALIFIED":1}]}', None, None),
    ],
)
def test_every_known_envelope_is_read(body, link, total):
    assert decode_page(body.encode()) == ReportPage([EXCHANGE], link, total)


@pytest.mark.parametrize("body", ['{"Value":[]}', '{"Value":null}', "[]", '{"items":[],"totalCount":0}'])
def test_an_answer_may_have_no_rows(body):
    assert decode_page(body.encode()).rows == []


@pytest.mark.parametrize(
    ("count", "expected"), [("12", 12), ('"12"', 12), ("12.0", 12), ('"12.0"', 12), ("null", None), ("1e3", 1000)]
)
def test_a_count_is_a_whole_number_however_it_is_written(count, expected):
    page = decode_page(f'{{"Value":[{{"workloadName":"x","licensesQualified":{count}}}]}}'.encode())
    assert page.rows[0].qualified == expected


@pytest.mark.parametrize(
    "count", ["1.5", '"many"', '""', "-1", "true", "[]", "{}", "1e400", "99999999999999999999", "NaN", '"-3"']
)
def test_an_invalid_count_is_refused(count):
    with pytest.raises(UnreadablePageError):
        decode_page(f'{{"Value":[{{"workloadName":"x","licensesQualified":{count}}}]}}'.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"42",
        b'"text"',
        b"{}",
        b"[{}]",
        b"[1]",
        b'{"Value":[null]}',
        b'{"Value":["x"]}',
        b'{"Value":7}',
        b'{"error":{"code":"x"}}',
        b'{"Value":[{"customerName":7}]}',
        b'{"Value":[{"other":7}]}',
        b'{"Value":[],"@nextLink":7}',
        b'{"Value":[],"TotalCount":"many"}',
        b'{"Value":[],"TotalCount":[]}',
        b"<html>Bad Gateway</html>",
        b'{"Value":[{"customerName":"\xff"}]}',
        b'{"Value":[{"customerName":"\\ud800"}]}',
        b'{"Value":' + b"[" * 100_000,
        b'{"x":' + b"[" * 100_000,
        '{"Value":[]}'.encode("utf-16"),
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
    ],
)
def test_a_body_that_is_not_a_page_is_refused(body):
    with pytest.raises(UnreadablePageError):
        decode_page(body)


def test_a_page_is_refused_when_one_row_has_no_known_field():
    with pytest.raises(UnreadablePageError):
        decode_page(f'{{"Value":[{ROW},{{"error":"x"}}]}}'.encode())


def test_a_bytearray_is_read_too():
    assert decode_page(bytearray(f'\ufeff{{"Value":[{ROW}]}}'.encode())).rows == [EXCHANGE]
