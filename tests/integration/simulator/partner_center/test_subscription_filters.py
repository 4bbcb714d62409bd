"""Tests of the analytics of all subscriptions over HTTP."""

from collections import Counter
from datetime import date, timedelta
from typing import Any
from urllib.parse import urljoin

import pytest

from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.faults.fault_types import NextLink, OddRow, WrongTypes
from bot.simulator.partner_center.selling.contract_changes import with_far_end, without_end, without_name
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct
from bot.simulator.partner_center.selling.subscriptions.analytics_fields import DATES, GROUPED

TODAY = date(2026, 11, 30)
ANALYTICS = "/partner/v1/analytics/subscriptions"
MEMBERS = (
    *("customerTenantId", "customerName", "customerMarket", "id", "status", "productName", "subscriptionType"),
    *("autoRenewEnabled", "partnerId", "friendlyName", "partnerName", "providerName", "creationDate"),
    *("effectiveStartDate", "commitmentEndDate", "currentStateEndDate", "trialToPaidConversionDate", "trialStartDate"),
    *("trialEndDate", "lastUsageDate", "deprovisionedDate", "lastRenewalDate", "licenseCount", "churnRisk"),
    "billingCycleName",
)


def selling(**switches: Any) -> Conduct:
    return Conduct(selling=SellingConduct(today=lambda: TODAY, **switches))


@pytest.fixture
async def service(start: Any) -> Any:
    return await start(200, conduct=selling())


async def rows(service: Any, **params: str) -> list[Any]:
    reply = await service.get(ANALYTICS, **params)
    found = list(reply.json["Value"])
    while (link := reply.json["@nextLink"]) is not None:
        reply = await service.get(urljoin(ANALYTICS, link))
        found += reply.json["Value"]
    assert len(found) == reply.json["TotalCount"]
    return found


async def test_rows_have_the_documents_members_and_forms(service: Any) -> None:
    found = await rows(service)
    assert all(tuple(row) == MEMBERS for row in found)
    assert all(row["id"].isupper() and row["customerTenantId"].isupper() for row in found)
    assert {row["status"] for row in found} == {"ACTIVE", "SUSPENDED", "DEPROVISIONED"}
    assert {row["subscriptionType"] for row in found} == {"Office", "Dynamics", "M365", "Azure", "UNKNOWN"}
    assert {type(row["licenseCount"]) for row in found} == {int}
    azure = next(row for row in found if row["subscriptionType"] == "Azure")
    assert (azure["productName"], azure["friendlyName"], azure["licenseCount"]) == ("UNKNOWN", "MICROSOFT AZURE", 0)
    assert (azure["commitmentEndDate"], azure["currentStateEndDate"]) == (None, None)
    dates = [row[name] for row in found for name in (*DATES, "trialEndDate") if row[name] is not None]
    assert not any(written.endswith("Z") or "+" in written for written in dates)


async def test_examples_of_the_documents_are_accepted(service: Any) -> None:
    for asked in ("autoRenewEnabled eq true", "autoRenewEnabled eq true and customerMarket eq 'US'"):
        found = await rows(service, filter=asked)
        assert found
        assert {row["autoRenewEnabled"] for row in found} == {True}
    groups = await service.get(f"{ANALYTICS}?groupBy=subscriptionType")
    assert list(groups.json) == ["Value", "@nextLink", "TotalCount"]
    assert all(
        list(group) == ["subscriptionType", "subscriptionCount", "licenseCount"] for group in groups.json["Value"]
    )


async def test_a_renewal_within_thirty_days_can_be_asked(service: Any) -> None:
    last = TODAY + timedelta(days=30)
    asked = f"commitmentEndDate ge {TODAY} and commitmentEndDate lt {last} and autoRenewEnabled eq true"
    found = await rows(service, filter=asked)
    wanted = [
        row
        for row in await rows(service)
        if TODAY.isoformat() <= (row["commitmentEndDate"] or "")[:10] < last.isoformat() and row["autoRenewEnabled"]
    ]
    assert found == wanted
    assert found


@pytest.mark.parametrize("word", ["eq", "ne", "gt", "lt", "ge", "le"])
async def test_dates_take_every_operator(service: Any, word: str) -> None:
    whole = await rows(service)
    day = next(row["commitmentEndDate"] for row in whole if row["commitmentEndDate"])
    compare = {
        "eq": lambda end: end == day,
        "ne": lambda end: end != day,
        "gt": lambda end: end is not None and end > day,
        "lt": lambda end: end is not None and end < day,
        "ge": lambda end: end is not None and end >= day,
        "le": lambda end: end is not None and end <= day,
    }[word]
    found = await rows(service, filter=f"commitmentEndDate {word} {day[:10]}")
    assert found == [row for row in whole if compare(row["commitmentEndDate"])]
    assert found


