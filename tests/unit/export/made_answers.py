"""Answers as the files get them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Dimension, Entry, ServiceDate
from bot.query.reports.report_gaps import NO_GAPS, Gaps
from bot.query.reports.usage_report import ReportRow, UsageReport
from bot.query.usage_query import UsageQuery
from bot.usage.query_plan import QueryPlan
from bot.usage.usage_answer import UsageAnswer
from cards.wording.locale_words import LocaleWords
from tests.shown_figures import of

ANN = Caller("t", "ann", "Ann Berg", time_zone="Europe/Amsterdam")
DAY = date(2018, 10, 28)
ASKED_AT = datetime(2018, 10, 29, 23, 30, tzinfo=UTC)
WORDS = LocaleWords.load("en-US")


def row(name: str, figures: LicenseFigures | None = None) -> ReportRow:
    return ReportRow({Dimension.CUSTOMER: Entry(Dimension.CUSTOMER, "ID", name)}, figures or of(62, 100), (DAY,))


def answer(*rows: ReportRow, gaps: Gaps = NO_GAPS) -> UsageAnswer:
    by = (Dimension.CUSTOMER,)
    report = UsageReport(by, rows, len(rows), of(1, 2), (ServiceDate("Exchange", DAY),), frozenset())
    return UsageAnswer(Usage(by=by), QueryPlan(UsageQuery(), by, ()), replace(report, gaps=gaps))
