"""The subscriptions of some customers, out of those of all."""

from datetime import UTC, datetime

from bot.domain.subscriptions import Subscription, SubscriptionGaps, SubscriptionSource
from bot.partner_center.subscriptions.fetched_subscriptions import FetchedSubscriptions

WINGTIP = "0112a436-b14e-4888-967b-ca4bb2cf1234"


def fetched(*customer_ids):
    items = tuple(Subscription(str(n), each, "", "", SubscriptionSource.LIVE) for n, each in enumerate(customer_ids))
    moment = datetime(2026, 11, 30, tzinfo=UTC)
    return FetchedSubscriptions(items, SubscriptionGaps(unusable=1), SubscriptionSource.ANALYTICS, moment)


def test_only_the_customers_that_are_asked_for_are_left():
    found = fetched(WINGTIP, "other", WINGTIP).only([f"{{{WINGTIP.upper()}}}"])
    assert [each.id for each in found.items] == ["0", "2"]
    assert found.gaps.unusable == 1


def test_a_subscription_without_a_customer_is_unusable():
    found = fetched(WINGTIP, "", "").only([WINGTIP, ""])
    assert [each.id for each in found.items] == ["0"]
    assert found.gaps.unusable == 3
