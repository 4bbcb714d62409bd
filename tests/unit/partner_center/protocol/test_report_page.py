"""Bodies that are pages, and bodies that are not."""

import pytest

from bot.domain.licensing import UsageRow
from bot.partner_center.protocol.answer_page import UnreadablePageError
from bot.partner_center.protocol.report_page import ReportPage, decode_page

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
    "count",
    [
        "1.5", '"many"', '""', "-1", "true", "[]", "{}", "1e400", "99999999999999999999", "NaN", '"-3"', '"1,234"',
        "2147483647", "-Infinity", '"twelve"', "9" * 5000,
    ],
    ids=lambda count: count[:24],
)  # fmt: skip
@pytest.mark.parametrize("key", ["licensesActive", "licensesQualified", "LICENSESQUALIFIED"])
def test_a_row_has_no_figure_when_a_count_is_invalid(count, key):
    other = {"licensesActive": "licensesQualified"}.get(key, "licensesActive")
    odd = f'{{"workloadName":"x","{key}":{count},"{other}":5}}'
    rows = decode_page(f'{{"Value":[{ROW},{odd}],"TotalCount":2}}'.encode()).rows
    assert rows[0] == EXCHANGE
    assert None in (rows[1].active, rows[1].qualified)
    assert 5 in (rows[1].active, rows[1].qualified)


def test_the_other_spelling_does_not_replace_an_invalid_count():
    odd = '{"workloadName":"x","licensesActive":-1,"licenseActive":7,"licensesQualified":9}'
    assert decode_page(f'{{"Value":[{odd},{ROW}]}}'.encode()).rows[0].active is None
    null = odd.replace("-1", "null")
    assert decode_page(f'{{"Value":[{null}]}}'.encode()).rows[0].active == 7


@pytest.mark.parametrize("odd", ["7", "null", '"x"', "{}", "[]", '{"error":"x"}'])
def test_a_row_that_is_none_is_counted_and_left_out(odd):
    page = decode_page(f'{{"Value":[{odd},{ROW}],"TotalCount":2}}'.encode())
    assert (page.rows, page.unusable, page.count, page.doubtful) == ([EXCHANGE], 1, 2, False)


@pytest.mark.parametrize(
    "error", ['"error":{"code":"x"}', '"Error":"x"', '"errors":[{}]', '"code":"1","description":"x"']
)
def test_an_error_beside_rows_makes_the_page_doubtful(error):
    page = decode_page(f'{{"Value":[{ROW}],{error}}}'.encode())
    assert (page.rows, page.doubtful) == ([EXCHANGE], True)


@pytest.mark.parametrize("error", ['"error":null', '"Error":""', '"errors":[]', '"code":"200"'])
def test_an_empty_error_beside_rows_means_nothing(error):
    assert not decode_page(f'{{"Value":[{ROW}],{error}}}'.encode()).doubtful


def test_a_page_without_any_figure_is_doubtful():
    assert decode_page(b'{"Value":[{"workloadName":"x"}]}').doubtful
    assert decode_page(b'{"Value":[{"workloadName":"x","licensesActive":0,"licensesQualified":null}]}').rows


@pytest.mark.parametrize(
    ("written", "name"), [('"\\ud800"', "\ufffd"), ("7", "7"), ("[]", None), ('"a\tb"', "a\tb"), ('"null"', "null")]
)
def test_a_name_of_another_kind_harms_no_other_value(written, name):
    body = f'{{"Value":[{{"customerName":{written},"licensesActive":1,"licensesQualified":2}}]}}'
    row = decode_page(body.encode()).rows[0]
    assert (row.customer, row.active, row.qualified) == (name, 1, 2)


@pytest.mark.parametrize(
    ("encoding", "charset"),
    [("utf-16", None), ("utf-16-le", None), ("utf-32", None), ("cp1252", "windows-1252"), ("latin-1", "iso-8859-1")],
)
def test_a_body_in_another_encoding_is_read(encoding, charset):
    body = '{"Value":[{"customerName":"Müller","licensesActive":1,"licensesQualified":2}]}'.encode(encoding)
    assert decode_page(body, charset).rows[0].customer == "Müller"


@pytest.mark.parametrize("charset", [None, "utf-8", "no-such-charset"])
def test_undecodable_bytes_in_a_name_are_replaced(charset):
    body = b'{"Value":[{"customerName":"M\xfcller","licensesActive":1,"licensesQualified":2}]}'
    row = decode_page(body, charset).rows[0]
    assert (row.customer, row.qualified) == ("M\ufffdller", 2)


@pytest.mark.parametrize("total", ['"many"', "[]", "1.5", "-1", "true"])
def test_a_total_that_is_no_number_is_no_total(total):
    assert decode_page(f'{{"Value":[{ROW}],"TotalCount":{total}}}'.encode()) == ReportPage([EXCHANGE])


def test_the_last_of_two_members_of_one_name_counts():
    twice = ROW.replace('"licensesQualified":1', '"licensesQualified":8,"licensesQualified":1')
    assert decode_page(f'{{"Value":[{twice}]}}'.encode()).rows == [EXCHANGE]
    assert decode_page(f'{{"Value":[{twice},{{"customerName":7}}]}}'.encode()).rows[0] == EXCHANGE


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
        b'{"Value":7}',
        b'{"error":{"code":"x"}}',
        b"<html>Bad Gateway</html>",
        b'{"Value":' + b"[" * 100_000,
        b'{"x":' + b"[" * 100_000,
        b"\xef\xbb\xbf",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
        b'{"Value":[],"error":{"code":"x"}}',
    ],
)
def test_a_body_that_is_not_a_page_is_refused(body):
    with pytest.raises(UnreadablePageError):
        decode_page(body)


def test_byte_order_marks_may_occur_twice():
    assert decode_page(f'\ufeff\ufeff{{"Value":[{ROW}]}}'.encode()).rows == [EXCHANGE]


def test_a_bytearray_is_read_too():
    assert decode_page(bytearray(f'\ufeff{{"Value":[{ROW}]}}'.encode())).rows == [EXCHANGE]
