"""Build the view of an alert from what a check found. Pure."""

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, Usage
from bot.digests.alerts.alert_check import AlertFindings, Crossing
from bot.digests.alerts.alert_rule import AlertRule
from bot.digests.alerts.alert_state import WatchedLine
from bot.digests.content.digest_content import moment_in_zone
from bot.digests.schedule.schedule_view import schedule_view
from bot.domain.figures import LicenseFigures, Licenses
from bot.domain.licensing import Dimension
from bot.query.reports.usage_report import ReportRow
from bot.store.digests.digest_record import Digest
from bot.usage.command_buttons import ask_button
from bot.usage.onward.drilled_row import about_row
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.question_scope import limits_of, narrowed, scope_names
from bot.usage.shown_figures import shown_figures
from bot.usage.usage_answer import UsageAnswer
from cards.views.kinds.alert_views import AlertItem, AlertView
from cards.views.usage_views import Figures, Narrowing

ITEMS = 5  # lines that are shown
NAMES = 5  # lines that are named because their figures are missing, or back


def alert_view(
    digest: Digest,
    question: Usage,
    answered: UsageAnswer,
    found: AlertFindings,
    *,
    asked: bool = False,
    late_for: float | None = None,
) -> AlertView:
    """Return the view of what was found.

    `question` is that of the alert, with its limit. `asked`: a person wants to know now, so the lines that are over the
    limit are shown also if they are no news.
    """
    rule = AlertRule(question.selection)
    crossed = found.crossed or (tuple(Crossing("", row) for row in found.over) if asked else ())
    names = scope_names(answered.plan)
    items = tuple(_item(each, rule, answered, names) for each in _most_first(crossed, rule)[:ITEMS])
    return AlertView(
        number=digest.number,
        about=names,
        limits=narrowed(question, answered.plan),
        when=schedule_view(digest.schedule),
        owner=digest.owner_name,
        licenses=rule.limit.asks_workloads,
        items=items,
        total=len(crossed),
        of_customers=answered.report.by == (Dimension.CUSTOMER,),
        back_at=_back_at(rule),
        missing=_named(found.missing),
        missing_total=len(found.missing),
        returned=_named(found.back),
        returned_total=len(found.back),
        blind=found.blind,
        over=len(found.over),
        news=bool(found.crossed),
        late_for=None if late_for is None else moment_in_zone(late_for, digest),
        open=ask_button(HandleDigest(DigestAction.OPEN, digest.number)),
        settings=ask_button(ChangeDigest(digest.number)),
        ignored=shown_again(answered.plan),
    )


def _most_first(crossed: tuple[Crossing, ...], rule: AlertRule) -> list[Crossing]:
    """Return the lines with most unused licenses first."""
    return sorted(crossed, key=lambda each: -rule.tested(each.row.figures).unused)


def _item(crossed: Crossing, rule: AlertRule, answered: UsageAnswer, names: tuple[str, ...]) -> AlertItem:
    row, before, by = crossed.row, crossed.before, answered.report.by
    rose = before is not None and _value(rule, before.licenses) < _value(rule, rule.tested(row.figures))
    ids = all(each in row.entries and row.entries[each].id for each in by)
    return AlertItem(
        name=_name(row, by, names),
        now=shown_figures(row.figures),
        day=max(row.days, default=None),
        before=None if before is None else _shown(before, row.figures, rule),
        before_day=None if before is None else before.day,
        rose=rose,
        again=crossed.again,
        first=before is None and bool(crossed.key) and not crossed.again,
        open=ask_button(about_row(answered.command, answered.plan, row, by)) if ids else None,
    )


def _value(rule: AlertRule, licenses: Licenses) -> float:
    """Return the number that the limit is about."""
    amounts = rule.limit.amounts
    if amounts:
        return amounts[0].measure.of(licenses)
    return licenses.beyond if rule.limit.asks_workloads else licenses.share or 0.0


def _name(row: ReportRow, by: tuple[Dimension, ...], names: tuple[str, ...]) -> str:
    """Return the name of a line, and what else the question names: `TEST COMPANY · Exchange`."""
    own = [row.entries[each].label for each in by if each in row.entries]
    return " · ".join(dict.fromkeys([*own, *names]))


def _shown(before: WatchedLine, now: LicenseFigures, rule: AlertRule) -> Figures:
    licenses = before.licenses
    return Figures(
        percent=licenses.percent,
        active=licenses.used,
        qualified=licenses.qualified,
        unused=licenses.unused,
        beyond=licenses.beyond,
        workload=before.workload,
        several=now.withheld and not rule.limit.asks_workloads,
    )


def _back_at(rule: AlertRule) -> Narrowing | None:
    """Return the limit that ends the silence about a line, None if there is one on both sides."""
    kept = rule.kept
    if kept.limit is not None and kept.limit.asks_beyond:
        return Narrowing("at_most", numbers=(0,), measure="beyond")
    if kept.limit is not None:
        low, high = kept.limit.low, kept.limit.high
        if low is not None and high is not None:
            return None
        return Narrowing("at_least", shares=(high,)) if high is not None else Narrowing("at_most", shares=(low or 0.0,))
    amount = kept.amounts[0]
    if amount.high is not None:
        return Narrowing("at_least", numbers=(amount.high + 1,), measure=amount.measure.value)
    return Narrowing("at_most", numbers=((amount.low or 1) - 1,), measure=amount.measure.value)


def _named(lines: tuple[WatchedLine, ...]) -> tuple[str, ...]:
    return tuple(each.name for each in lines[:NAMES])


def limit_of(question: Usage) -> str:
    """Return what identifies the limit of a question: another limit is another watch."""
    return repr(limits_of(Usage(limit=question.limit, amounts=question.amounts)))
