"""One list a customer, where the analytics do not exist."""

import asyncio

import pytest

from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import SubscriptionSource
from bot.errors import AccessDeniedError, AppOnlyRefusedError, DeadlineError, MfaRequiredError, NotYourCustomerError
from bot.partner_center.subscriptions import customer_walk
from tests.integration.partner_center.subscriptions.conftest import customers

PATH = "/partner/v1/analytics/subscriptions"


class Clock:
    """A clock that only a wait moves."""

    def __init__(self):
        self.now = 0.0
        self.waited = []

    def time(self):
        return self.now

    async def sleep(self, seconds):
        until = self.now + seconds
        self.waited.append(seconds)
        await asyncio.sleep(0)
        self.now = max(self.now, until)


def number_of(request):
    return int(request.path.split("/")[3][-12:])


@pytest.fixture
def walked(servers, tell):
    """Start a server without analytics. `answers` are those of some customers."""

    async def start(answers=None):
        def answer(request):
            if request.path == PATH:
                return tell.refusal(404, "1000")
            special = (answers or {}).get(number_of(request))
            return special or tell.listed(tell.item(number_of(request)))

        return await servers(answer)

    return start


async def test_without_analytics_each_list_is_read(walked, subscriptions, alice):
    script = await walked()
    progress = []
    found = await subscriptions(script).of_all(alice, lambda *each: progress.append(each), customers(20))
    assert script.paths[0] == PATH
    assert sorted(script.paths[1:]) == [f"/v1/customers/{each.id}/subscriptions" for each in customers(20)]
    assert [each.customer for each in found.items] == [f"Customer {number}" for number in range(20)]
    assert (found.source, found.gaps.any) == (SubscriptionSource.LIVE, False)
    assert progress == [(number, 20) for number in range(1, 21)]
    assert script.most_at_once <= 4


async def test_walks_are_not_preceded_by_the_analytics_each_time(walked, subscriptions, alice):
    script = await walked()
    client = subscriptions(script)
    for _ in range(2):
        await client.of_all(alice, customers=customers(6))
    assert script.paths.count(PATH) == 1


@pytest.mark.parametrize(
    ("status", "code"), [(403, "20002"), (403, "2032"), (404, "1000"), (400, "3000"), (500, "1"), (200, "1000")]
)
async def test_one_list_that_cannot_be_read_is_a_gap(walked, subscriptions, tell, alice, status, code):
    script = await walked({3: tell.refusal(status, code)})
    found = await subscriptions(script).of_all(alice, customers=customers(8))
    assert len(found.items) == 7
    assert found.gaps.unread_customers == (customers(8)[3].id,)
    assert found.gaps.any


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [(401, "900421", MfaRequiredError), (403, "900329", AppOnlyRefusedError)],
)
async def test_what_concerns_the_caller_ends_the_walk(walked, subscriptions, tell, alice, status, code, error):
    script = await walked({2: tell.refusal(status, code)})
    with pytest.raises(error):
        await subscriptions(script).of_all(alice, customers=customers(200))
    assert len(script.paths) < 20


async def test_refusals_of_everything_end_the_walk_early(walked, subscriptions, tell, alice):
    script = await walked({number: tell.refusal(403, "2032") for number in range(200)})
    with pytest.raises(AccessDeniedError):
        await subscriptions(script).of_all(alice, customers=customers(200))
    assert len(script.paths) < 20


async def test_failures_in_a_row_leave_the_rest_unread(walked, subscriptions, tell, alice):
    script = await walked({number: tell.refusal(403, "2032") for number in range(50, 200)})
    found = await subscriptions(script, pages_at_once=1).of_all(alice, customers=customers(200))
    assert len(found.items) == 50
    assert found.gaps.unread_customers == tuple(each.id for each in customers(200)[50:])
    assert len(script.paths) == 1 + 50 + customer_walk.FAILURES_LIMIT


async def test_customers_of_another_partner_do_not_end_the_walk(walked, subscriptions, tell, alice):
    script = await walked({number: tell.refusal(403, "20002") for number in range(10, 40)})
    found = await subscriptions(script).of_all(alice, customers=customers(60))
    assert len(found.items) == 30
    assert len(found.gaps.unread_customers) == 30
    with pytest.raises(NotYourCustomerError):
        await subscriptions(script).of_all(alice, customers=customers(40)[10:])


async def test_customers_without_an_id_and_past_the_limit_are_unread(walked, subscriptions, alice, monkeypatch):
    monkeypatch.setattr(customer_walk, "WALK_LIMIT", 8)
    nameless = Entry(Dimension.CUSTOMER, "Wingtip", "Wingtip", has_id=False)
    script = await walked()
    found = await subscriptions(script).of_all(alice, customers=(nameless, *customers(9)))
    assert len(found.items) == 8
    assert found.gaps.unread_customers == ("Wingtip", customers(9)[8].id)


async def test_a_customer_that_is_named_twice_is_read_once(walked, subscriptions, alice):
    script = await walked()
    upper = [Entry(Dimension.CUSTOMER, each.id.upper(), each.name) for each in customers(6)]
    found = await subscriptions(script).of_all(alice, customers=(*customers(6), *upper))
    assert len(script.paths) == 7
    assert (len(found.items), found.gaps.any) == (6, False)


async def test_no_minute_has_more_calls_than_the_service_allows(walked, subscriptions, tell, alice, bob):
    clock, moments = Clock(), []
    throttled = tell.refusal(500, "1")
    script = await walked(dict.fromkeys(range(0, 500, 50), throttled))
    inner = script.answers[0]

    def noted(request):
        if request.path != PATH:
            moments.append(clock.now)
        clock.now += 0.02
        return inner(request)

    script.answers = [noted]
    client = subscriptions(script, clock=clock)
    await client.of_all(alice, customers=customers(500))
    await client.of_all(bob, customers=customers(500))  # a colleague: the tenant has one budget
    assert len(moments) > 1_000  # failed lists are asked for again
    assert clock.waited
    moments.sort()
    assert max(sum(1 for each in moments if 0 <= each - first < 60) for first in moments[::20]) <= 450


async def test_a_throttled_walk_waits_and_loses_nothing(walked, subscriptions, tell, alice):
    script = await walked()
    inner, refused = script.answers[0], []

    def answer(request):
        if request.path != PATH and len(refused) < 5:
            refused.append(request.path)
            return tell.refusal(429, headers={"Retry-After": "0"})
        return inner(request)

    script.answers = [answer]
    found = await subscriptions(script).of_all(alice, customers=customers(30))
    assert (len(found.items), found.gaps.any) == (30, False)


async def test_a_list_that_never_comes_ends_at_the_deadline(servers, subscriptions, alice):
    async def never(_request):
        await asyncio.Event().wait()

    with pytest.raises(DeadlineError):
        await subscriptions(await servers(never), deadline=0.05).of_customer(alice, customers(1)[0].id)