async def test_texts_are_compared_in_any_case_but_the_type(service: Any) -> None:
    assert await rows(service, filter="status eq 'active'") == await rows(service, filter="status eq 'ACTIVE'")
    assert await rows(service, filter="subscriptionType eq 'Office'")
    assert await rows(service, filter="subscriptionType eq 'office'") == []
    tenant = "0112a436-b14e-4888-967b-ca4bb2cf1234"
    assert {row["customerName"] for row in await rows(service, filter=f"customerTenantId eq '{tenant}'")} == {
        "TEST COMPANY"
    }


async def test_three_fields_can_contain_a_text(service: Any) -> None:
    found = await rows(service, filter="contains(customerName,'O''Brien') or contains(productName, 'Copilot')")
    assert {row["customerName"] for row in found} == {"O'Brien & Sons"}
    assert await rows(service, filter="contains(friendlyName,'AZURE')")


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "status",
        "status gt 'ACTIVE'",
        "status eq ACTIVE",
        "status in ('ACTIVE')",
        "not (status eq 'ACTIVE')",
        "'ACTIVE' eq status",
        "Status eq 'ACTIVE'",
        "licenseCount eq '5'",
        "licenseCount gt 5",
        "churnRisk eq 'High'",
        "billingCycleName eq 'MONTHLY'",
        "partnerName eq 'x'",
        "trialEndDate ge 2026-01-01",
        "customerName eq 'TEST COMPANY'",
        "friendlyName ne 'x'",
        "contains(status,'A')",
        "contains(customerName,5)",
        "contains('x',customerName)",
        "contains(customerName,'x') eq true",
        "startswith(customerName,'x')",
        "customerTenantId eq 0112a436-b14e-4888-967b-ca4bb2cf1234",
        "autoRenewEnabled eq 'true'",
        "autoRenewEnabled eq True",
        "autoRenewEnabled eq 1",
        "autoRenewEnabled gt true",
        "autoRenewEnabled",
        "commitmentEndDate eq null",
        "commitmentEndDate ge 2026",
        "commitmentEndDate ge 2026-13-01",
        "commitmentEndDate ge '2026-02-30'",
        "commitmentEndDate ge datetime'2026-12-01'",
        "contains(commitmentEndDate,'2026')",
        "workloadCode eq 'EXO'",
    ],
)
async def test_a_filter_that_is_not_as_documented_is_refused(service: Any, asked: str) -> None:
    assert (await service.get(ANALYTICS, filter=asked)).refusal == (400, "3000")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("groupby", "licenseCount"),
        ("groupby", "status,status"),
        ("groupby", ""),
        ("groupby", "partnerName"),
        ("aggregationLevel", "month"),
        ("top", "10001"),
        ("top", "0"),
        ("skip", "x"),
        ("processedDateTime", "2026-01-01"),
        ("$filter", "status eq 'ACTIVE'"),
        ("orderby", "status"),
    ],
)
async def test_a_parameter_of_other_reports_is_refused(service: Any, name: str, value: str) -> None:
    assert (await service.get(ANALYTICS, **{name: value})).refusal == (400, "3000")
    both = f"{ANALYTICS}?groupby=status&groupBy=status"
    assert (await service.get(both)).refusal == (400, "3000")


@pytest.mark.parametrize(
    ("literal", "bare", "quoted"), [("bare", 200, 400), ("quoted", 400, 200), ("both", 200, 200), ("none", 400, 400)]
)
async def test_how_a_date_is_written_can_be_chosen(start: Any, literal: Any, bare: int, quoted: int) -> None:
    service = await start(conduct=selling(literal=literal))
    for day in ("2026-12-01", "2026-12-01T00:00:00", "2026-12-01T00:00:00Z"):
        assert (await service.get(ANALYTICS, filter=f"commitmentEndDate ge {day}")).status == bare
        assert (await service.get(ANALYTICS, filter=f"commitmentEndDate ge '{day}'")).status == quoted
    assert (await service.get(ANALYTICS, filter="status eq 'ACTIVE'")).status == 200


async def test_groups_are_sums_as_texts_in_order(service: Any) -> None:
    whole = await rows(service)
    for field in GROUPED:
        groups = await rows(service, groupby=field)
        count = Counter(row[field] for row in whole)
        assert {group[field]: int(group["subscriptionCount"]) for group in groups} == count
        assert sum(int(group["licenseCount"]) for group in groups) == sum(row["licenseCount"] for row in whole)
        assert all(type(group[name]) is str for group in groups for name in ("subscriptionCount", "licenseCount"))
        labels = [str(group[field]) for group in groups if group[field] is not None]
        assert labels == sorted(labels)


