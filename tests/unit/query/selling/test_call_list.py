"""Whom to call, and why."""

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.query.filters.row_selection import RowSelection
from bot.query.filters.share_filter import ShareRange
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.selling.call_doubts import call_doubts
from bot.query.selling.call_list import CallFacts, WorkloadFigures, call_list, uses_in
from bot.query.selling.call_rules import CallReason
from bot.query.selling.renewal_line import RenewalLine, Unjoined, WorkloadUse
from bot.query.selling.renewal_lines import BY

TODAY, NOW, BEFORE = date(2026, 11, 30), date(2026, 11, 20), date(2026, 10, 21)


def line(customer, days, active=None, renewing=Renewing.AUTO, state=SubscriptionState.ACTIVE):
    end = TODAY + timedelta(days=days)
    term = Subscription(
        "s", customer, customer, "P", SubscriptionSource.LIVE, end=end, renewing=renewing, state=state, seats=100
    )
    use = None if active is None else WorkloadUse("Exchange", Licenses.of(active, 100))
    return RenewalLine(customer, customer, "p", "Product", (term,), use=use)


def uses(day, **active):
    return {
        name: {"exo": WorkloadFigures("Exchange", Licenses.of(number, 100), day)} for name, number in active.items()
    }


def calls(*lines, now=None, before=None, **other):
    return call_list(CallFacts(lines, now or {}, before, {}, TODAY), **other)


def reasons(call):
    return [each.reason for each in call.reasons]


def test_the_first_rule_that_fits_decides_the_place():
    found = calls(line("soon", 20, active=90), line("low", 50, active=10), line("off", 40, renewing=Renewing.OFF))
    assert [each.customer for each in found] == ["low", "off", "soon"]


def test_of_one_rule_what_ends_first_comes_first():
    found = calls(line("later", 50, active=10), line("sooner", 5, active=40))
    assert [each.customer for each in found] == ["sooner", "later"]


def test_a_customer_is_there_once_with_every_reason():
    (call,) = calls(
        line("both", 10, active=10, renewing=Renewing.OFF), now=uses(NOW, both=10), before=uses(BEFORE, both=60)
    )
    assert reasons(call) == [CallReason.RENEWS_UNUSED, CallReason.STOPS, CallReason.UNUSED, CallReason.DROPPED]


def test_without_earlier_usage_nothing_has_dropped():
    assert calls(now=uses(NOW, well=90)) == ()
    assert calls(now=uses(NOW, well=80), before=uses(NOW, well=95)) == ()  # of the same day
    (call,) = calls(now=uses(NOW, well=80), before=uses(BEFORE, well=95))
    assert (reasons(call), call.reasons[0].number, call.reasons[0].day) == ([CallReason.DROPPED], 15, BEFORE)


def test_most_unused_comes_first():
    found = calls(now=uses(NOW, some=70, most=20, none=99))
    assert [(each.customer, each.reasons[0].number) for each in found] == [("most", 80), ("some", 30)]


def test_what_has_ended_or_is_not_active_is_no_reason():
    assert calls(line("over", -1, active=1), line("gone", 5, active=1, state=SubscriptionState.EXPIRED)) == ()


def test_usage_that_is_not_known_is_no_low_usage():
    (call,) = calls(line("unknown", 20))
    assert reasons(call) == [CallReason.RENEWS]


def test_a_reason_names_the_workload_and_says_what_happens():
    (call,) = calls(line("low", 20, active=10, renewing=Renewing.AUTO))
    why = call.reasons[0]
    assert (why.workload, why.percent, why.renewing) == ("Exchange", 10, Renewing.AUTO)


def test_a_call_list_of_a_workload_has_no_other_products():
    lines = [line("has", 20, active=90), line("lacks", 20)]
    found = call_list(CallFacts(lines, uses(NOW, has=90), None, {}, TODAY, of_workloads=True))
    assert [each.customer for each in found] == ["has"]


def doubts(*lines, now=None, **other):
    return call_doubts(CallFacts(lines, now or {}, None, {}, TODAY, **other))


def test_what_cannot_be_judged_is_counted_by_reason():
    unmatched = replace(line("unmatched", 20), product_id="", unjoined=Unjoined.NO_OFFER)
    endless = replace(line("endless", 20), terms=(replace(line("endless", 20).terms[0], end=None),))
    lines = [
        line("fine", 20, active=1), line("unknown", 20), unmatched, endless, line("later", 90), line("over", -1),
        line("doubt", 20, active=1, renewing=Renewing.UNKNOWN), replace(line("", 20), customer_id=""),
    ]  # fmt: skip
    assert doubts(*lines) == {
        "no_use": 1, "unjoined.no_offer": 1, "no_end": 1, "no_renewing": 1, "unjoined.no_customer": 1
    }  # fmt: skip


def test_of_a_workload_only_what_no_id_places_is_counted():
    unmatched = replace(line("unmatched", 20), product_id="", unjoined=Unjoined.NO_OFFER)
    lines = [line("lacks", 20), unmatched]
    assert doubts(*lines, now=uses(NOW, lacks=9), of_workloads=True) == {"no_workload": 1}
    assert doubts(*lines, of_workloads=True) == {"no_workload": 2}  # no usage is known at all


def test_a_limit_keeps_customers_with_a_workload_within_it():
    limit = RowSelection(ShareRange(high=0.3, high_included=False))
    found = calls(line("high", 5, active=10), now=uses(NOW, high=60, low=20), selection=limit)
    assert [each.customer for each in found] == ["low"]


def test_products_of_one_workload_are_added_and_unknown_rows_leave_it_out():
    def row(workload, active, unknown=0):
        entries = {
            Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, "C", "C"),
            Dimension.PRODUCT: Entry(Dimension.PRODUCT, f"p{active}", ""),
            Dimension.WORKLOAD: Entry(Dimension.WORKLOAD, workload, workload),
        }
        return ReportRow(entries, LicenseFigures(Licenses.of(active, 10)), (NOW,), unknown)

    rows = (row("EXO", 3), row("EXO", 4), row("TEAMS", 1), row("TEAMS", 2, unknown=1))
    found = uses_in(UsageReport(BY, rows, 4, LicenseFigures(), (), frozenset()))
    assert found == {"c": {"exo": WorkloadFigures("EXO", Licenses(7, 20, 13), NOW)}}
