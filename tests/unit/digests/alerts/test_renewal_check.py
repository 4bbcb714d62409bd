"""Which subscriptions an alert about renewals reports, and what it remembers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.digests.alerts.alert_check import ENDED
from bot.digests.alerts.alert_state import AlertState
from bot.digests.alerts.renewal_check import (
    PARTLY_UNREAD,
    UNREAD,
    RenewalFindings,
    check_renewals,
    key_of,
)
from bot.domain.figures import Licenses
from bot.domain.subscriptions import Renewing, Subscription, SubscriptionSource, SubscriptionState
from bot.query.filters.share_filter import ShareRange
from bot.query.selling.renewal_line import NumberSource, RenewalLine, WorkloadUse
from bot.query.selling.renewal_lines import BY
from bot.query.usage_query import UsageQuery
from bot.usage.kinds.selling.renewal_facts import RenewalFacts, SourceNote
from bot.usage.query_plan import QueryPlan

TODAY = date(2026, 11, 30)
BELOW = Usage(kind=AnswerKind.RENEWALS, ahead=60, limit=ShareRange(high=0.6, high_included=False))
ANY = Usage(kind=AnswerKind.RENEWALS, ahead=60)
PLAN = QueryPlan(UsageQuery(), BY, (), ())


def line(name: str, days: int | None, active: int | None = None, *, old: int = 3, **other: object) -> RenewalLine:
    end = None if days is None else TODAY + timedelta(days=days)
    plain = {"end": end, "renewing": Renewing.AUTO, "state": SubscriptionState.ACTIVE, "seats": 100}
    term = Subscription(name, "c", "Contoso", "E3", SubscriptionSource.ANALYTICS, **(plain | other))  # type: ignore[arg-type]
    day = TODAY - timedelta(days=old)
    use = None if active is None else WorkloadUse("Exchange", Licenses.of(active, 100), day)
    return RenewalLine("c", "Contoso", "p", name, (term,), use=use)


class Watch:
    """An alert, checked again and again; each check is made twice, as after a crash."""

    def __init__(self, question: Usage = BELOW) -> None:
        self.question = question
        self.state: AlertState | None = None

    def check(self, *lines: RenewalLine, after: int = 0, problem: str = "", **gaps: int) -> RenewalFindings:
        today = TODAY + timedelta(days=after)
        notes = (SourceNote(NumberSource.ANALYTICS, problem=problem),)
        facts = RenewalFacts(self.question, PLAN, lines, len(lines), today, {}, gaps, notes)
        before = None if self.state is None else AlertState.unpack(self.state.pack())
        self.state, found = check_renewals(self.question, "limit", before, facts)
        again, nothing = check_renewals(self.question, "limit", AlertState.unpack(self.state.pack()), facts)
        assert (again, nothing.is_news) == (self.state, False)
        return found

    def reported(self, *lines: RenewalLine, after: int = 0) -> list[str]:
        return [each.line.product for each in self.check(*lines, after=after).due]


def test_subscription_is_reported_once_in_its_term() -> None:
    watch = Watch()
    assert watch.reported(line("far", 61, 10), line("near", 60, 10)) == ["near"]
    assert watch.reported(line("far", 61, 10), line("near", 60, 10), after=1) == ["far"]
    assert watch.reported(line("far", 61, 10), line("near", 60, 10), after=2) == []


def test_after_its_renewal_it_is_reported_again_before_the_next_end() -> None:
    watch = Watch()
    assert watch.reported(line("near", 60, 10)) == ["near"]
    assert watch.reported(line("near", 60 + 365, 10), after=62) == []
    assert watch.reported(line("near", 60 + 365, 10, old=-360), after=365) == ["near"]


def test_it_is_reported_when_its_usage_falls_within_the_days() -> None:
    watch = Watch()
    assert watch.reported(line("near", 50, 60)) == []
    assert watch.reported(line("near", 50, 59), after=3) == ["near"]
    assert watch.reported(line("near", 50, 99), after=4) == []
    assert watch.reported(line("near", 50, 10), after=5) == []


def test_without_a_condition_no_usage_is_needed() -> None:
    watch = Watch(ANY)
    assert watch.reported(line("near", 60), line("later", 90)) == ["near"]


@pytest.mark.parametrize("unknown", [line("near", 50), line("near", 50, 10, old=60)])
def test_usage_that_is_missing_or_old_is_mentioned_once(unknown: RenewalLine) -> None:
    watch = Watch()
    found = watch.check(unknown)
    assert ([each.name for each in found.missing], found.due) == (["Contoso · near"], ())
    assert not watch.check(unknown, after=1).is_news
    assert watch.reported(line("near", 50, 10), after=2) == ["near"]
    assert not watch.check(unknown, after=3).is_news


def test_unread_subscriptions_are_mentioned_once_and_forget_nothing() -> None:
    watch = Watch()
    assert watch.reported(line("near", 50, 10)) == ["near"]
    assert watch.check(problem="service_down").blind == UNREAD
    assert not watch.check(problem="service_down", after=1).is_news
    found = watch.check(line("near", 50, 10), after=2)
    assert (found.blind, found.due) == (ENDED, ())


def test_of_a_part_that_is_unread_the_rest_is_reported() -> None:
    watch = Watch()
    found = watch.check(line("near", 50, 10), unread=2)
    assert (found.blind, len(found.due)) == (PARTLY_UNREAD, 1)
    assert not watch.check(line("near", 50, 10), unread=2).is_news
    assert watch.check(line("near", 50, 10)).blind == ENDED


def test_what_has_ended_or_renews_otherwise_is_not_reported() -> None:
    watch = Watch(replace(ANY, renewing=Renewing.OFF))
    over = line("over", 5, renewing=Renewing.OFF, state=SubscriptionState.EXPIRED)
    assert watch.reported(over, line("on", 5), line("endless", None, renewing=Renewing.OFF)) == []
    assert watch.reported(line("off", 5, renewing=Renewing.OFF)) == ["off"]


def test_message_that_may_be_lost_is_reported_once_more() -> None:
    watch = Watch()
    watch.check(line("near", 50, 10))
    assert watch.state is not None
    watch.state = watch.state.doubted(None)
    (again,) = check_again(watch)
    assert again.again
    assert check_again(watch) == ()


def check_again(watch: Watch) -> tuple[object, ...]:
    facts = RenewalFacts(watch.question, PLAN, (line("near", 50, 10),), 1, TODAY, {}, {}, ())
    watch.state, found = check_renewals(watch.question, "limit", watch.state, facts)
    return found.due


def test_another_condition_is_another_watch() -> None:
    watch = Watch()
    watch.check(line("near", 50, 10))
    facts = RenewalFacts(BELOW, PLAN, (line("near", 50, 10),), 1, TODAY, {}, {}, ())
    assert len(check_renewals(BELOW, "another", watch.state, facts)[1].due) == 1


def test_what_is_remembered_ends_with_the_term() -> None:
    watch = Watch(ANY)
    watch.check(line("near", 50))
    assert watch.state is not None
    assert len(watch.state.lines) == 1
    watch.check(after=51)
    assert watch.state.lines == {}


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 100)), max_size=6), st.integers(1, 12))
def test_over_many_checks_each_is_reported_at_most_once(terms: list[tuple[int, int]], checks: int) -> None:
    watch = Watch()
    lines = [line(f"s{at}", days, active) for at, (days, active) in enumerate(terms)]
    told = [name for check in range(checks) for name in watch.reported(*lines, after=check * 20)]
    assert len(told) == len(set(told))
    last = (checks - 1) * 20
    due = {each.product for each, (days, active) in zip(lines, terms, strict=True) if active < 60 and days - 60 <= last}
    assert set(told) <= due


def test_keys_tell_terms_and_subscriptions_apart() -> None:
    lines = [line("a", 5), line("b", 5), line("a", 6), replace(line("a", 5), terms=(replace(line("", 5).terms[0]),))]
    keys = {key_of(each, each.terms[0]) for each in lines}
    assert len(keys) == 4
    assert all(len(each) <= 16 for each in keys)
