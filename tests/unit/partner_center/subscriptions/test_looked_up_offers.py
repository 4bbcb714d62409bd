"""What was bought, from the live lists."""

from dataclasses import replace

from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Subscription, SubscriptionSource
from bot.partner_center.subscriptions.looked_up_offers import LOOKED_UP_CUSTOMERS, with_offers, without_offer


def row(id_, customer="c1", offer=None, seats=50, source=SubscriptionSource.ANALYTICS):
    return Subscription(id_, customer, customer.upper(), "E3", source, offer, seats)


def live(id_, offer, customer="c1"):
    return row(id_, customer, offer, 9, SubscriptionSource.LIVE)


def test_each_customer_without_an_offer_is_looked_up_once():
    rows = [row("a"), row("b"), row("c", "c2"), row("d", "c3", "offer"), row("e", ""), row("", "c4")]
    assert without_offer(rows) == (Entry(Dimension.CUSTOMER, "c1", "C1"), Entry(Dimension.CUSTOMER, "c2", "C2"))
    assert [each.name for each in without_offer(rows)] == ["C1", "C2"]


def test_no_more_customers_are_looked_up_than_a_card_shows():
    assert len(without_offer([row("a", f"c{number}") for number in range(99)])) == LOOKED_UP_CUSTOMERS


def test_only_the_offer_is_taken_from_the_live_list():
    assert with_offers([row("a")], [live("a", "offer")]) == (row("a", offer="offer"),)


def test_an_offer_is_of_the_subscription_with_its_id_and_customer():
    rows = [row("a"), row("b"), row("", "c1"), row("a", ""), row("d", offer="known")]
    found = with_offers(rows, [live("a", "x", "c2"), live("", "y"), live("a", "z", ""), live("d", "other")])
    assert found == tuple(rows)


def test_an_offer_that_the_list_lacks_stays_unknown():
    assert with_offers([row("a")], [live("a", None)]) == (row("a"),)
    assert with_offers([replace(row("a"), id="")], []) == (row(""),)
