"""Joins lose nothing, invent nothing, and never rest on a name."""

from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifier import folded_id
from bot.domain.subscriptions import Subscription, SubscriptionSource, SubscriptionState
from bot.query.joins.joined_seats import DeployedProduct, MatchKind, WhyUnmatched, paid_seats
from bot.query.joins.offer_skus import OfferSku, OfferSkus
from bot.query.joins.product_spelling import spelled
from bot.query.joins.seat_match import match

ZEROS = "00000000-0000-0000-0000-000000000000"
GUIDS = [f"0112a436-b14e-4888-967b-00000000000{n}" for n in range(3)]
SKUS = [f"6fd2c87f-b296-42f0-b197-00000000000{n}" for n in range(3)]
TABLE = OfferSkus([OfferSku(f"OFFER{n}:0001", sku, "", "", date(2026, 11, 30)) for n, sku in enumerate(SKUS[:2])])
SPELLINGS = [str, str.upper, lambda guid: f"{{{guid}}}", lambda guid: guid.replace("-", ""), lambda guid: f" {guid}"]
NAMES = st.sampled_from(["Office 365 E3", "OFFICE 365 ENTERPRISE E3", "Office 365 E5", ""])


def written(ids):
    """Return the ids in any spelling, and what is none."""
    return st.builds(
        lambda guid, spell: spell(guid), st.sampled_from(ids), st.sampled_from(SPELLINGS)
    ) | st.sampled_from([ZEROS, "", "\u200b"])


SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        id=st.sampled_from(["s1", "s2", ""]),
        customer_id=written(GUIDS),
        customer=st.just("Wingtip"),
        product=NAMES,
        source=st.just(SubscriptionSource.LIVE),
        offer_id=st.none()
        | st.sampled_from(["OFFER0:0001:X", "offer0:0001:y", "OFFER1:0001:X", "OTHER:0001:X", ZEROS]),
        seats=st.none() | st.integers(0, 9),
        end=st.none() | st.dates(date(2026, 1, 1), date(2027, 1, 1)),
        trial=st.none() | st.booleans(),
        state=st.sampled_from([SubscriptionState.ACTIVE, SubscriptionState.ACTIVE, SubscriptionState.EXPIRED]),
    ),
    max_size=8,
)
PRODUCTS = st.lists(
    st.builds(
        DeployedProduct,
        customer_id=written(GUIDS),
        product_id=written(SKUS),
        product=NAMES,
        sold=st.none() | st.integers(0, 20),
        assigned=st.none() | st.integers(0, 20),
    ),
    max_size=8,
)


def all_products(joined):
    return [*(pair.product for pair in joined.pairs), *joined.unmatched_products]


@given(SUBSCRIPTIONS, PRODUCTS)
def test_every_subscription_is_in_exactly_one_place(subscriptions, products):
    joined = match(subscriptions, products, TABLE)
    placed = [each for pair in joined.pairs for each in pair.subscriptions]
    placed += [each.subscription for each in joined.unmatched_subscriptions]
    assert Counter(placed) == Counter(subscriptions)
    assert all(pair.subscriptions for pair in joined.pairs)
    assert sum(joined.reasons.values()) == len(joined.unmatched_subscriptions)


@given(SUBSCRIPTIONS, PRODUCTS)
def test_every_product_is_in_exactly_one_place(subscriptions, products):
    places = [(each.customer_id, each.product_id) for each in all_products(match(subscriptions, products, TABLE))]
    with_ids = [each for each in places if all(each)]
    assert len(set(with_ids)) == len(with_ids)
    asked = [(folded_id(each.customer_id), folded_id(each.product_id)) for each in products]
    assert set(with_ids) == {each for each in asked if all(each)}
    assert len(places) - len(with_ids) == sum(not all(each) for each in asked)


@given(SUBSCRIPTIONS, PRODUCTS)
def test_no_license_is_lost_or_counted_twice(subscriptions, products):
    numbered = [replace(each, sold=each.sold or 0, assigned=each.assigned or 0) for each in products]
    found = all_products(match(subscriptions, numbered, TABLE))
    assert sum(each.sold for each in found) == sum(each.sold for each in numbered)
    assert sum(each.assigned for each in found) == sum(each.assigned for each in numbered)
    known = all_products(match(subscriptions, products, TABLE))
    assert sum(each.sold or 0 for each in known) <= sum(each.sold or 0 for each in products)


@given(SUBSCRIPTIONS, PRODUCTS, st.randoms(use_true_random=False))
def test_the_order_of_what_is_joined_does_not_matter(subscriptions, products, random):
    shuffled, mixed = list(subscriptions), list(products)
    random.shuffle(shuffled)
    random.shuffle(mixed)
    assert match(shuffled, mixed, TABLE) == match(subscriptions, products, TABLE)


@given(SUBSCRIPTIONS, PRODUCTS)
def test_the_spelling_of_ids_does_not_matter(subscriptions, products):
    plain = match(
        [replace(each, customer_id=folded_id(each.customer_id)) for each in subscriptions],
        [replace(each, product_id=folded_id(each.product_id).upper()) for each in products],
        TABLE,
    )
    spelt = match(subscriptions, products, TABLE)
    assert [pair.product for pair in plain.pairs] == [pair.product for pair in spelt.pairs]
    assert plain.unmatched_products == spelt.unmatched_products
    assert plain.reasons == spelt.reasons


@given(SUBSCRIPTIONS, PRODUCTS)
def test_nothing_without_an_id_is_matched(subscriptions, products):
    joined = match(subscriptions, products, TABLE)
    for pair in joined.pairs:
        assert pair.product.customer_id in GUIDS
        assert pair.product.product_id in SKUS
        assert {folded_id(each.customer_id) for each in pair.subscriptions} == {pair.product.customer_id}
    lost = [each for each in joined.unmatched_subscriptions if each.why is WhyUnmatched.NO_CUSTOMER]
    assert len(lost) == sum(not folded_id(each.customer_id) for each in subscriptions)


@given(SUBSCRIPTIONS, PRODUCTS, st.sampled_from(["", "Office 365 E3"]))
def test_names_never_change_what_an_id_decides(subscriptions, products, name):
    renamed = match(
        [replace(each, product=name) for each in subscriptions],
        [replace(each, product=name) for each in products],
        TABLE,
    )

    def by_id(joined):
        pairs = [pair for pair in joined.pairs if pair.match is MatchKind.BY_ID]
        return [(pair.product.customer_id, pair.product.product_id, len(pair.subscriptions)) for pair in pairs]

    assert by_id(renamed) == by_id(match(subscriptions, products, TABLE))
    if not name:
        assert all(pair.match is MatchKind.BY_ID for pair in renamed.pairs)


@given(SUBSCRIPTIONS, PRODUCTS)
def test_a_name_counts_only_beside_the_other_two_facts(subscriptions, products):
    joined = match(subscriptions, products, TABLE)
    for pair in joined.pairs:
        if pair.match is not MatchKind.BY_SOLE:
            assert {TABLE.sku_of(each.offer_id) for each in pair.subscriptions} == {pair.product.product_id}
            continue
        customer = pair.product.customer_id
        own = [each for each in subscriptions if folded_id(each.customer_id) == customer]
        assert Counter(pair.subscriptions) == Counter(own)
        assert [each for each in all_products(joined) if each.customer_id == customer and each.product_id] == [
            pair.product
        ]
        assert {spelled(each.product) for each in own} == {spelled(pair.product.product)}
        assert paid_seats(own) <= pair.product.sold
