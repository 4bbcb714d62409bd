"""Tests of the two reports on seats over HTTP."""

import json
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from bot.domain.licensing import Field
from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import Counts, Dates, OddRow, Refuse, WrongTypes
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct

SEATS = "/partner/v1/analytics/commercial/deployment/license"
OF_CUSTOMER = "/v1/customers/{}/analytics/licenses/deployment"
DEMO_CUSTOMER = OF_CUSTOMER.format("4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04")
FIELDS = [field for field in Field if field not in {Field.WORKLOAD_CODE, Field.WORKLOAD_NAME}]
SAMPLE = """[
    {
      "processedDateTime": "2018-10-02T00:00:00",
      "serviceCode": "o365",
      "serviceName": "Microsoft Office 365",
      "channel": "reseller",
      "customerTenantId": "4F9D7DF5-8EBD-4973-B221-013976C1078A",
      "customerName": "LARACHOTEST123",
      "productId": "D42C793F-6C78-4F43-92CA-E8F6A02B035F",
      "productName": "SKYPE FOR BUSINESS ONLINE (PLAN 2)",
      "licensesDeployed": 0,
      "licensesSold": 2
    },
    {
      "processedDateTime": "2018-10-02T00:00:00",
      "serviceCode": "o365",
      "serviceName": "Microsoft Office 365",
      "channel": "reseller",
      "customerTenantId": "4FD49354-715A-4B49-9079-A77AE978D1DC",
      "customerName": "TESTORG",
      "productId": "CDD28E44-67E3-425E-BE4C-737FAB2899D3",
      "productName": "OFFICE 365 BUSINESS",
      "licensesDeployed": 0,
      "licensesSold": 2
    }
]"""


async def every_page(service: Any, **params: str) -> list[Any]:
    reply = await service.get(SEATS, **params)
    rows = list(reply.json["Value"])
    while (link := reply.json["@nextLink"]) is not None:
        reply = await service.get(urljoin(SEATS, link))
        rows += reply.json["Value"]
    assert len(rows) == reply.json["TotalCount"]
    return rows


async def test_the_documents_rows_are_answered_for_their_day(service: Any) -> None:
    asked = "customerName eq 'LARACHOTEST123' or customerName eq 'TESTORG'"
    reply = await service.get(SEATS, filter=asked, processedDateTime="2018-10-02")
    assert json.dumps(reply.json["Value"]) == json.dumps(json.loads(SAMPLE))
    assert list(reply.json) == ["Value", "@nextLink", "TotalCount"]
    assert (reply.json["@nextLink"], reply.json["TotalCount"]) == (None, 2)


async def test_filter_examples_of_the_documents_are_accepted(service: Any) -> None:
    whole = await every_page(service)
    for asked in ("serviceCode eq 'O365'", "serviceCode eq 'O365' or (channel eq 'Reseller')"):
        rows = await every_page(service, filter=asked)
        assert 0 < len(rows) < len(whole)
        assert all(row["serviceCode"] == "o365" or row["channel"] == "reseller" for row in rows)


async def test_both_prefixes_with_and_without_a_slash_are_the_same_seats(service: Any) -> None:
    paths = [p + "/analytics/commercial/deployment/license" + s for p in ("/v1", "/partner/v1") for s in ("", "/")]
    assert len({(await service.get(path)).raw for path in paths}) == 1


async def test_seats_have_their_own_day_and_no_workload(service: Any) -> None:
    rows = await every_page(service)
    assert {(row["serviceCode"], row["processedDateTime"]) for row in rows} == {
        ("o365", "2018-10-16T00:00:00"),
        ("crm", "2018-10-15T00:00:00"),
    }
    assert not any("workload" in name for row in rows for name in row)
    assert all(row["customerTenantId"].isupper() and row["productId"].isupper() for row in rows)
    places = Counter((row["customerTenantId"], row["productId"], row["channel"]) for row in rows)
    assert set(places.values()) == {1}


