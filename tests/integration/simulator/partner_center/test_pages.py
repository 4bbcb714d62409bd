"""Tests of paging, grouping and earlier days over HTTP."""

from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest

from bot.domain.licensing import Field
from bot.simulator.partner_center.conduct import Conduct

COUNTS = ("licensesActive", "licensesQualified")


def active(row: dict[str, Any]) -> int:
    return int(row.get("licensesActive", row.get("licenseActive", 0)))


async def test_small_pages_together_are_the_large_one(service: Any) -> None:
    whole = await service.get()
    assert await service.every_page(top="37") == whole.json["Value"]


async def test_the_next_link_keeps_every_other_parameter(service: Any) -> None:
    asked = {"filter": "customerName ne 'O''Brien & Sons'", "processedDateTime": "2018-09-01", "top": "5"}
    address = "/v1/analytics/commercial/usage/license/"
    link = (await service.get(address, **asked)).json["@nextLink"]
    parts = urlsplit(urljoin(service.server.url + address, link))
    assert f"{parts.scheme}://{parts.netloc}" == service.server.url
    assert parts.path == "/v1/analytics/commercial/usage/license/"
    assert parse_qs(parts.query) == {name: [value] for name, value in asked.items()} | {"skip": ["5"]}


async def test_a_link_has_the_form_that_similar_reports_document(service: Any) -> None:
    asked = {"filter": "workloadCode ne 'SPO'", "top": "5"}
    link = "license?filter=workloadCode ne 'SPO'&top=5&skip=5"
    assert (await service.get(**asked)).json["@nextLink"] == link


@pytest.mark.parametrize(
    ("form", "link"),
    [
        ("absolute", "{url}/partner/v1/analytics/commercial/usage/license?filter=workloadCode%20ne%20'SPO'"),
        ("inner", "http://analytics-7.internal:8080/partner/v1/analytics/commercial/usage/license?filter="),
        ("relative", "/partner/v1/analytics/commercial/usage/license?filter=workloadCode%20ne%20'SPO'"),
        ("leaf", "license?filter=workloadCode%20ne%20'SPO'"),
        ("query", "?filter=workloadCode%20ne%20'SPO'"),
        ("version", "/v1/analytics/commercial/usage/license?filter=workloadCode%20ne%20'SPO'"),
        ("analytics", "/analytics/commercial/usage/license?filter=workloadCode%20ne%20'SPO'"),
        ("api_root", "commercial/usage/license?filter=workloadCode%20ne%20'SPO'"),
    ],
)
async def test_the_form_of_links_can_be_chosen(start: Any, form: Any, link: str) -> None:
    service = await start(conduct=Conduct(links=form))
    found = (await service.get(filter="workloadCode ne 'SPO'", top="5")).json["@nextLink"]
    assert found.startswith(link.format(url=service.server.url))
    assert found.endswith("&top=5&skip=5")


async def test_page_beyond_the_end_is_empty_and_has_the_total(service: Any) -> None:
    content = (await service.get(skip="1000000")).json
    assert content["Value"] == []
    assert content["TotalCount"] > 100
    assert content["@nextLink"] is None


async def test_without_top_a_page_has_ten_thousand_rows(start: Any) -> None:
    service = await start(2_500)
    content = (await service.get()).json
    assert content["TotalCount"] > 10_000
    assert len(content["Value"]) == 10_000
    assert parse_qs(urlsplit(content["@nextLink"]).query) == {"top": ["10000"], "skip": ["10000"]}


async def test_sums_by_each_field_are_the_sums_of_the_rows(service: Any) -> None:
    rows = await service.every_page(filter="workloadCode ne 'TEAMS'")
    for field in Field:
        wanted: Counter[tuple[str, str]] = Counter()
        for row in rows:
            wanted[row[field], "active"] += active(row)
            wanted[row[field], "qualified"] += row["licensesQualified"]
        groups = await service.every_page(filter="workloadCode ne 'TEAMS'", groupby=field.value, top="7")
        assert all(set(group) == {field.value, *COUNTS} for group in groups)
        found = {(group[field], "active"): group["licensesActive"] for group in groups}
        found |= {(group[field], "qualified"): group["licensesQualified"] for group in groups}
        assert found == dict(wanted)


async def test_two_customers_of_one_name_are_one_group_by_name_and_two_by_id(service: Any) -> None:
    by_name = await service.every_page(groupby="customerName", filter="customerName eq 'contoso'")
    by_both = await service.every_page(groupby="customerTenantId,customerName", filter="customerName eq 'contoso'")
    assert (len(by_name), len(by_both)) == (1, 2)
    assert sum(group["licensesQualified"] for group in by_both) == by_name[0]["licensesQualified"]


async def test_latest_day_is_the_documents_and_dynamics_a_day_behind(service: Any) -> None:
    days = {(row["serviceCode"], row["processedDateTime"]) for row in await service.every_page()}
    assert days == {("o365", "2018-10-14T00:00:00"), ("crm", "2018-10-13T00:00:00")}


async def test_an_earlier_day_is_the_latest_snapshot_not_after_it(service: Any) -> None:
    for asked, office, dynamics in (
        ("2018-10-14", "14", "13"),
        ("2018-10-13", "07", "13"),
        ("2018-10-12T23:59:59Z", "07", "06"),
        ("2026-01-01T00:00:00.0000000", "14", "13"),
    ):
        rows = await service.every_page(processedDateTime=asked)
        days = {row["serviceCode"]: row["processedDateTime"][:10] for row in rows}
        assert days == {"o365": f"2018-10-{office}", "crm": f"2018-10-{dynamics}"}


async def test_figures_differ_by_week_and_are_repeatable(service: Any) -> None:
    asked = {"processedDateTime": "2018-08-05"}
    earlier = await service.every_page(**asked)
    assert earlier == await service.every_page(**asked)
    latest = await service.every_page()
    assert [active(row) for row in earlier] != [active(row) for row in latest]
    assert sum(row["licensesQualified"] for row in earlier) < sum(row["licensesQualified"] for row in latest)


async def test_a_day_before_the_first_snapshot_has_no_rows(service: Any) -> None:
    assert (await service.get(processedDateTime="2018-04-01")).json == {"Value": [], "@nextLink": None, "TotalCount": 0}
    oldest = await service.every_page(processedDateTime="2018-04-15")
    assert {row["processedDateTime"] for row in oldest} == {"2018-04-15T00:00:00", "2018-04-14T00:00:00"}


async def test_a_day_can_mean_all_days_since(start: Any) -> None:
    service = await start(conduct=Conduct(since=True))
    rows = await service.every_page(processedDateTime="2018-10-01", top="50")
    days = Counter((row["serviceCode"], row["processedDateTime"][:10]) for row in rows)
    office, dynamics = days["o365", "2018-10-14"], days["crm", "2018-10-13"]
    assert days == {
        **{("o365", f"2018-{day}"): office for day in ("10-14", "10-07", "09-30")},
        **{("crm", f"2018-{day}"): dynamics for day in ("10-13", "10-06", "09-29")},
    }
    assert len(await service.every_page()) == office + dynamics
