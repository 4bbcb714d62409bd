"""What a check of an alert reports. Pure.

Figures that crossed its limit, or subscriptions that end soon.
"""

from dataclasses import dataclass
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Usage
from bot.digests.alerts.alert_check import check
from bot.digests.alerts.alert_rule import AlertRule
from bot.digests.alerts.alert_state import AlertState
from bot.digests.alerts.alert_view import alert_view, limit_of
from bot.digests.alerts.renewal_alert_view import renewal_alert_view
from bot.digests.alerts.renewal_check import check_renewals
from bot.store.digests.digest_record import Digest
from bot.usage.kinds.kind_answer import KindAnswer
from bot.usage.kinds.selling.renewal_answer import RenewalAnswer
from bot.usage.usage_answer import UsageAnswer
from cards.views.answer_views import View


@dataclass(frozen=True, slots=True)
class AlertNews:
    """The state after a check, and the view of what was found.

    The view is None if there is no news, and no person asked.
    """

    state: AlertState
    view: View | None


def alert_news(
    digest: Digest,
    question: Usage,
    answer: UsageAnswer | KindAnswer,
    before: AlertState | None,
    today: date,
    *,
    asked: bool = False,
    late_for: float | None = None,
) -> AlertNews | None:
    """Return what a check found; None if the answer is not one that the alert watches.

    `asked`: a person wants to know now, so there is always a view.
    """
    kinds = {AnswerKind.FIGURES: UsageAnswer, AnswerKind.RENEWALS: RenewalAnswer}
    if not isinstance(answer, kinds.get(question.kind, ())):
        return None  # the question was edited after its answer was fetched
    if isinstance(answer, UsageAnswer):
        rule, left_out = AlertRule(question.selection), answer.plan.left_out_mark
        state, found = check(rule, limit_of(question), before, answer.report, today, left_out)
        told = found.is_news or asked
        shown = alert_view(digest, question, answer, found, asked=asked, late_for=late_for) if told else None
        return AlertNews(state, shown)
    if not isinstance(answer, RenewalAnswer):
        return None
    after, ends = check_renewals(question, _limit(question), before, answer)
    if not (ends.is_news or asked):
        return AlertNews(after, None)
    return AlertNews(after, renewal_alert_view(digest, question, answer, ends, asked=asked, late_for=late_for))


def _limit(question: Usage) -> str:
    """Return what identifies days and condition: others are another watch."""
    return f"{limit_of(question)} {question.ahead} {question.renewing}"
