"""The view of an answer to whom to call. Pure."""

from collections.abc import Iterator
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Name, NewDigest, Usage
from bot.language.sentence.command_sentence import sentence_of
from bot.query.selling.call_list import CustomerCall, Why
from bot.query.selling.call_rules import RULES, CallReason, CallRule
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.call_facts import CallsFound
from bot.usage.kinds.selling.renewals_view import days_of, page_of, source_view
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.question_scope import corrections, narrowed, scope_names
from bot.usage.shown_figures import age_of
from bot.usage.stable_names import readable_question
from cards.views.kinds.selling_views import CallItem, CallsView, ReasonView, RuleView

_USED = frozenset({CallReason.UNUSED, CallReason.DROPPED})


def calls_view(found: CallsFound, part: ShownPart) -> CallsView:
    """Return the customers up to `part.shown`, with the rules of their order."""
    command, plan = found.command, found.plan
    page = page_of(len(found.calls), part)
    asked = readable_question(command, (*plan.scope, *plan.excluded))
    today = part.today or found.today
    return CallsView(
        question=sentence_of(asked, part.language),
        scope=scope_names(plan),
        narrowed=narrowed(command, plan),
        items=tuple(_item(each, today) for each in found.calls[page.base : page.end]),
        matched=len(found.calls),
        rules=tuple(map(_rule, RULES)),
        sources=(*map(source_view, found.sources),),
        earlier=found.earlier,
        counted=tuple(_counted(found)),
        corrected=corrections(plan),
        start=page.base,
        fresh=page.fresh,
        more=more_button(command, page.end) if len(found.calls) > 1 else None,
        digest=ask_button(NewDigest(command)) if part.digests else None,
        again=ask_button(command, replace=True),
        ignored=shown_again(plan),
        age=age_of(days_of(found.sources), part.today or found.today),
    )


def _counted(found: CallsFound) -> Iterator[tuple[str, int]]:
    """Yield what is missing in the sources, then what could not be judged."""
    yield from ((f"gap.{name}", number) for name, number in sorted(found.gaps.items()))
    for name, number in sorted(found.doubts.items()):
        yield (name if name.startswith("unjoined.") else f"calls.{name}"), number


def _item(call: CustomerCall, today: date) -> CallItem:
    customer = (Name(call.customer, id=call.customer_id),)
    first = call.reasons[0].reason
    # The reason decides what is shown next: the usage that dropped, or the subscriptions that end.
    asked = Usage(customers=customer) if first in _USED else Usage(customers=customer, kind=AnswerKind.RENEWALS)
    return CallItem(call.customer, tuple(_reason(each, today) for each in call.reasons), ask_button(asked))


def _reason(why: Why, today: date) -> ReasonView:
    days = 0 if why.day is None else abs((why.day - today).days)
    return ReasonView(
        why.reason.value, why.name, why.number, why.percent, why.day, days, why.renewing.value, why.workload
    )


def _rule(rule: CallRule) -> RuleView:
    return RuleView(rule.reason.value, rule.days, rule.percent, rule.licenses)