async def test_dates_can_be_grouped_by_day_week_and_month(service: Any) -> None:
    whole = await rows(service)
    ends = [date.fromisoformat(row["commitmentEndDate"][:10]) for row in whole if row["commitmentEndDate"]]
    starts = {
        "day": ends,
        "week": [day - timedelta(days=day.weekday()) for day in ends],
        "month": [day.replace(day=1) for day in ends],
    }
    for level, days in starts.items():
        groups = await rows(service, groupby="commitmentEndDate", aggregationLevel=level)
        told = {group["commitmentEndDate"]: int(group["subscriptionCount"]) for group in groups}
        assert told.pop(None) == len(whole) - len(ends)
        assert told == Counter(f"{day.isoformat()}T00:00:00" for day in days)


async def test_pages_of_subscriptions_together_are_the_whole(service: Any) -> None:
    whole = (await service.get(ANALYTICS)).json["Value"]
    assert await rows(service, top="29") == whole
    link = (await service.get(ANALYTICS, top="29", filter="status eq 'ACTIVE'")).json["@nextLink"]
    assert link == "subscriptions?filter=status eq 'ACTIVE'&top=29&skip=29"


async def test_one_address_is_documented_and_only_persons_may_read_it(service: Any) -> None:
    for path in ("/v1/analytics/subscriptions", f"{ANALYTICS}/", "/partner/v1/analytics/subscription"):
        assert (await service.get(path)).refusal == (404, "1000")
    app_only = f"Bearer {service.authority.issue(service.alice, app_only=True)}"
    assert (await service.get(ANALYTICS, authorization=app_only)).refusal == (403, "900329")


async def test_analytics_can_be_missing_alone(start: Any) -> None:
    service = await start(conduct=selling(analytics=False))
    assert (await service.get(ANALYTICS)).refusal == (404, "1000")
    customer = "/v1/customers/0112a436-b14e-4888-967b-ca4bb2cf1234/subscriptions"
    assert [(await service.get(path)).status for path in (customer, "/v1/customers")] == [200, 200]


async def test_one_row_can_come_without_an_envelope(start: Any) -> None:
    service = await start(conduct=selling(bare=True))
    asked = {"filter": "contains(friendlyName,'AZURE')"}
    content = (await service.get(ANALYTICS, **asked)).json
    assert tuple(content) == MEMBERS
    service.faults.add(OddRow(), NextLink(), WrongTypes(form="value_null"))
    assert (await service.get(ANALYTICS, **asked)).json == content
    assert "Value" in (await service.get(ANALYTICS)).json
    assert "Value" in (await service.get(ANALYTICS, filter="status eq 'NONE'")).json


async def test_every_contract_can_be_changed(start: Any) -> None:
    far = await start(conduct=selling(changes=(with_far_end,)))
    years = {int(row["commitmentEndDate"][:4]) for row in await rows(far)}
    assert 9999 in years
    assert min(years) >= TODAY.year + 11
    bald = await start(conduct=selling(changes=(without_end, without_name)))
    found = await rows(bald)
    assert {(row["commitmentEndDate"], row["productName"]) for row in found} == {(None, "UNKNOWN")}
    items = (await bald.get(f"/v1/customers/{found[0]['customerTenantId']}/subscriptions")).json["items"]
    assert {item["commitmentEndDate"][:10] for item in items} == {"9999-12-31"}
    assert {item["friendlyName"] for item in items} == {""}


@pytest.mark.parametrize(
    ("form", "changed"),
    [
        ("no_count", {"licenseCount": None}),
        ("negative_count", {"licenseCount": -1}),
        ("sentinel_day", {"commitmentEndDate": "0001-01-01T00:00:00"}),
        ("future_day", {"commitmentEndDate": "2099-01-01T00:00:00"}),
        ("no_id", {"customerTenantId": "00000000-0000-0000-0000-000000000000"}),
    ],
)
async def test_a_subscription_can_be_as_odd_as_a_row(service: Any, form: Any, changed: dict[str, Any]) -> None:
    right = (await service.get(ANALYTICS)).json["Value"]
    service.faults.add(OddRow(form=form))
    odd = (await service.get(ANALYTICS)).json["Value"]
    assert odd == [right[0], right[1] | changed, *right[2:]]
    service.faults.add(OddRow(form=form))
    groups = (await service.get(ANALYTICS, groupby="commitmentEndDate")).json["Value"]
    assert groups == (await service.get(ANALYTICS, groupby="commitmentEndDate")).json["Value"]
