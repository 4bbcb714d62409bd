"""Tests of each fault, as a client sees it."""

import asyncio
import time
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import pytest

from bot.simulator.partner_center.faults.fault_types import (
    ChangedNames,
    Counts,
    Dates,
    Days,
    Envelope,
    Fail,
    FailDomainFilter,
    Faults,
    NextLink,
    NoBom,
    Refuse,
    Reset,
    Slow,
    Throttle,
    Total,
    Trickle,
    Truncate,
    WrongTypes,
)
from tests.integration.simulator.held_sleep import HeldSleep

TEST_COMPANY = {"filter": "customerName eq 'TEST COMPANY'"}


async def test_throttling_has_the_guidances_body_and_header_and_ends(service: Any) -> None:
    service.faults.add(Throttle(retry_after=57))
    reply = await service.get(**TEST_COMPANY)
    assert (reply.status, reply.headers["Retry-After"]) == (429, "57")
    assert reply.json == {"statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds."}
    assert (await service.get(**TEST_COMPANY)).status == 200


async def test_retry_after_may_be_a_date_or_missing(service: Any) -> None:
    service.faults.add(Throttle(retry_after=60, as_date=True), Throttle(retry_after=None))
    before = time.time()
    told = parsedate_to_datetime((await service.get()).headers["Retry-After"])
    assert told.timestamp() > before + 58  # the header has no fractions of a second
    assert "Retry-After" not in (await service.get()).headers


async def test_failures_have_the_documented_body_or_a_proxys_page(service: Any) -> None:
    service.faults.add(Fail(), Fail(status=503, retry_after=3))
    assert (await service.get()).refusal == (500, "800003")
    reply = await service.get()
    assert (reply.status, reply.headers["Retry-After"]) == (503, "3")
    assert reply.headers["Content-Type"].startswith("text/html")


async def test_refusals_have_every_body_that_was_observed(service: Any) -> None:
    for body in ("documented", "number", "text", "error", "empty"):
        service.faults.add(Refuse(status=403, code="900309", body=body))
    documented, number, text, error, empty = [await service.get() for _ in range(5)]
    assert documented.refusal == (403, "900309")
    assert number.refusal == (403, 900309)
    assert text.raw.startswith(b"A fault of the simulator refuses")
    assert set(error.json) == {"error"}
    assert (empty.status, empty.raw) == (403, b"")


async def test_a_reset_connection_answers_nothing(service: Any) -> None:
    service.faults.add(Reset(times=2))  # aiohttp's client repeats a GET once by itself
    with pytest.raises(aiohttp.ClientConnectionError):
        await service.get()
    assert len(service.journal) == 2
    assert (await service.get()).status == 200


async def test_a_slow_answer_is_whole_and_sent_after_its_delay(start: Any) -> None:
    held = HeldSleep()
    service = await start(faults=Faults(Slow(seconds=7.5)), sleep=held)
    asking = asyncio.create_task(service.get(**TEST_COMPANY))
    await held.asked()
    assert (await service.get()).status == 200
    assert not asking.done()
    held.over.set()
    assert (await asking).json["TotalCount"] == 2
    assert held.seconds == [7.5]


async def test_body_is_complete_when_it_is_sent_in_pieces(service: Any) -> None:
    right = (await service.get(**TEST_COMPANY)).raw
    service.faults.add(Trickle(seconds=0.01, chunks=4))
    assert (await service.get(**TEST_COMPANY)).raw == right


async def test_service_still_answers_when_a_client_stops_waiting(start: Any) -> None:
    held = HeldSleep()
    service = await start(faults=Faults(Trickle(chunks=100)), sleep=held)
    asking = asyncio.create_task(service.get())
    await held.asked()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    held.over.set()
    assert (await service.get()).status == 200


@pytest.mark.parametrize("part", [0.0, 0.5, 0.999])
async def test_a_truncated_body_is_shorter_than_its_length(service: Any, part: float) -> None:
    service.faults.add(Truncate(part=part))
    with pytest.raises(aiohttp.ClientPayloadError):
        await service.get()
    assert (await service.get()).status == 200


async def test_byte_order_mark_can_be_omitted(service: Any) -> None:
    service.faults.add(NoBom())
    assert (await service.get()).raw.startswith(b'{"Value"')


@pytest.mark.parametrize(
    ("form", "body"), [("not_json", b"<html>"), ("empty", b""), ("null", b"null"), ("number", b"42")]
)
async def test_bodies_without_the_envelope(service: Any, form: Any, body: bytes) -> None:
    service.faults.add(WrongTypes(form=form))
    assert (await service.get()).raw.removeprefix(b"\xef\xbb\xbf").startswith(body)


async def test_values_of_wrong_types(service: Any) -> None:
    for form in ("value_object", "value_null", "text_rows", "text_count"):
        service.faults.add(WrongTypes(form=form))
        value = (await service.get(**TEST_COMPANY)).json["Value"]
        if form == "text_rows":
            assert [type(row) for row in value] == [str, str]
        elif form == "text_count":
            assert {row["licensesQualified"] for row in value} == {"many"}
        else:
            assert not isinstance(value, list)


