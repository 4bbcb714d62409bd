"""An alert reports nothing of an answer to another question than its own."""

from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.digests.alerts.alert_news import alert_news
from bot.query.filters.share_filter import ShareRange
from bot.query.selling.renewal_lines import BY
from bot.query.usage_query import UsageQuery
from bot.usage.kinds.selling.renewal_answer import RenewalAnswer
from bot.usage.query_plan import QueryPlan
from tests.unit.digests.content.test_digest_content import DIGEST, answer

TODAY = date(2018, 10, 16)
FIGURES = Usage(limit=ShareRange(high=0.5, high_included=False))
RENEWALS = Usage(kind=AnswerKind.RENEWALS, ahead=60)


def test_figures_are_no_answer_to_an_alert_about_renewals():
    figures = answer(("Contoso", 10, 100))
    assert alert_news(DIGEST, RENEWALS, figures, None, TODAY, asked=True) is None
    assert alert_news(DIGEST, FIGURES, figures, None, TODAY) is not None


def test_renewals_are_no_answer_to_an_alert_about_figures():
    plan = QueryPlan(UsageQuery(), BY, ())
    renewals = RenewalAnswer(RENEWALS, plan, (), 0, TODAY, {}, {}, ())
    assert alert_news(DIGEST, FIGURES, renewals, None, TODAY, asked=True) is None
    assert alert_news(DIGEST, RENEWALS, renewals, None, TODAY) is not None
