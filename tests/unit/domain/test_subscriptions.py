"""What an answer with subscriptions says about itself."""

import pytest

from bot.domain.subscriptions import Subscription, SubscriptionGaps, SubscriptionSource


@pytest.mark.parametrize(
    "gaps",
    [
        SubscriptionGaps(unusable=1),
        SubscriptionGaps(missing=1),
        SubscriptionGaps(incomplete=True),
        SubscriptionGaps(unread_customers=("0112a436",)),
    ],
)
def test_each_gap_says_that_a_subscription_may_be_missing(gaps):
    assert gaps.any


def test_a_repeated_subscription_is_no_gap():
    assert not SubscriptionGaps(repeated=3).any
    assert not SubscriptionGaps().any


def test_subscriptions_without_a_name_are_distinguished_by_their_id():
    nameless = Subscription("5d0e7a31-0000-4000-8000-00000000a1b2", "", "", "", SubscriptionSource.LIVE)
    assert nameless.id_end == "a1b2"
    assert Subscription("", "", "", "", SubscriptionSource.LIVE).id_end == ""
