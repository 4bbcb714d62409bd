"""Build the view of an alert about renewals from what a check found. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.commands.command import ChangeDigest, DigestAction, HandleDigest, Usage
from bot.digests.alerts.renewal_check import DueTerm, RenewalFindings
from bot.digests.content.digest_content import moment_in_zone
from bot.digests.schedule.schedule_view import schedule_view
from bot.store.digests.digest_record import Digest
from bot.usage.command_buttons import ask_button
from bot.usage.kinds.selling.renewal_facts import RenewalFacts
from bot.usage.kinds.selling.renewals_view import renewal_item, source_view, term_view
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.question_scope import narrowed, scope_names
from cards.views.kinds.renewal_alert_view import RenewalAlertItem, RenewalAlertView

ITEMS = 5  # subscriptions that are shown
NAMES = 5  # subscriptions that are named because their usage is not known


def renewal_alert_view(
    digest: Digest,
    question: Usage,
    facts: RenewalFacts,
    found: RenewalFindings,
    *,
    asked: bool = False,
    late_for: float | None = None,
) -> RenewalAlertView:
    """Return the view of what was found.

    `question` is that of the alert, with its condition. `asked`: a person wants to know now, so every subscription
    within the days is shown, also if it is no news.
    """
    due = found.due or (found.within if asked else ())
    return RenewalAlertView(
        number=digest.number,
        about=scope_names(facts.plan),
        limits=narrowed(question, facts.plan),
        ahead=question.ahead or 0,
        renewing="" if question.renewing is None else question.renewing.value,
        when=schedule_view(digest.schedule),
        owner=digest.owner_name,
        items=tuple(_items(due, facts)),
        total=len(due),
        missing=tuple(each.name for each in found.missing[:NAMES]),
        missing_total=len(found.missing),
        blind=found.blind,
        sources=tuple(map(source_view, facts.sources)),
        counted=tuple((each.value, number) for each, number in sorted(facts.undecided.items())),
        news=bool(found.due),
        late_for=None if late_for is None else moment_in_zone(late_for, digest),
        open=ask_button(HandleDigest(DigestAction.OPEN, digest.number)),
        settings=ask_button(ChangeDigest(digest.number)),
        ignored=shown_again(facts.plan),
    )


def _items(due: Iterable[DueTerm], facts: RenewalFacts) -> Iterable[RenewalAlertItem]:
    """Yield the first to end first."""
    ordered = sorted(due, key=lambda each: (each.term.end or date.max, each.line.customer, each.line.product))
    for each in ordered[:ITEMS]:
        item = renewal_item(each.line, facts, facts.today, listed=True)
        term = term_view(each.term, facts.today)
        yield RenewalAlertItem(replace(item, term=term, seats=each.term.seats), again=each.again)
