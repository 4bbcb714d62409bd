"""What a walk keeps when its time is over."""

import asyncio

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Subscription, SubscriptionSource
from bot.partner_center.protocol.answer_page import AnswerPage
from bot.partner_center.subscriptions.customer_walk import CustomerWalk

CUSTOMERS = [Entry(Dimension.CUSTOMER, f"customer-{number}", "") for number in range(6)]


def walk(never):
    """Return a walk in which no list comes from customer number `never` on."""

    async def read(customer):
        if CUSTOMERS.index(customer) >= never:
            await asyncio.Event().wait()
        found = Subscription(f"of {customer.id}", customer.id, "", "", SubscriptionSource.LIVE)
        return AnswerPage([found], total=2)

    return CustomerWalk(read, lambda _done, _every: None)


async def test_what_was_read_in_time_is_kept():
    found, gaps = await walk(never=2).run(CUSTOMERS, 1, 0.01)
    assert [each.id for each in found.items] == ["of customer-0", "of customer-1"]
    assert gaps.unread_customers == tuple(each.id for each in CUSTOMERS[2:])
    assert gaps.missing == 2


async def test_nothing_in_time_is_an_error():
    with pytest.raises(TimeoutError):
        await walk(never=0).run(CUSTOMERS, 4, 0.01)


async def test_no_customers_have_no_subscriptions():
    found, gaps = await walk(never=9).run([], 4, 600.0)
    assert (found.items, gaps.any) == ((), False)