async def test_next_links_can_be_wrong(service: Any) -> None:
    forms = ("foreign", "self", "relative", "number", "text")
    service.faults.add(
        *(NextLink(form=form, address="http://127.0.0.1:9/", after=n) for n, form in enumerate(forms))  # type: ignore[arg-type]
    )
    foreign, itself, relative, number, text = [(await service.get(top="5")).json["@nextLink"] for _ in forms]
    path = "/partner/v1/analytics/commercial/usage/license?top=5"
    assert foreign == f"http://127.0.0.1:9{path}&skip=5"
    assert itself == service.server.url + path
    assert relative == f"{path}&skip=5"
    assert (number, text) == (7, "the next page")
    assert (await service.get(service.server.url + relative)).json["Value"]


async def test_last_page_can_have_a_foreign_link_but_no_relative_one(service: Any) -> None:
    service.faults.add(NextLink(form="foreign"), NextLink(form="relative", after=1))
    assert (await service.get(**TEST_COMPANY)).json["@nextLink"].startswith("http://127.0.0.1:9/")
    assert (await service.get(**TEST_COMPANY)).json["@nextLink"] is None


async def test_envelopes_of_the_sibling_apis(service: Any) -> None:
    rows = (await service.get(**TEST_COMPANY)).json["Value"]
    for form, content in (
        ("lower", {"value": rows, "nextLink": None, "totalCount": 2}),
        ("odata", {"value": rows, "@odata.nextLink": None, "@odata.count": 2}),
        ("items", {"items": rows, "nextLink": None, "totalCount": 2}),
        ("bare_list", rows),
        ("bare_row", rows[0]),
    ):
        service.faults.add(Envelope(form=form))  # type: ignore[arg-type]
        assert (await service.get(**TEST_COMPANY)).json == content


async def test_faults_of_the_content_work_in_other_envelopes_too(service: Any) -> None:
    service.faults.add(Envelope(form="odata"), Counts(form="text"), NextLink(form="self"), Total(form="text"), NoBom())
    reply = await service.get(top="1", **TEST_COMPANY)
    assert reply.json["value"][0]["licensesQualified"] == "1"
    assert reply.json["@odata.count"] == "2"
    assert "top=1" in reply.json["@odata.nextLink"]
    assert reply.raw.startswith(b"{")


async def test_dates_and_counts_of_the_older_reports(service: Any) -> None:
    service.faults.add(*(Dates(form=form, after=n) for n, form in enumerate(("offset", "z", "fraction"))))
    dates = [(await service.get(**TEST_COMPANY)).json["Value"][0]["processedDateTime"] for _ in range(3)]
    assert dates == ["2018-10-14T00:00:00+00:00", "2018-10-14T00:00:00Z", "2018-10-14T00:00:00.21Z"]
    service.faults.add(Counts(form="text"), Counts(form="float", after=1))
    texts, floats = [(await service.get(**TEST_COMPANY)).json["Value"][0] for _ in range(2)]
    assert (texts["licenseActive"], texts["licensesQualified"]) == ("0", "1")
    assert repr((floats["licenseActive"], floats["licensesQualified"])) == "(0.0, 1.0)"


async def test_totals_that_cannot_be_trusted(service: Any) -> None:
    forms = ("missing", "null", "text", "zero", "more", "less", "negative", "page")
    service.faults.add(*(Total(form=form, after=n) for n, form in enumerate(forms)))
    totals = [(await service.get(**TEST_COMPANY)).json.get("TotalCount", "missing") for _ in forms]
    assert totals == ["missing", None, "2", 0, 1002, 1, -1, 2]


async def test_faults_happen_to_the_superseded_report_too(service: Any) -> None:
    path = "/v1/customers/4d3cf487-70f4-4e1e-9ff1-b2bfce8d9f04/analytics/licenses/usage"
    service.faults.add(Dates(form="z"), Counts(form="text"))
    item = (await service.get(path)).json["items"][0]
    assert (item["processedDateTime"], item["licensesQualified"]) == ("2017-03-09T00:00:00Z", "1")
    for form in ("value_null", "value_object"):
        service.faults.add(WrongTypes(form=form))  # type: ignore[arg-type]
        assert not isinstance((await service.get(path)).json["items"], list)
    service.faults.add(Total(form="zero"))
    assert (await service.get(path)).json["totalCount"] == 0


async def test_names_can_change_between_pages(service: Any) -> None:
    service.faults.add(ChangedNames(times=None))
    first, second = [(await service.get(top="2", skip=skip)).json["Value"] for skip in ("0", "1")]
    assert second[0] == first[1] | {name: f"{first[1][name]} (new)" for name in ("customerName", "productName")}


async def test_days_can_differ_by_service_and_within_one(service: Any) -> None:
    service.faults.add(Days(form="one_service"), Days(form="alternate", after=1))
    apart, alternating = [(await service.get()).json["Value"] for _ in range(2)]
    days = {(row["serviceCode"], row["processedDateTime"][:10]) for row in apart}
    assert days == {("o365", "2018-10-14"), ("crm", "2018-10-04")}
    assert [row["processedDateTime"][:10] for row in alternating[:4]] == ["2018-10-14", "2018-10-12"] * 2


@pytest.mark.parametrize("status", [500, 503])
async def test_only_the_domain_filter_can_fail(service: Any, status: int) -> None:
    service.faults.add(FailDomainFilter(status=status, times=None))
    for field, seen in (("Domain", status), ("CompanyName", 200)):
        asked = f'{{"Field":"{field}","Value":"a","Operator":"starts_with"}}'
        assert (await service.get("/v1/customers", filter=asked)).status == seen
    assert (await service.get()).status == 200
