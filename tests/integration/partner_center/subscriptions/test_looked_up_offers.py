"""Offers of subscriptions from the analytics, over HTTP."""

import asyncio

import pytest

from bot.errors import MfaRequiredError

PATH = "/partner/v1/analytics/subscriptions"


@pytest.fixture
def both(servers, tell):
    """Start a server with analytics of seven customers, and their live lists."""

    async def start(lists):
        def answer(request):
            if request.path == PATH:
                return tell.analytics(*(tell.row(number, customer=number) for number in range(7)))
            return lists(int(request.path.split("/")[3][-12:]))

        return await servers(answer)

    return start


async def test_offers_come_from_the_live_list_of_each_customer(both, subscriptions, tell, alice):
    script = await both(lambda number: tell.listed(tell.item(number, offerId=f"OFFER{number}"), tell.item(99)))
    client = subscriptions(script)
    found = await client.of_all(alice)
    assert {each.offer_id for each in found.items} == {None}
    offered = await client.with_offers(alice, found.items)
    assert [each.offer_id for each in offered] == [f"OFFER{number}" for number in range(7)]
    assert len(script.paths) == 8
    assert await client.with_offers(alice, offered) == offered
    assert len(script.paths) == 8


async def test_lists_that_cannot_be_read_leave_their_offers_unknown(both, subscriptions, tell, alice):
    script = await both(lambda number: tell.refusal(403, "20002") if number % 2 else tell.listed(tell.item(number)))
    client = subscriptions(script)
    offered = await client.with_offers(alice, (await client.of_all(alice)).items)
    assert [each.offer_id is None for each in offered] == [bool(number % 2) for number in range(7)]


@pytest.mark.parametrize(("status", "code"), [(403, "2032"), (404, "1000"), (500, "1"), (200, "x")])
async def test_no_readable_list_leaves_everything_as_it_was(both, subscriptions, tell, alice, status, code):
    client = subscriptions(await both(lambda _: tell.refusal(status, code)))
    items = (await client.of_all(alice)).items
    assert await client.with_offers(alice, items) == items


async def test_lists_that_never_come_leave_everything_as_it_was(both, subscriptions, alice):
    async def never():
        await asyncio.Event().wait()

    script = await both(lambda _: never())
    items = (await subscriptions(script).of_all(alice)).items
    assert await subscriptions(script, deadline=0.05).with_offers(alice, items) == items


async def test_a_sign_in_that_is_needed_is_asked_for(both, subscriptions, tell, alice):
    client = subscriptions(await both(lambda _: tell.refusal(401, "900421")))
    items = (await client.of_all(alice)).items
    with pytest.raises(MfaRequiredError):
        await client.with_offers(alice, items)
