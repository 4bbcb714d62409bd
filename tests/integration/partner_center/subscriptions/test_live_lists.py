"""The list of one customer, over HTTP."""

import asyncio

import pytest

from bot.domain.subscriptions import SubscriptionGaps, SubscriptionSource
from bot.errors import (
    AccessDeniedError,
    BadAnswerError,
    EndpointMissingError,
    MfaRequiredError,
    NotYourCustomerError,
    ServiceDownError,
    ThrottledError,
)
from tests.integration.partner_center.subscriptions.conftest import NOW, customers

ID = "0112A436-B14E-4888-967B-CA4BB2CF1234"


async def test_live_list_is_read_as_the_caller(servers, subscriptions, tell, alice):
    script = await servers(tell.listed(tell.item(1), tell.item(2, quantity="7")))
    found = await subscriptions(script).of_customer(alice, ID, name="Wingtip")
    assert script.paths == [f"/v1/customers/{ID}/subscriptions"]
    assert script.sent("Authorization") == ["Bearer token-alice-1"]
    assert script.requests[0].query_string == ""
    assert [(each.customer, each.seats) for each in found.items] == [("Wingtip", 50), ("Wingtip", 7)]
    assert {each.customer_id for each in found.items} == {ID.lower()}
    assert (found.source, found.read_at, found.gaps) == (SubscriptionSource.LIVE, NOW, SubscriptionGaps())
    assert found.correlation_id == script.sent("MS-CorrelationId")[0]


async def test_customer_without_subscriptions_has_none(servers, subscriptions, tell, alice):
    found = await subscriptions(await servers(tell.listed())).of_customer(alice, ID)
    assert (found.items, found.gaps.any) == ((), False)


@pytest.mark.parametrize(
    ("more", "gaps"),
    [
        ({"total": 3}, SubscriptionGaps(missing=2)),
        ({"links": {"next": {"uri": "/customers"}}}, SubscriptionGaps(incomplete=True)),
        ({"continuationToken": "abc"}, SubscriptionGaps(incomplete=True)),
        ({"error": {"code": "1"}}, SubscriptionGaps(incomplete=True)),
    ],
)
async def test_what_a_list_lacks_is_said(servers, subscriptions, tell, alice, more, gaps):
    found = await subscriptions(await servers(tell.listed(tell.item(), **more))).of_customer(alice, ID)
    assert len(found.items) == 1
    assert found.gaps == gaps


async def test_odd_entries_and_repeated_ones_are_counted(servers, subscriptions, tell, alice):
    script = await servers(tell.listed(tell.item(1), tell.item(1), {"note": "x"}, tell.item(2)))
    found = await subscriptions(script).of_customer(alice, ID)
    assert len(found.items) == 2
    assert found.gaps == SubscriptionGaps(unusable=1, repeated=1)


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, "20002", NotYourCustomerError),
        (403, "2032", AccessDeniedError),
        (404, "1000", EndpointMissingError),
        (401, "900421", MfaRequiredError),
        (500, "800003", ServiceDownError),
    ],
)
async def test_refusal_of_one_list_is_its_error(servers, subscriptions, tell, alice, status, code, error):
    script = await servers(tell.refusal(status, code))
    with pytest.raises(error) as raised:
        await subscriptions(script).of_customer(alice, ID)
    assert raised.value.correlation_id


async def test_unreadable_list_is_asked_for_once_more(servers, subscriptions, tell, alice):
    script = await servers(tell.refusal(200), tell.listed(tell.item()))
    assert len((await subscriptions(script).of_customer(alice, ID)).items) == 1
    assert len(script.requests) == 2
    with pytest.raises(BadAnswerError):
        await subscriptions(await servers(tell.refusal(200))).of_customer(alice, ID)


async def test_throttled_list_is_asked_for_again_when_told(servers, subscriptions, tell, alice):
    script = await servers(tell.refusal(429, headers={"Retry-After": "0"}), tell.listed(tell.item()))
    assert len((await subscriptions(script).of_customer(alice, ID)).items) == 1
    long = await servers(tell.refusal(429, headers={"Retry-After": "900"}))
    with pytest.raises(ThrottledError):
        await subscriptions(long).of_customer(alice, ID)
    assert len(long.requests) == 1


async def test_equal_questions_of_one_caller_are_one_request(servers, subscriptions, tell, alice, bob):
    asked, both, answer = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def late(_request):
        (both if asked.is_set() else asked).set()
        await answer.wait()
        return tell.listed(tell.item())

    script = await servers(late)
    client = subscriptions(script)
    first = asyncio.ensure_future(client.of_customer(alice, ID))
    await asked.wait()
    second = asyncio.ensure_future(client.of_customer(alice, f"{{{ID.lower()}}}"))
    other = asyncio.ensure_future(client.of_customer(bob, ID))
    await both.wait()
    answer.set()
    assert len({id(each) for each in await asyncio.gather(first, second, other)}) == 2
    assert sorted(script.sent("Authorization")) == ["Bearer token-alice-1", "Bearer token-bob-1"]
    await client.of_customer(alice, ID)
    assert len(script.requests) == 3


async def test_few_customers_have_their_live_lists_read(servers, subscriptions, tell, alice):
    script = await servers(lambda request: tell.listed(tell.item(int(request.path.split("/")[3][-1]))))
    found = await subscriptions(script).of_some(alice, customers(5))
    assert sorted(script.paths) == [f"/v1/customers/{each.id}/subscriptions" for each in customers(5)]
    assert [each.customer for each in found.items] == [f"Customer {number}" for number in range(5)]
    assert found.source is SubscriptionSource.LIVE
