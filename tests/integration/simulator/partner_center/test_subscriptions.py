"""Tests of a customer's subscriptions over HTTP."""

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from bot.simulator.partner_center.conduct import Conduct
from bot.simulator.partner_center.selling.selling_conduct import SellingConduct

TODAY = date(2026, 11, 30)
TEST_COMPANY = "0112a436-b14e-4888-967b-ca4bb2cf1234"
SEVEN_DIGITS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{7}Z")
NEW = (
    *("id", "offerId", "offerName", "friendlyName", "productType", "quantity", "unitType", "hasPurchasableAddons"),
    *("creationDate", "effectiveStartDate", "commitmentEndDate", "commitmentEndDateTime"),
    *("cancellationAllowedUntilDate", "billingCycleEndDate", "status", "autoRenewEnabled", "isTrial", "billingType"),
    *("billingCycle", "termDuration", "renewalTermDuration", "isMicrosoftProduct", "partnerId", "attentionNeeded"),
    *("actionTaken", "contractType", "links", "publisherName", "orderId", "attributes"),
)


def selling(**switches: Any) -> Conduct:
    return Conduct(selling=SellingConduct(today=lambda: TODAY, **switches))


def path(customer: str) -> str:
    return f"/v1/customers/{customer}/subscriptions"


async def of(service: Any, name: str) -> list[Any]:
    """Return the subscriptions of all customers of a name."""
    found = await service.get(
        "/v1/customers", filter=f'{{"Field":"CompanyName","Value":"{name}","Operator":"starts_with"}}'
    )
    items = []
    for customer in found.json["items"]:
        items += (await service.get(path(customer["id"]))).json["items"]
    return items


async def every_customer(service: Any) -> list[Any]:
    customers = (await service.get("/v1/customers")).json["items"]
    return [item for each in customers for item in (await service.get(path(each["id"]))).json["items"]]


async def test_subscription_of_new_commerce_has_the_documents_members(start: Any) -> None:
    service = await start(conduct=selling())
    reply = await service.get(path(TEST_COMPANY))
    assert reply.raw.startswith(b"\xef\xbb\xbf")
    assert (reply.json["totalCount"], reply.json["attributes"]) == (2, {"objectType": "Collection"})
    item, older = reply.json["items"]
    assert tuple(name for name in item if name != "scheduledNextTermInstructions") == NEW
    assert (item["offerName"], item["offerId"]) == ("Office 365 E3", "CFQ7TTC0LF8R:0001:CFQ7TTC0KCSV")
    assert (item["quantity"], item["status"], item["contractType"]) == (1, "active", "subscription")
    assert item["id"] == item["id"].lower()
    assert SEVEN_DIGITS.fullmatch(item["creationDate"])
    assert item["commitmentEndDate"].endswith("T00:00:00Z")
    assert item["commitmentEndDateTime"] == item["commitmentEndDate"].replace("00:00:00", "23:59:59")
    assert item["renewalTermDuration"] == ""
    assert not {"offerName", "productType", "termDuration", "commitmentEndDateTime"} & older.keys()
    assert older["links"]["offer"]["uri"] == f"/v1/offers/{older['offerId']}"


async def test_ids_may_be_in_any_case_and_unknown_customers_are_refused(service: Any) -> None:
    lower, upper = [(await service.get(path(each))).json for each in (TEST_COMPANY, TEST_COMPANY.upper())]
    assert lower == upper
    assert (await service.get(path("99999999-9999-4999-8999-999999999999"))).refusal == (403, "20002")
    assert (await service.get(path("TEST COMPANY"))).refusal == (400, "3000")


@pytest.mark.parametrize("name", ["size", "filter", "$filter", "order_id", "top"])
async def test_subscriptions_take_no_parameters(service: Any, name: str) -> None:
    assert (await service.get(path(TEST_COMPANY), **{name: "1"})).refusal == (400, "3000")


async def test_applications_and_persons_may_read_subscriptions(service: Any) -> None:
    issue, alice = service.authority.issue, service.alice
    for authorization, status in (
        (f"Bearer {issue(alice, app_only=True)}", 200),
        (f"Bearer {issue(alice)}", 200),
        (f"Bearer {issue(alice, mfa=False)}", 401),
        (f"Bearer {issue(alice, roles=())}", 403),
        (None, 401),
    ):
        assert (await service.get(path(TEST_COMPANY), authorization=authorization)).status == status
    assert (await service.get(path(TEST_COMPANY), method="PATCH")).status == 405


