"""Which subscription is of which product, and what is said of the others."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.subscriptions import Subscription, SubscriptionSource, SubscriptionState
from bot.query.joins.joined_seats import DeployedProduct, MatchKind, UnmatchedSubscription, WhyUnmatched
from bot.query.joins.offer_skus import OfferSku, OfferSkus
from bot.query.joins.seat_match import match

WINGTIP = "0112a436-b14e-4888-967b-ca4bb2cf1234"
ZEROS = "00000000-0000-0000-0000-000000000000"
E3, E5 = "6fd2c87f-b296-42f0-b197-1e91e994b900", "c7df2760-2c81-4ef7-b578-5b5392b571df"
SEEN = date(2026, 11, 30)
TABLE = OfferSkus([OfferSku("E3-OFFER:0001", E3, "", "", SEEN), OfferSku("E5-OFFER:0001", E5, "", "", SEEN)])


def bought(id_="s1", **other):
    plain = Subscription(id_, WINGTIP, "Wingtip", "Office 365 E3", SubscriptionSource.LIVE, "E3-OFFER:0001:PRICE", 50)
    return replace(plain, **({"state": SubscriptionState.ACTIVE} | other))


def product(id_=E3, name="OFFICE 365 ENTERPRISE E3", sold=120, **other):
    return replace(DeployedProduct(WINGTIP, id_, name, sold, 100), **other)


def whys(joined):
    return [each.why for each in joined.unmatched_subscriptions]


def test_an_offer_of_the_table_is_of_its_product():
    joined = match([bought()], [product()], TABLE)
    (pair,) = joined.pairs
    assert (pair.product, pair.subscriptions, pair.match) == (product(), (bought(),), MatchKind.BY_ID)
    assert (joined.unmatched_subscriptions, joined.unmatched_products) == ((), ())


def test_ids_compare_in_any_spelling():
    upper = product(E3.upper(), customer_id=f"{{{WINGTIP.upper()}}}")
    (pair,) = match([bought(customer_id=WINGTIP.replace("-", ""), offer_id="e3-offer:0001:X")], [upper], TABLE).pairs
    assert pair.product == product()


def test_subscriptions_of_one_product_share_it_and_keep_their_ends():
    monthly = bought("second", end=date(2026, 12, 14), seats=20)
    yearly = bought("first", end=date(2027, 1, 14), seats=50)
    endless = bought("endless", end=None, seats=30, state=SubscriptionState.SUSPENDED)
    (pair,) = match([endless, yearly, monthly], [product()], TABLE).pairs
    assert [each.id for each in pair.subscriptions] == ["second", "first", "endless"]
    assert pair.own_seats == 70


def test_own_seats_are_unknown_if_one_number_is():
    (pair,) = match([bought(seats=None), bought("s2")], [product()], TABLE).pairs
    assert pair.own_seats is None
    (pair,) = match([bought(state=SubscriptionState.EXPIRED)], [product()], TABLE).pairs
    assert pair.own_seats == 0


def test_licenses_of_a_trial_are_not_sold():
    trial = bought("trial", trial=True, seats=25)
    (pair,) = match([trial, bought(trial=False), bought("s2", trial=None)], [product()], TABLE).pairs
    assert pair.own_seats == 100
    own = [bought(offer_id=None, seats=120), bought("trial", offer_id=None, trial=True, seats=25)]
    assert [each.match for each in match(own, [product()], TABLE).pairs] == [MatchKind.BY_SOLE]


def test_rows_of_two_channels_are_one_product():
    (pair,) = match([bought()], [product(sold=20, assigned=7), product(E3.upper(), sold=100, assigned=8)], TABLE).pairs
    assert (pair.product.sold, pair.product.assigned) == (120, 15)
    (pair,) = match([bought()], [product(sold=20), product(sold=None)], TABLE).pairs
    assert (pair.product.sold, pair.product.assigned) == (None, 200)


def test_of_two_spellings_of_a_name_the_same_is_shown():
    rows = [product(name="OFFICE 365 E3"), product(name="Office 365 E3"), product(name="")]
    shown = {
        match([], [rows[i] for i in order], TABLE).unmatched_products[0].product for order in [(0, 1, 2), (2, 1, 0)]
    }
    assert shown == {"OFFICE 365 E3"}


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"customer_id": ""}, WhyUnmatched.NO_CUSTOMER),
        ({"customer_id": ZEROS}, WhyUnmatched.NO_CUSTOMER),
        ({"offer_id": None, "product": "Else"}, WhyUnmatched.NO_OFFER),
        ({"offer_id": ZEROS, "product": "Else"}, WhyUnmatched.NO_OFFER),
        ({"offer_id": "UNKNOWN:0001:X", "product": "Else"}, WhyUnmatched.UNKNOWN_OFFER),
        ({"offer_id": "E5-OFFER:0001:X"}, WhyUnmatched.NOT_REPORTED),
        ({"customer_id": "another"}, WhyUnmatched.NOT_REPORTED),
    ],
)
def test_what_fits_nowhere_is_said_with_its_reason(other, why):
    joined = match([bought(**other)], [product()], TABLE)
    assert joined.pairs == ()
    assert joined.unmatched_subscriptions == (UnmatchedSubscription(bought(**other), why),)
    assert joined.unmatched_products == (product(),)
    assert joined.reasons == {why: 1}


@pytest.mark.parametrize("missing", [{"customer_id": ZEROS}, {"product_id": ZEROS}, {"product_id": ""}])
def test_a_product_without_an_id_is_never_matched(missing):
    joined = match([bought(offer_id=None)], [product(**missing), product(**missing)], TABLE)
    assert joined.pairs == ()
    assert len(joined.unmatched_products) == 2


def test_the_only_product_of_both_sources_is_matched_by_three_facts():
    own = bought(offer_id="UNKNOWN:0001:X", seats=120)
    (pair,) = match([own], [product()], TABLE).pairs
    assert (pair.match, pair.subscriptions) == (MatchKind.BY_SOLE, (own,))
    two = [bought("a", offer_id=None, seats=60), bought("b", offer_id="UNKNOWN:0001:Y", seats=60)]
    (pair,) = match(two, [product()], TABLE).pairs
    assert (pair.match, pair.own_seats) == (MatchKind.BY_SOLE, 120)


@pytest.mark.parametrize(
    "other",
    [
        {"seats": 121},
        {"seats": None},
        {"state": SubscriptionState.SUSPENDED},
        {"trial": True},
        {"product": "Office 365 E5"},
        {"product": ""},
        {"offer_id": "E5-OFFER:0001:X"},
    ],
)
def test_without_one_of_the_facts_nothing_is_matched(other):
    joined = match([bought(**({"offer_id": None} | other))], [product()], TABLE)
    assert joined.pairs == ()
    assert len(joined.unmatched_subscriptions) == 1
    assert joined.unmatched_products == (product(),)


def test_a_second_product_on_either_side_leaves_both_unmatched():
    own = bought(offer_id=None)
    assert match([own], [product(), product(E5, "OFFICE 365 E5")], TABLE).pairs == ()
    assert match([own, bought("b", offer_id=None, product="Office 365 E5")], [product()], TABLE).pairs == ()
    offers = [bought("a", offer_id="A:0001:X"), bought("b", offer_id="B:0001:X")]
    assert match(offers, [product()], TABLE).pairs == ()
    assert match([own], [product(sold=None)], TABLE).pairs == ()
    assert match([bought(offer_id=None, product="")], [product(name="")], TABLE).pairs == ()


def test_beside_a_product_that_the_table_knows_a_name_says_nothing():
    joined = match([bought("known"), bought("other", offer_id=None)], [product()], TABLE)
    assert [each.id for each in joined.pairs[0].subscriptions] == ["known"]
    assert whys(joined) == [WhyUnmatched.NO_OFFER]


def test_customers_are_never_mixed():
    theirs = replace(product(), customer_id="another")
    joined = match([bought(), bought("b", customer_id="another", offer_id=None)], [product(), theirs], TABLE)
    assert [(each.product.customer_id, each.match) for each in joined.pairs] == [
        (WINGTIP, MatchKind.BY_ID),
        ("another", MatchKind.BY_SOLE),
    ]


def test_nothing_joins_nothing():
    joined = match([], [], TABLE)
    assert (joined.pairs, joined.unmatched_subscriptions, joined.unmatched_products) == ((), (), ())
    assert joined.reasons == {}