async def test_who_is_active_has_a_seat_unless_more_are_active_than_sold(service: Any) -> None:
    active: dict[tuple[str, str, str], int] = {}
    for row in await service.every_page():
        key = (row["customerTenantId"], row["productId"], row["channel"])
        active[key] = max(active.get(key, 0), row.get("licensesActive", row.get("licenseActive", 0)))
    seats = {
        (row["customerTenantId"], row["productId"], row["channel"]): (row["licensesDeployed"], row["licensesSold"])
        for row in await every_page(service)
    }
    assert active.keys() < seats.keys()
    assert len(seats.keys() - active.keys()) == 4  # two of the documents, Copilot, and a suite without workloads
    assert all(seats[key][0] >= min(count, seats[key][1]) for key, count in active.items() if count)


async def test_pages_of_seats_together_are_the_whole(service: Any) -> None:
    whole = (await service.get(SEATS)).json
    assert await every_page(service, top="13") == whole["Value"]
    link = (await service.get(SEATS, top="13", filter="channel eq 'reseller'")).json["@nextLink"]
    assert parse_qs(urlsplit(link).query) == {"filter": ["channel eq 'reseller'"], "top": ["13"], "skip": ["13"]}
    assert link.startswith("license?")


async def test_sums_of_seats_by_each_field_are_those_of_the_rows(service: Any) -> None:
    rows = await every_page(service)
    for field in FIELDS:
        wanted: dict[str, list[int]] = {}
        for row in rows:
            sums = wanted.setdefault(row[field], [0, 0])
            sums[0] += row["licensesDeployed"]
            sums[1] += row["licensesSold"]
        groups = await every_page(service, groupby=field.value, top="7")
        assert all(set(group) == {field.value, "licensesDeployed", "licensesSold"} for group in groups)
        assert {group[field]: [group["licensesDeployed"], group["licensesSold"]] for group in groups} == wanted


async def test_an_earlier_day_of_seats_is_the_latest_snapshot_not_after_it(service: Any) -> None:
    for asked, office, dynamics in (("2018-10-16", "16", "15"), ("2018-10-15", "09", "15"), ("2018-10-08", "02", "08")):
        rows = await every_page(service, processedDateTime=asked)
        days = {row["serviceCode"]: row["processedDateTime"][:10] for row in rows}
        assert days == {"o365": f"2018-10-{office}", "crm": f"2018-10-{dynamics}"}
    assert await every_page(service, processedDateTime="2018-04-01") == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("filter", "workloadCode eq 'EXO'"),
        ("filter", "channel eq 'reseller' and workloadName ne 'Exchange'"),
        ("filter", "licensesSold eq '2'"),
        ("filter", "customerName gt 'A'"),
        ("filter", "contains(customerName,'TEST')"),
        ("groupby", "workloadCode"),
        ("groupby", "customerName,workloadName"),
        ("groupby", "licensesSold"),
        ("groupBy", "channel"),
        ("top", "0"),
        ("top", "10001"),
        ("skip", "-1"),
        ("processedDateTime", "today"),
        ("$top", "5"),
    ],
)
async def test_a_parameter_that_seats_do_not_take_is_refused(service: Any, name: str, value: str) -> None:
    assert (await service.get(SEATS, **{name: value})).refusal == (400, "3000")


async def test_seats_are_for_persons_only_and_read_only(service: Any) -> None:
    app_only = f"Bearer {service.authority.issue(service.alice, app_only=True)}"
    for path in (SEATS, DEMO_CUSTOMER):
        assert (await service.get(path, authorization=app_only)).refusal == (403, "900329")
        assert (await service.get(path, authorization=None)).refusal == (401, "800001")
        refused = await service.get(path, method="POST")
        assert (refused.status, refused.headers["Allow"]) == (405, "GET")


async def test_superseded_seats_have_the_documents_rows(service: Any) -> None:
    content = (await service.get(DEMO_CUSTOMER)).json
    assert list(content) == ["totalCount", "items", "attributes"]
    assert (content["totalCount"], content["attributes"]) == (3, {"objectType": "Collection"})
    assert json.dumps(content["items"][1]) == json.dumps(
        {
            "customerName": "DT DEMO CSP CUSTOMER 005",
            "productName": "EXCHANGE ONLINE (PLAN 1)",
            "licensesDeployed": 0,
            "deploymentPercent": 0.0,
            "licensesSold": 5,
            "processedDateTime": "2017-03-14T03:25:16.36+00:00",
            "serviceName": "o365",
            "channel": "reseller",
            "attributes": {"objectType": "CustomerLicensesDeploymentInsights"},
        }
    )