async def test_contracts_end_around_the_day_that_is_today(start: Any) -> None:
    service = await start(conduct=selling())
    ends = {item["commitmentEndDate"][:10] for item in await of(service, "Contoso Europe") if not item["isTrial"]}
    assert ends == {(TODAY + timedelta(days=12)).isoformat()}
    assert {item["autoRenewEnabled"] for item in await of(service, "Contoso Europe")} == {False}
    later = await start(conduct=Conduct(selling=SellingConduct(today=lambda: TODAY + timedelta(days=1))))
    ends = {item["commitmentEndDate"][:10] for item in await of(later, "Contoso Europe") if not item["isTrial"]}
    assert ends == {(TODAY + timedelta(days=13)).isoformat()}


async def test_contracts_move_when_a_day_has_passed(start: Any) -> None:
    now = SimpleNamespace(day=TODAY)
    service = await start(conduct=Conduct(selling=SellingConduct(today=lambda: now.day)))
    before = await of(service, "Contoso Europe")
    now.day += timedelta(days=1)
    after = await of(service, "Contoso Europe")
    assert [item["id"] for item in before] == [item["id"] for item in after]
    assert [item["commitmentEndDate"] for item in before] != [item["commitmentEndDate"] for item in after]


async def test_each_state_and_kind_of_subscription_is_somewhere(start: Any) -> None:
    service = await start(200, conduct=selling())
    items = await every_customer(service)
    assert {item["status"] for item in items} == {"active", "suspended", "expired", "disabled"}
    assert {item.get("termDuration") for item in items} == {"P1M", "P1Y", "P3Y", None}
    scheduled = [item for item in items if "scheduledNextTermInstructions" in item]
    assert {item["isTrial"] for item in scheduled} == {True, False}
    assert all(set(item["scheduledNextTermInstructions"]) == {"product", "quantity"} for item in scheduled)
    assert all("scheduledNextTermInstructions" in item for item in items if item["isTrial"] and "offerName" in item)
    assert len({item["id"] for item in items}) == len(items)
    far = [item for item in await of(service, "Ærø") if item["status"] == "active" and not item["isTrial"]]
    assert {item["commitmentEndDate"] for item in far} == {"2038-12-14T08:00:00Z"}
    azure = [item for item in items if "entitlementId" in item]
    assert {(item["unitType"], item["billingType"], item["quantity"]) for item in azure} == {("none", "usage", 1)}
    assert "Microsoft 365 Copilot" in {item.get("offerName") for item in await of(service, "O'Brien")}


async def test_what_another_supplier_sold_is_not_shown(start: Any) -> None:
    service = await start(conduct=selling())
    assert [item for item in await of(service, "Except Limited") if not item["isTrial"]] == []


async def test_subscriptions_have_a_limit_of_their_own(start: Any) -> None:
    now = SimpleNamespace(seconds=10.0)
    own = SellingConduct(today=lambda: TODAY, calls_a_minute=2)
    service = await start(conduct=Conduct(clock=lambda: now.seconds, selling=own))
    assert [(await service.get(path(TEST_COMPANY))).status for _ in range(3)] == [200, 200, 429]
    assert (await service.get(top="1")).status == 200
    now.seconds += 30
    reply = await service.get(path(TEST_COMPANY))
    assert reply.headers["Retry-After"] == "30"
    assert reply.json == {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 30 seconds."}
    other = type(service.alice)("99999999-2222-4333-8444-555555555555", service.alice.object_id, "Other")
    bearer = f"Bearer {service.authority.issue(other)}"
    assert (await service.get(path(TEST_COMPANY), authorization=bearer)).status == 200
    now.seconds += 30
    assert (await service.get(path(TEST_COMPANY))).status == 200


async def test_five_hundred_subscription_calls_a_minute_are_answered(start: Any) -> None:
    service = await start(conduct=Conduct(calls_a_minute=None, clock=lambda: 0.0))
    seen = [(await service.get(path(TEST_COMPANY))).status for _ in range(501)]
    assert seen == [200] * 500 + [429]
