"""Recent answers: returned only to their caller, and dropped when they are old."""

import gc
import weakref
from dataclasses import replace

import pytest

from bot.commands.command import Name, Usage
from bot.domain.conversation import Caller
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.memory.recent_reports import RecentReport, RecentReports
from bot.usage.query_plan import QueryPlan
from tests.shown_figures import of

ANN = Caller("t1", "ann")
BEN = Caller("t1", "ben")
QUESTION = Usage(customers=(Name("TEST COMPANY"),))
PLAN = QueryPlan(UsageQuery(), (), ())
REPORT = RecentReport(PLAN, UsageReport((), (), 0, of(0, 0), (), frozenset()))


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_answer_is_found_by_its_caller():
    recent = RecentReports(Clock())
    recent.keep(ANN, QUESTION, REPORT)
    assert recent.find(ANN, QUESTION) is REPORT


def test_answer_is_not_found_when_caller_or_tenant_is_different():
    recent = RecentReports(Clock())
    recent.keep(ANN, QUESTION, REPORT)
    assert recent.find(BEN, QUESTION) is None
    assert recent.find(Caller("t2", "ann"), QUESTION) is None


def test_answer_is_dropped_when_it_is_too_old():
    clock = Clock()
    recent = RecentReports(clock, seconds=10)
    recent.keep(ANN, QUESTION, REPORT)
    clock.now = 10.0
    assert recent.find(ANN, QUESTION) is None


def test_least_recently_used_answer_is_dropped_first():
    recent = RecentReports(Clock(), most=2)
    other, third = Usage(), Usage(subjects=(Name("EXO"),))
    recent.keep(ANN, QUESTION, REPORT)
    recent.keep(ANN, other, REPORT)
    recent.find(ANN, QUESTION)
    recent.keep(ANN, third, REPORT)
    assert recent.find(ANN, other) is None
    assert recent.find(ANN, QUESTION) is REPORT


def test_forget_keeps_answers_of_other_callers():
    recent = RecentReports(Clock())
    recent.keep(ANN, QUESTION, REPORT)
    recent.keep(BEN, QUESTION, REPORT)
    recent.forget(ANN)
    assert recent.find(ANN, QUESTION) is None
    assert recent.find(BEN, QUESTION) is REPORT


def with_rows(count):
    return replace(REPORT, report=replace(REPORT.report, rows=(ReportRow({}, of(0, 1)),) * count))


def test_rows_of_all_answers_are_limited():
    recent = RecentReports(Clock(), most_rows=10)
    recent.keep(ANN, QUESTION, with_rows(6))
    recent.keep(BEN, QUESTION, with_rows(6))
    assert recent.find(ANN, QUESTION) is None
    assert recent.find(BEN, QUESTION) == with_rows(6)
    recent.keep(BEN, QUESTION, with_rows(4))
    recent.keep(ANN, QUESTION, with_rows(6))
    assert recent.find(BEN, QUESTION) == with_rows(4)


def test_answer_is_not_kept_when_it_alone_exceeds_the_rows():
    recent = RecentReports(Clock(), most_rows=10)
    recent.keep(ANN, QUESTION, with_rows(6))
    recent.keep(BEN, QUESTION, with_rows(11))
    assert recent.find(BEN, QUESTION) is None
    assert recent.find(ANN, QUESTION) == with_rows(6)


class Keys(dict):
    """A dict that can have weak references."""


@pytest.mark.parametrize("free", [RecentReports.expire, lambda recent: recent.forget(ANN)], ids=["expire", "forget"])
def test_reports_are_freed_when_they_have_expired(free):
    clock, keys = Clock(), Keys()
    recent = RecentReports(clock, seconds=10)
    recent.keep(ANN, QUESTION, replace(REPORT, report=replace(REPORT.report, rows=(ReportRow(keys, of(0, 1)),))))
    held = weakref.ref(keys)
    del keys
    clock.now = 9.0
    recent.expire()
    assert recent.find(ANN, QUESTION) is not None
    clock.now = 10.0
    free(recent)
    gc.collect()
    assert held() is None