async def test_superseded_seats_have_the_documents_content_length(service: Any) -> None:
    """The document's header says 1012 bytes; that includes the byte order mark."""
    plain = {"Accept-Encoding": "identity"}
    assert (await service.get(DEMO_CUSTOMER, headers=plain)).headers["Content-Length"] == "1012"


async def test_superseded_seats_are_those_of_the_newer_report(service: Any) -> None:
    rows = await every_page(service, filter="customerName eq 'Fabrikam'")
    items = (await service.get(OF_CUSTOMER.format(rows[0]["customerTenantId"]))).json["items"]
    assert [(item["productName"], item["licensesDeployed"], item["licensesSold"]) for item in items] == [
        (row["productName"], row["licensesDeployed"], row["licensesSold"]) for row in rows
    ]
    assert all(item["deploymentPercent"] > 100 for item in items)


async def test_superseded_seats_take_ids_of_own_customers_and_no_parameters(service: Any) -> None:
    assert (await service.get(OF_CUSTOMER.format("TESTORG"))).refusal == (400, "3000")
    assert (await service.get(OF_CUSTOMER.format("99999999-9999-4999-8999-999999999999"))).refusal == (403, "20002")
    assert (await service.get(DEMO_CUSTOMER, top="1")).refusal == (400, "3000")


async def test_customer_who_only_has_seats_has_no_usage(service: Any) -> None:
    testorg = "4fd49354-715a-4b49-9079-a77ae978d1dc"
    assert (await service.get(f"/v1/customers/{testorg}/analytics/licenses/usage")).json["items"] == []
    assert await service.every_page(filter="customerName eq 'TESTORG'") == []
    assert len((await service.get(f"/v1/customers/{testorg}/subscriptions")).json["items"]) == 1


async def test_each_report_can_be_missing_for_itself(start: Any) -> None:
    older = await start(conduct=Conduct(selling=SellingConduct(deployment=False)))
    newer = await start(conduct=Conduct(selling=SellingConduct(superseded_deployment=False)), commercial=False)
    assert (await older.get(SEATS)).refusal == (404, "1000")
    assert [(await older.get(path)).status for path in ("/v1/customers", DEMO_CUSTOMER)] == [200, 200]
    assert (await older.get()).status == 200
    assert (await newer.get(DEMO_CUSTOMER)).refusal == (404, "1000")
    assert [(await newer.get(path)).status for path in (SEATS, "/v1/customers")] == [200, 200]
    assert (await newer.get()).status == 404


async def test_superseded_seats_can_be_empty_and_seats_older(start: Any) -> None:
    service = await start(conduct=Conduct(selling=SellingConduct(empty=True, days_behind=21)))
    assert (await service.get(DEMO_CUSTOMER)).json["items"] == []
    assert (await every_page(service))[0]["processedDateTime"] == "2018-09-25T00:00:00"
    assert (await service.get()).json["Value"][0]["processedDateTime"] == "2018-10-14T00:00:00"


async def test_a_fault_of_rows_is_one_of_seats_as_well(service: Any) -> None:
    for form in ("no_count", "negative_count", "invisible_code", "repeated_row", "no_id"):
        service.faults.add(OddRow(form=form))
    service.faults.add(Counts(form="text"))
    odd = [(await service.get(SEATS)).json["Value"] for _ in range(2)]
    assert odd[0] != odd[1]
    assert {type(row["licensesSold"]) for row in odd[0]} == {str}
    service.faults.add(Dates(form="fraction"), WrongTypes(form="text_count"))
    row = (await service.get(SEATS)).json["Value"][0]
    assert (row["processedDateTime"], row["licensesSold"]) == ("2018-10-16T00:00:00.21Z", "many")
    service.faults.add(OddRow(form="no_count"))
    assert (await service.get(SEATS)).json["Value"][1]["licensesDeployed"] is None
    service.faults.add(Refuse(status=403, code="900150"))
    assert (await service.get(SEATS)).refusal == (403, "900150")
