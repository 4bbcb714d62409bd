"""Any answer gives subscriptions or an error of ours.

None is lost or counted twice.
"""

import json
from datetime import date, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.identifier import folded_id
from bot.domain.subscriptions import Subscription, SubscriptionSource
from bot.partner_center.protocol.answer_page import UnreadablePageError
from bot.partner_center.protocol.subscriptions.analytics_row import read_analytics_row
from bot.partner_center.protocol.subscriptions.live_item import read_live_item
from bot.partner_center.protocol.subscriptions.subscription_page import decode_subscriptions
from bot.partner_center.protocol.subscriptions.term_end import FAR
from bot.partner_center.subscriptions.subscription_list import SubscriptionList

TODAY = date(2026, 11, 30)
READERS = st.sampled_from(
    [
        partial(read_live_item, customer_id="0112A436", customer="Wingtip", today=TODAY),
        partial(read_analytics_row, today=TODAY),
    ]
)
KEYS = st.sampled_from(
    ["id", "ID", "offerId", "offerName", "quantity", "licenseCount", "status", "commitmentEndDate", "unitType",
     "commitmentEndDateTime", "autoRenewEnabled", "trialStartDate", "scheduledNextTermInstructions", "customerTenantId",
     "items", "Value", "totalCount", "@nextLink", "error", "links", "continuationToken"]
)  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=10)
    | st.sampled_from(
        ["12", "2027-01-14T23:59:59Z", "9999-12-31", "0001-01-01T00:00:00", "ACTIVE", "Licenses", "\ud800"]
    )
    | st.dates().map(str)
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=6),
    max_leaves=20,
)
BODIES = st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode("utf-8", "surrogatepass"))
IDS = st.sampled_from(["5d0e7a31", "A", "b", ""])
SUBSCRIPTIONS = st.builds(
    Subscription,
    id=IDS,
    customer_id=st.sampled_from(["one", "two"]),
    customer=st.sampled_from(["Wingtip", "WINGTIP", ""]),
    product=st.sampled_from(["E3", "e3 ", ""]),
    source=st.just(SubscriptionSource.LIVE),
    seats=st.none() | st.integers(0, 3),
    end=st.none() | st.sampled_from([TODAY, TODAY + timedelta(1)]),
    far=st.booleans(),
    trial=st.none() | st.booleans(),
)


def sound(found: Subscription) -> bool:
    """Return True if what is said can be true."""
    return (
        (found.seats is None or found.seats >= 0)
        and (found.end is None or (not found.far and found.end - TODAY <= FAR))
        and found.id == folded_id(found.id)
        and "\n" not in found.product + found.customer
        and (found.product + found.customer).encode().decode() == found.product + found.customer
    )


@given(BODIES, READERS)
def test_any_bytes_are_subscriptions_or_unreadable(body, read):
    try:
        page = decode_subscriptions(body, None, read)
    except UnreadablePageError:
        return
    assert all(map(sound, page.rows))
    assert page.count == len(page.rows) + page.unusable


@given(st.lists(JSON, max_size=8), READERS)
def test_every_entry_of_a_list_is_read_or_counted(entries, read):
    page = decode_subscriptions(json.dumps({"items": entries}).encode("utf-8", "surrogatepass"), None, read)
    assert page.count == len(entries)


@given(JSON, READERS)
def test_any_entry_can_be_read(entry, read):
    found = read(entry)
    assert found is None or sound(found)


@given(st.lists(SUBSCRIPTIONS, max_size=12), st.randoms(use_true_random=False))
def test_every_subscription_counts_once_in_any_order(rows, random):
    first, second = SubscriptionList(), SubscriptionList()
    for row in rows:
        first.add(row)
    shuffled = list(rows)
    random.shuffle(shuffled)
    for row in shuffled:
        second.add(row)
    assert len(first.items) + first.repeated == len(rows)
    assert sorted(map(repr, first.items)) == sorted(map(repr, second.items))


@given(st.lists(SUBSCRIPTIONS, min_size=1, max_size=6))
def test_what_is_said_of_a_subscription_was_said_of_it_each_time(rows):
    found = SubscriptionList()
    for row in rows:
        found.add(row)
    for item in found.items:
        said = [row for row in rows if (row.customer_id, row.id) == (item.customer_id, item.id)] if item.id else [item]
        assert item.seats is None or {row.seats for row in said} == {item.seats}
        assert item.end is None or {row.end for row in said} == {item.end}
