"""Tests that the documents' requests get the documents' answers."""

import json
import re
from typing import Any

TEST_COMPANY = """[
    {
      "processedDateTime": "2018-10-14T00:00:00", "workloadCode": "SPO", "workloadName": "SharePoint",
      "serviceCode": "o365", "serviceName": "Microsoft Office 365", "channel": "reseller",
      "customerTenantId": "0112A436-B14E-4888-967B-CA4BB2CF1234", "customerName": "TEST COMPANY",
      "productId": "6FD2C87F-B296-42F0-B197-1E91E994B900", "productName": "OFFICE 365 ENTERPRISE E3",
      "licenseActive": 0, "licensesQualified": 1
    },
    {
      "processedDateTime": "2018-10-14T00:00:00", "workloadCode": "EXO", "workloadName": "Exchange",
      "serviceCode": "o365", "serviceName": "Microsoft Office 365", "channel": "reseller",
      "customerTenantId": "0112A436-B14E-4888-967B-CA4BB2CF1234", "customerName": "TEST COMPANY",
      "productId": "45A2423B-E884-448D-A831-D9E139C52D2F", "productName": "EXCHANGE ONLINE PROTECTION",
      "licenseActive": 0, "licensesQualified": 1
    }
]"""
EXAMPLE = (
    "/partner/v1/analytics/commercial/usage/license"
    "?filter=customerTenantId%20eq%20%270112A436-B14E-4888-967B-CA4BB2CF1234%27"
)
SUPERSEDED = "/v1/customers/4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04/analytics/licenses/usage"


async def test_example_request_is_answered_with_the_example_rows(service: Any) -> None:
    reply = await service.get(EXAMPLE)
    assert json.dumps(reply.json["Value"]) == json.dumps(json.loads(TEST_COMPANY))
    assert (reply.json["@nextLink"], reply.json["TotalCount"]) == (None, 2)


async def test_both_prefixes_with_and_without_a_slash_are_one_report(service: Any) -> None:
    paths = [p + "/analytics/commercial/usage/license" + s for p in ("/v1", "/partner/v1") for s in ("", "/")]
    bodies = {(await service.get(path, filter="customerName eq 'test company'")).raw for path in paths}
    assert len(bodies) == 1


async def test_the_superseded_example_has_the_documents_rows(service: Any) -> None:
    content = (await service.get(SUPERSEDED)).json
    assert list(content) == ["totalCount", "items", "attributes"]
    assert content["totalCount"] == 5
    assert content["attributes"] == {"objectType": "Collection"}
    essentials = "OFFICE 365 BUSINESS ESSENTIALS"
    assert [(item["productName"], item["workloadName"], item["licensesQualified"]) for item in content["items"]] == [
        (essentials, "Exchange", 1),
        (essentials, "SharePoint", 1),
        (essentials, "Skype For Business", 1),
        ("EXCHANGE ONLINE (PLAN 1)", "Exchange", 5),
        ("EXCHANGE ONLINE ARCHIVING FOR EXCHANGE ONLINE", "Exchange", 2),
    ]
    assert json.dumps(content["items"][0]) == json.dumps(
        {
            "customerName": "DT DEMO CSP CUSTOMER 005",
            "productName": essentials,
            "licensesActive": 0,
            "licensesQualified": 1,
            "usagePercent": 0.0,
            "workloadName": "Exchange",
            "processedDateTime": "2017-03-09T00:00:00+00:00",
            "serviceName": "o365",
            "channel": "reseller",
            "attributes": {"objectType": "CustomerLicensesUsageInsights"},
        }
    )


async def test_superseded_example_has_the_documents_content_length(service: Any) -> None:
    """The document's header says 1726 bytes; that includes the byte order mark."""
    plain = {"Accept-Encoding": "identity"}
    assert (await service.get(SUPERSEDED, headers=plain)).headers["Content-Length"] == "1726"


async def test_superseded_report_has_every_customer_of_the_world(service: Any) -> None:
    rows = await service.every_page(filter="customerName eq 'Company on Fire'")
    content = (await service.get(f"/v1/customers/{rows[0]['customerTenantId']}/analytics/licenses/usage")).json
    assert [(item["licensesActive"], item["licensesQualified"]) for item in content["items"]] == [
        (row["licensesActive"], row["licensesQualified"]) for row in rows
    ]
    assert all(item["usagePercent"] == 0.0 for item in content["items"] if item["licensesQualified"] == 0)


async def test_values_are_compared_case_insensitively(service: Any) -> None:
    lower = await service.every_page(filter="channel eq 'reseller' and serviceCode eq 'o365'")
    assert lower == await service.every_page(filter="channel eq 'Reseller' and serviceCode eq 'O365'")
    assert lower


async def test_second_filter_example_of_the_documents_is_accepted(service: Any) -> None:
    rows = await service.every_page(filter="workloadCode eq 'SFB' or (channel eq 'Reseller')")
    assert all(row["workloadCode"] == "SFB" or row["channel"] == "reseller" for row in rows)
    assert any(row["channel"] == "direct" for row in rows)


async def test_an_apostrophe_in_a_value_is_doubled(service: Any) -> None:
    rows = await service.every_page(filter="customerName eq 'O''Brien & Sons'")
    assert {row["customerName"] for row in rows} == {"O'Brien & Sons"}


async def test_every_answer_has_a_byte_order_mark_and_the_documents_headers(service: Any) -> None:
    for path in (EXAMPLE, SUPERSEDED, "/v1/nothing", "/v1/analytics/commercial/usage/license?top=x"):
        reply = await service.get(path)
        assert reply.raw.startswith(b"\xef\xbb\xbf")
        assert reply.headers["Content-Type"] == "application/json; charset=utf-8"
        assert {"MS-RequestId", "MS-CorrelationId", "MS-CV", "MS-ServerId", "Date"} <= set(reply.headers)
        assert re.fullmatch(r"[0-9]{8}", reply.headers["MS-ServerId"])  # as a recorded session of the service
        assert reply.headers["Request-Context"].startswith("appId=cid-v1:")


async def test_ids_that_were_sent_come_back_and_others_are_made(service: Any) -> None:
    ids = {
        "MS-RequestId": "bad5f75f-fd44-43ab-9325-bbc79dcba9da",
        "MS-CorrelationId": "aaaa0000-bb11-2222-33cc-444444dddddd",
    }
    reply = await service.get(EXAMPLE, headers=ids)
    assert {name: reply.headers[name] for name in ids} == ids
    first, second = await service.get(EXAMPLE), await service.get(EXAMPLE)
    assert first.headers["MS-CorrelationId"] != second.headers["MS-CorrelationId"]
