"""Each subscription once, and unknown where it contradicts itself."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.errors import TooManyRowsError
from bot.partner_center.subscriptions import subscription_list
from bot.partner_center.subscriptions.subscription_list import SubscriptionList, agreed

ONE = Subscription(
    "5d0e7a31", "0112a436", "Wingtip", "Office 365 E3", SubscriptionSource.LIVE, "CFQ7:0001:X", 50, 60,
    date(2026, 1, 15), date(2027, 1, 14), False, Renewing.AUTO, SubscriptionState.ACTIVE, False, "P1Y",
    date(2026, 1, 22),
)  # fmt: skip


def listed(*rows):
    found = SubscriptionList()
    for _ in found.steps(list(rows)):
        pass
    return found


def test_a_subscription_that_comes_again_counts_once():
    found = listed(ONE, replace(ONE, id="other"), ONE)
    assert [each.id for each in found.items] == ["5d0e7a31", "other"]
    assert found.repeated == 1


def test_subscriptions_without_an_id_are_never_the_same():
    found = listed(replace(ONE, id=""), replace(ONE, id=""))
    assert len(found.items) == 2
    assert found.repeated == 0


def test_an_id_of_two_customers_is_two_subscriptions():
    assert len(listed(ONE, replace(ONE, customer_id="other")).items) == 2


@pytest.mark.parametrize(
    ("field", "value", "unknown"),
    [
        ("seats", 51, None),
        ("next_seats", None, None),
        ("start", date(2026, 2, 1), None),
        ("end", date(2027, 2, 1), None),
        ("renewing", Renewing.OFF, Renewing.UNKNOWN),
        ("state", SubscriptionState.SUSPENDED, SubscriptionState.OTHER),
        ("trial", True, None),
        ("term", "P1M", ""),
        ("cancel_until", None, None),
        ("offer_id", "other", None),
    ],
)
def test_what_a_subscription_contradicts_itself_about_is_unknown(field, value, unknown):
    other = replace(ONE, **{field: value})
    assert listed(ONE, other).items == (replace(ONE, **{field: unknown}),)
    assert listed(ONE, other, ONE).items == listed(other, ONE, ONE).items


def test_of_two_names_the_same_is_chosen_in_any_order():
    other = replace(ONE, product="OFFICE 365 E3", customer="")
    assert agreed(ONE, other) == agreed(other, ONE) == replace(ONE, product="OFFICE 365 E3")


def test_a_list_without_an_end_is_refused(monkeypatch):
    monkeypatch.setattr(subscription_list, "KEPT_LIMIT", 3)
    with pytest.raises(TooManyRowsError):
        listed(*(replace(ONE, id=str(number)) for number in range(4)))


def test_other_callers_get_their_turn_between_a_thousand():
    rows = [replace(ONE, id=str(number)) for number in range(2_500)]
    assert len(list(SubscriptionList().steps(rows))) == 2
