"""The subscriptions of all customers, over HTTP."""

import asyncio
import json

import pytest
from aiohttp import web

from bot.domain.subscriptions import SubscriptionGaps, SubscriptionSource
from bot.errors import AccessDeniedError, BadRequestError, DeadlineError, EndpointMissingError, IncompleteAnswerError
from tests.integration.partner_center.subscriptions.conftest import NOW, customers

PATH = "/partner/v1/analytics/subscriptions"
FILTER = "status ne 'DEPROVISIONED'"


async def test_all_subscriptions_are_one_request(servers, subscriptions, tell, alice):
    script = await servers(tell.analytics(tell.row(1, 1), tell.row(2, 2, licenseCount="7485"), total=2))
    found = await subscriptions(script).of_all(alice)
    assert script.paths == [PATH]
    assert dict(script.requests[0].query) == {"filter": FILTER}
    assert [(each.customer, each.seats) for each in found.items] == [("CUSTOMER 1", 50), ("CUSTOMER 2", 7485)]
    assert (found.source, found.read_at, found.gaps) == (SubscriptionSource.ANALYTICS, NOW, SubscriptionGaps())


@pytest.mark.parametrize("link", ["?skip=2", f"{PATH}?skip=2"])
async def test_next_links_are_followed(servers, subscriptions, tell, alice, link):
    first = tell.analytics(tell.row(1), tell.row(2), link=link)
    script = await servers(first, tell.analytics(tell.row(3)))
    progress = []
    found = await subscriptions(script).of_all(alice, lambda *each: progress.append(each))
    assert len(found.items) == 3
    assert progress == [(1, None), (2, None)]


async def test_pages_are_asked_for_by_skip_when_the_total_is_known(servers, subscriptions, tell, alice):
    rows = [tell.row(number) for number in range(7)]

    def answer(request):
        skip, top = int(request.query.get("skip", 0)), int(request.query.get("top", 3))
        return tell.analytics(*rows[skip : skip + min(top, 3)], total=7)

    script = await servers(answer)
    found = await subscriptions(script).of_all(alice)
    assert sorted(each.id for each in found.items) == sorted(row["id"].lower() for row in rows)
    assert all(request.query["filter"] == FILTER for request in script.requests)
    assert not found.gaps.any


@pytest.mark.parametrize("body", ["bare", "list"])
async def test_a_bare_object_is_one_subscription(servers, subscriptions, tell, alice, body):
    found = tell.row(1) if body == "bare" else [tell.row(1)]
    script = await servers(web.Response(body=json.dumps(found).encode()))
    assert len((await subscriptions(script).of_all(alice)).items) == 1


async def test_a_refused_filter_is_left_out_from_then_on(servers, subscriptions, tell, alice):
    def answer(request):
        return tell.refusal(400, "3000") if "filter" in request.query else tell.analytics(tell.row(1))

    script = await servers(answer)
    client = subscriptions(script)
    for _ in range(2):
        assert len((await client.of_all(alice)).items) == 1
    assert ["filter" in request.query for request in script.requests] == [True, False, False]


async def test_a_refusal_of_everything_is_an_error_and_not_remembered(servers, subscriptions, tell, alice):
    script = await servers(tell.refusal(400, "3000"))
    client = subscriptions(script)
    for _ in range(2):
        with pytest.raises(BadRequestError):
            await client.of_all(alice)
    assert ["filter" in request.query for request in script.requests] == [True, False, True, False]


async def test_overlapping_pages_count_once_and_are_said(servers, subscriptions, tell, alice):
    first = tell.analytics(tell.row(1), tell.row(2), link="?skip=2")
    script = await servers(first, tell.analytics(tell.row(2), tell.row(3)))
    found = await subscriptions(script).of_all(alice)
    assert sorted(each.id[-1] for each in found.items) == ["1", "2", "3"]
    assert found.gaps == SubscriptionGaps(repeated=1, incomplete=True)


async def test_announced_subscriptions_that_do_not_come_are_missing(servers, subscriptions, tell, alice):
    def answer(request):
        rows = [] if int(request.query.get("skip", 0)) else [tell.row(1), {"note": "x"}]
        return tell.analytics(*rows, total=4)

    found = await subscriptions(await servers(answer)).of_all(alice)
    assert len(found.items) == 1
    assert (found.gaps.unusable, found.gaps.missing) == (1, 2)


async def test_nothing_of_what_was_announced_is_an_error(servers, subscriptions, tell, alice):
    def answer(request):
        return tell.analytics(link="?skip=1") if not request.query.get("skip") else tell.refusal(404, "1000")

    with pytest.raises(IncompleteAnswerError):
        await subscriptions(await servers(answer)).of_all(alice)


async def test_many_customers_are_taken_from_those_of_all(servers, subscriptions, tell, alice):
    rows = [tell.row(number, customer=number) for number in range(9)]
    nobody = tell.row(99, customerTenantId=None)
    script = await servers(tell.analytics(*rows, nobody))
    found = await subscriptions(script).of_some(alice, customers(6))
    assert script.paths == [PATH]
    assert [each.customer for each in found.items] == [f"CUSTOMER {number}" for number in range(6)]
    assert found.gaps == SubscriptionGaps(unusable=1)


async def test_missing_analytics_without_customers_are_an_error(servers, subscriptions, tell, alice):
    script = await servers(tell.refusal(404, "1000"))
    client = subscriptions(script)
    for _ in range(2):
        with pytest.raises(EndpointMissingError):
            await client.of_all(alice)
    assert script.paths == [PATH]


async def test_refused_analytics_are_an_error_and_no_walk(servers, subscriptions, tell, alice):
    script = await servers(tell.refusal(403, "900150"))
    with pytest.raises(AccessDeniedError):
        await subscriptions(script).of_all(alice, customers=customers(3))
    assert script.paths == [PATH]


async def test_analytics_that_never_answer_end_at_the_deadline(servers, subscriptions, alice):
    async def never(_request):
        await asyncio.Event().wait()

    script = await servers(never)
    with pytest.raises(DeadlineError):
        await subscriptions(script, deadline=0.05).of_all(alice)


@pytest.mark.parametrize("sold", [True, False])
async def test_empty_analytics_are_believed_if_live_lists_are_empty_too(servers, subscriptions, tell, alice, sold):
    def answer(request):
        if request.path == PATH:
            return tell.analytics(total=0)
        number = int(request.path.split("/")[3][-12:])
        return tell.listed(tell.item(number)) if sold and number > 3 else tell.listed()

    script = await servers(answer)
    found = await subscriptions(script).of_all(alice, customers=customers(9))
    assert found.source is (SubscriptionSource.LIVE if sold else SubscriptionSource.ANALYTICS)
    assert len(found.items) == (5 if sold else 0)
    assert len(script.paths) == 1 + 5 + (9 if sold else 0)
    assert not found.gaps.any


@pytest.mark.parametrize(("status", "code"), [(403, "2032"), (500, "1")])
async def test_empty_analytics_that_cannot_be_checked_are_incomplete(servers, subscriptions, tell, alice, status, code):
    script = await servers(lambda asked: tell.analytics() if asked.path == PATH else tell.refusal(status, code))
    found = await subscriptions(script).of_all(alice, customers=customers(9))
    assert (found.items, found.gaps) == ((), SubscriptionGaps(incomplete=True))
    assert not (await subscriptions(script).of_all(alice)).gaps.any
