"""Recent answers: one person's never serve another, and old ones go."""

import gc
import weakref
from dataclasses import replace

from bot.commands.command import Name, Usage
from bot.domain.conversation import Caller
from bot.domain.licensing import Share
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.usage.recent_reports import RecentReports

ANN = Caller("t1", "ann")
BEN = Caller("t1", "ben")
QUESTION = Usage(customers=(Name("TEST COMPANY"),))
REPORT = UsageReport((), (), 0, Share(0, 0), (), frozenset())


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_an_answer_is_found_again_by_the_person_who_got_it():
    recent = RecentReports(Clock())
    recent.keep(ANN, QUESTION, REPORT)
    assert recent.find(ANN, QUESTION) is REPORT


def test_an_answer_never_serves_another_person_or_the_same_id_in_another_tenant():
    recent = RecentReports(Clock())
    recent.keep(ANN, QUESTION, REPORT)
    assert recent.find(BEN, QUESTION) is None
    assert recent.find(Caller("t2", "ann"), QUESTION) is None


def test_an_answer_is_forgotten_after_its_time():
    clock = Clock()
    recent = RecentReports(clock, seconds=10)
    recent.keep(ANN, QUESTION, REPORT)
    clock.now = 10.0
    assert recent.find(ANN, QUESTION) is None


def test_the_least_recently_read_answer_goes_first():
    recent = RecentReports(Clock(), most=2)
    other, third = Usage(), Usage(subjects=(Name("EXO"),))
    recent.keep(ANN, QUESTION, REPORT)
    recent.keep(ANN, other, REPORT)
    recent.find(ANN, QUESTION)
    recent.keep(ANN, third, REPORT)
    assert recent.find(ANN, other) is None
    assert recent.find(ANN, QUESTION) is REPORT


def test_forgetting_a_person_leaves_the_others():
    recent = RecentReports(Clock())
    recent.keep(ANN, QUESTION, REPORT)
    recent.keep(BEN, QUESTION, REPORT)
    recent.forget(ANN)
    assert recent.find(ANN, QUESTION) is None
    assert recent.find(BEN, QUESTION) is REPORT


def with_rows(count):
    return replace(REPORT, rows=(ReportRow({}, Share(0, 1)),) * count)


def test_the_rows_of_all_answers_together_are_bounded():
    recent = RecentReports(Clock(), most_rows=10)
    recent.keep(ANN, QUESTION, with_rows(6))
    recent.keep(BEN, QUESTION, with_rows(6))
    assert recent.find(ANN, QUESTION) is None
    assert recent.find(BEN, QUESTION) == with_rows(6)
    recent.keep(BEN, QUESTION, with_rows(4))
    recent.keep(ANN, QUESTION, with_rows(6))
    assert recent.find(BEN, QUESTION) == with_rows(4)


def test_an_answer_longer_than_all_of_them_may_be_drives_no_other_out():
    recent = RecentReports(Clock(), most_rows=10)
    recent.keep(ANN, QUESTION, with_rows(6))
    recent.keep(BEN, QUESTION, with_rows(11))
    assert recent.find(BEN, QUESTION) is None
    assert recent.find(ANN, QUESTION) == with_rows(6)


class Keys(dict):
    """A dict that can be referred to weakly."""


def test_forgetting_a_person_frees_their_reports_when_they_have_expired():
    clock, keys = Clock(), Keys()
    recent = RecentReports(clock, seconds=10)
    recent.keep(ANN, QUESTION, replace(REPORT, rows=(ReportRow(keys, Share(0, 1)),)))
    held = weakref.ref(keys)
    del keys
    clock.now = 10.0
    recent.forget(ANN)
    gc.collect()
    assert held() is None
