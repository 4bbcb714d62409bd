"""Every subscription and every product is in exactly one line.

No number is there that no source says.
"""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange
from bot.query.joins.joined_seats import DeployedProduct
from bot.query.joins.offer_skus import OfferSku, OfferSkus
from bot.query.selling.line_choice import LineChoice, Window, choose
from bot.query.selling.renewal_lines import renewal_lines

DAY = date(2026, 11, 30)
TABLE = OfferSkus([OfferSku(f"OFFER{number}:0001", f"sku{number}", "", "", DAY) for number in range(3)])
ENDS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
COUNTS = st.one_of(st.none(), st.integers(0, 200))
SUBSCRIPTIONS = st.lists(
    st.builds(
        Subscription,
        id=st.uuids().map(str),
        customer_id=st.sampled_from(["", "c1", "c2"]),
        customer=st.just("C"),
        product=st.sampled_from(["P", "Q", ""]),
        source=st.sampled_from(SubscriptionSource),
        offer_id=st.sampled_from([None, "OFFER0:0001:X", "OFFER1:0001:X", "other"]),
        seats=COUNTS,
        end=ENDS,
        renewing=st.sampled_from(Renewing),
        state=st.sampled_from(SubscriptionState),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)
PRODUCTS = st.lists(
    st.builds(
        DeployedProduct,
        customer_id=st.sampled_from(["c1", "c2"]),
        product_id=st.sampled_from(["sku0", "sku1", "sku2"]),
        product=st.sampled_from(["P", "Q"]),
        sold=COUNTS,
        assigned=COUNTS,
    ),
    max_size=5,
    unique_by=lambda each: (each.customer_id, each.product_id),
)


@given(SUBSCRIPTIONS, PRODUCTS)
def test_each_subscription_and_each_product_is_there_once(subscriptions, products):
    lines = renewal_lines(subscriptions, products, None, DAY, TABLE)
    assert Counter(term.id for line in lines for term in line.terms) == Counter(each.id for each in subscriptions)
    sold = [(line.customer_id, line.product_id) for line in lines if line.product_id]
    assert sorted(sold) == sorted((each.customer_id, each.product_id) for each in products)
    assert len({line.key for line in lines}) == len(lines)


@given(SUBSCRIPTIONS, PRODUCTS)
def test_no_number_is_made_up(subscriptions, products):
    said = {each.sold for each in products} | {each.assigned for each in products}
    seats = sum(each.seats or 0 for each in subscriptions)
    for line in renewal_lines(subscriptions, products, None, DAY, TABLE):
        for count in (line.sold, line.assigned):
            assert count is None or count.number in said or 0 < count.number <= seats
        assert line.use is None
        assert line.not_assigned is None or line.not_assigned >= 0


@given(SUBSCRIPTIONS, PRODUCTS, st.booleans(), st.sampled_from([None, *Renewing]), st.booleans())
def test_each_line_is_shown_left_out_or_counted(subscriptions, products, window, renewing, limited):
    lines = renewal_lines(subscriptions, products, None, DAY, TABLE)
    choice = LineChoice(
        DAY,
        Window(DAY, date(2027, 2, 1)) if window else None,
        renewing,
        selection=RowSelection(ShareRange(high=0.5)) if limited else RowSelection(),
    )
    chosen = choose(lines, choice)
    assert len(chosen.lines) == chosen.matched
    assert chosen.matched + sum(chosen.undecided.values()) <= len(lines)
    assert {each.key for each in chosen.lines} <= {each.key for each in lines}
    assert not (limited and chosen.lines)  # no usage is known, so none is known to be low
    assert choose(reversed(lines), choice) == chosen
