"""Which lines a question asks for, and what is not known to be asked for."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.figures import LicenseMeasure, Licenses
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange, TopBottom
from bot.query.selling.line_choice import LineChoice, Undecided, Window, choose, due, quantity, unjoined
from bot.query.selling.renewal_line import LineGroup, RenewalLine, Unjoined, WorkloadUse

TODAY = date(2026, 11, 30)


def term(days, **other):
    end = None if days is None else TODAY + timedelta(days=days)
    plain = {"renewing": Renewing.AUTO, "state": SubscriptionState.ACTIVE, "end": end, "seats": 10}
    return Subscription(f"s{days}", "c", "C", "P", SubscriptionSource.ANALYTICS, **(plain | other))


def line(name, *terms, active=None, qualified=10, product="p", **other):
    use = None if active is None else WorkloadUse("Exchange", Licenses.of(active, qualified))
    return RenewalLine("c", name, product, name, terms, use=use, **other)


def names(chosen):
    return [each.customer for each in chosen.lines]


def test_what_ends_first_comes_first_and_what_is_over_comes_last():
    lines = [line("far", term(None, far=True)), line("over", term(-3)), line("late", term(90)), line("today", term(0))]
    chosen = choose(lines, LineChoice(TODAY))
    assert names(chosen) == ["today", "late", "far", "over"]


def test_a_window_holds_its_first_and_its_last_day():
    lines = [line(str(days), term(days)) for days in (-1, 0, 60, 61)]
    chosen = choose(lines, LineChoice(TODAY, Window(TODAY, TODAY + timedelta(days=60))))
    assert names(chosen) == ["0", "60"]


def test_an_end_that_is_not_known_is_counted_and_one_that_is_no_day_is_not():
    lines = [line("unknown", term(None)), line("far", term(None, far=True))]
    chosen = choose(lines, LineChoice(TODAY, Window(TODAY, TODAY)))
    assert (names(chosen), chosen.undecided) == ([], {Undecided.NO_END: 1})


def test_a_line_is_asked_for_if_one_of_its_subscriptions_is():
    several = line("several", term(200), term(10, renewing=Renewing.OFF))
    choice = LineChoice(TODAY, Window(TODAY, TODAY + timedelta(days=30)), Renewing.OFF)
    assert names(choose([several], choice)) == ["several"]
    assert due(several, choice) == several.terms[1]


def test_whether_it_renews_is_counted_if_it_is_not_known():
    lines = [line("on", term(5)), line("unknown", term(5, renewing=Renewing.UNKNOWN))]
    chosen = choose(lines, LineChoice(TODAY, renewing=Renewing.OFF))
    assert (names(chosen), chosen.undecided) == ([], {Undecided.NO_RENEWING: 1})


def test_a_limit_on_usage_counts_the_lines_whose_usage_is_not_known():
    lines = [line("low", term(5), active=2), line("high", term(5), active=9), line("unknown", term(5))]
    chosen = choose(lines, LineChoice(TODAY, selection=RowSelection(ShareRange(high=0.5, high_included=False))))
    assert (names(chosen), chosen.undecided) == (["low"], {Undecided.NO_USE: 1})


def test_a_share_that_is_not_known_is_counted_and_fits_no_limit():
    partial = replace(line("partial", term(5)), use=WorkloadUse("Exchange", Licenses.of(2, 10), partial=True))
    lines = [line("trial", term(5), active=9, qualified=0), partial]
    for limit in (ShareRange(high=0.5), ShareRange(low=0.5)):
        chosen = choose(lines, LineChoice(TODAY, selection=RowSelection(limit)))
        assert (names(chosen), chosen.undecided) == ([], {Undecided.NO_USE: 2})


def test_a_number_of_licenses_is_the_quantity_of_what_is_asked_for():
    lines = [
        line("two", term(5, seats=30), term(9, seats=30), active=1),
        line("later", term(5, seats=30), term(99, seats=30), active=1),
        line("unknown", term(5, seats=None), active=1),
        line("over", term(-5, seats=60), term(5, seats=30), active=1),
    ]
    window = Window(TODAY - timedelta(days=30), TODAY + timedelta(days=30))
    many = RowSelection(amounts=(AmountRange(LicenseMeasure.QUALIFIED, low=50),))
    chosen = choose(lines, LineChoice(TODAY, window, selection=many))
    assert (names(chosen), chosen.undecided) == (["two"], {Undecided.NO_QUANTITY: 1})
    assert [quantity(each, LineChoice(TODAY, window)) for each in lines] == [60, 30, None, 30]


def test_a_condition_that_fails_decides_whatever_is_unknown():
    unknown = line("unknown", term(5, seats=None), active=9)
    limit = RowSelection(ShareRange(high=0.5), (AmountRange(LicenseMeasure.QUALIFIED, low=50),))
    chosen = choose([unknown], LineChoice(TODAY, selection=limit))
    assert (names(chosen), chosen.undecided) == ([], {})


def test_the_biggest_come_first_and_what_has_no_number_is_counted():
    lines = [line("small", term(1, seats=5)), line("big", term(9, seats=50)), line("unknown", term(2, seats=None))]
    chosen = choose(lines, LineChoice(TODAY, order=TopBottom(9, measure=LicenseMeasure.QUALIFIED)))
    assert (names(chosen), chosen.undecided) == (["big", "small"], {Undecided.NO_QUANTITY: 1})
    assert choose(lines, LineChoice(TODAY, order=TopBottom(9, lowest=True))).undecided == {Undecided.NO_USE: 3}


def test_what_has_ended_is_no_renewal_and_neither_is_a_product():
    lines = [line("on", term(5)), line("over", term(-1)), line("gone", term(5, state=SubscriptionState.EXPIRED))]
    groups = [each.group(TODAY) for each in [*lines, line("product")]]
    assert groups == [LineGroup.RUNNING, LineGroup.ENDED, LineGroup.ENDED, LineGroup.PRODUCT]


def test_a_limit_on_licenses_is_of_the_workload_that_is_shown():
    lines = [line("few", term(5), active=9), line("many", term(5), active=2)]
    selection = RowSelection(amounts=(AmountRange(LicenseMeasure.UNUSED, low=5),))
    assert names(choose(lines, LineChoice(TODAY, selection=selection))) == ["many"]


def test_a_product_without_a_subscription_is_shown_of_one_customer_alone():
    product = line("product", unjoined=Unjoined.NO_SUBSCRIPTION)
    assert names(choose([product], LineChoice(TODAY, alone=True))) == ["product"]
    assert choose([product], LineChoice(TODAY)).undecided == {Undecided.NO_SUBSCRIPTION: 1}


def test_a_subscription_of_no_known_product_may_be_asked_for():
    lines = [line("other", term(5), product="q"), line("none", term(5), product=""), line("it", term(5))]
    chosen = choose(lines, LineChoice(TODAY, products=("p",)))
    assert (names(chosen), chosen.undecided) == (["it"], {Undecided.NO_PRODUCT: 1})
    assert names(choose(lines, LineChoice(TODAY, without=("p",)))) == ["none", "other"]


def test_a_deleted_subscription_is_not_asked_for():
    assert names(choose([line("gone", term(5, state=SubscriptionState.DELETED))], LineChoice(TODAY))) == []


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (TopBottom(2), ["soon", "later"]),
        (TopBottom(2, measure=LicenseMeasure.UNUSED), ["last", "soon"]),
        (TopBottom(1, lowest=True), ["last"]),
    ],
)
def test_an_order_keeps_the_first_lines(order, expected):
    lines = [line("later", term(9), active=9), line("soon", term(1), active=5), line("last", term(99), active=0)]
    chosen = choose(lines, LineChoice(TODAY, order=order))
    assert (names(chosen), chosen.matched) == (expected, 3)


def test_what_could_not_be_joined_is_counted_by_reason():
    lines = [line("a", unjoined=Unjoined.NO_OFFER), line("b", unjoined=Unjoined.NO_OFFER), line("c")]
    assert unjoined(lines) == {Unjoined.NO_OFFER: 2}
