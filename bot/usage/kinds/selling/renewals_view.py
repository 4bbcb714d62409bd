"""The view of an answer about renewals. Pure."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from bot.commands.alert_question import EACH_DAY
from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Name, NewDigest, Usage
from bot.commands.run_condition import ALERT
from bot.domain.licensing import Dimension, Entry
from bot.domain.subscriptions import Subscription, SubscriptionState
from bot.language.sentence.command_sentence import sentence_of
from bot.query.selling.line_choice import due, quantity, unjoined
from bot.query.selling.renewal_line import (
    DatedCount,
    LineGroup,
    NumberSource,
    RenewalLine,
    WorkloadUse,
    seats_after,
)
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.renewal_facts import RenewalFacts, SourceNote, choice_of
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.question_scope import corrections, narrowed, scope_names
from bot.usage.shown_figures import age_of
from bot.usage.stable_names import readable_question
from cards.views.button_payload import AskButton
from cards.views.kinds.selling_views import (
    LINES_ON_CARD,
    UNKNOWN_NUMBER,
    NumberView,
    RenewalItem,
    RenewalsView,
    SourceView,
    TermView,
)
from cards.views.page_window import PageWindow, window

REMIND_DAYS = 30  # before the end of a term: enough to talk about it
_SHOWN_STATES = {SubscriptionState.OTHER: "unknown"}


def renewals_view(found: RenewalFacts, part: ShownPart) -> RenewalsView:
    """Return the lines up to `part.shown`, with the numbers of the only customer."""
    page = page_of(len(found.lines), part)
    listed = len(found.lines) > 1
    command, plan = found.command, found.plan
    customers = [each for each in plan.scope if each.dimension is Dimension.CUSTOMER]
    alone = customers[0] if len(customers) == 1 else None
    asked = readable_question(command, (*plan.scope, *plan.excluded))
    return RenewalsView(
        question=sentence_of(asked, part.language),
        scope=scope_names(plan),
        narrowed=narrowed(command, plan),
        items=tuple(renewal_item(each, found, part.today, listed=listed) for each in found.lines[page.base : page.end]),
        matched=len(found.lines),
        groups=_groups(found, part.today),
        sources=tuple(map(source_view, found.sources)),
        customer="" if alone is None else alone.label,
        numbers=_numbers(found, alone.label) if alone is not None and listed else None,
        ahead=command.ahead,
        renewing=command.renewing.value if command.renewing else "",
        counted=tuple(_counted(found)),
        corrected=corrections(plan),
        start=page.base,
        fresh=page.fresh,
        more=more_button(command, page.end) if listed else None,
        usage=None if alone is None else ask_button(Usage(customers=(name_of(alone),))),
        digest=ask_button(NewDigest(command)) if part.digests and command.period is None else None,
        remind=_remind(command, found, part) if alone is not None and part.digests else None,
        all_products=_wider(command) if alone is not None else None,
        again=ask_button(command, replace=True),
        ignored=shown_again(plan),
        age=age_of(days_of(found.sources), part.today or found.today),
    )


def _groups(found: RenewalFacts, today: date | None) -> tuple[tuple[str, int], ...]:
    """Return how many lines are of each group, those that renew first."""
    counts = Counter(each.group(today or found.today) for each in found.lines)
    return tuple((each.value, counts[each]) for each in LineGroup if counts[each])


def page_of(rows: int, part: ShownPart) -> PageWindow:
    """Return which of the rows a view has; all of them for a terminal."""
    if part.whole:
        return PageWindow(0, 0, rows)
    return window(rows, min(part.shown, part.start + LINES_ON_CARD), part.start, LINES_ON_CARD)


def renewal_item(line: RenewalLine, found: RenewalFacts, today: date | None, *, listed: bool) -> RenewalItem:
    """Return a line; `listed`: it leads to the customer's product alone."""
    day = today or found.today
    choice = choice_of(found.command, found.plan, found.today)
    term = due(line, choice)
    licenses = None if line.use is None else line.use.licenses
    return RenewalItem(
        customer=line.customer,
        product=line.product,
        sold=number_view(line.sold),
        assigned=number_view(line.assigned),
        active=_used(line.use, None if licenses is None else licenses.active),
        unused=_used(line.use, None if licenses is None else licenses.unused),
        workload="" if line.use is None else line.use.workload,
        percent=None if licenses is None else licenses.percent,
        group=line.group(day).value,
        seats=quantity(line, choice),
        term=None if term is None else term_view(term, day),
        terms=tuple(term_view(each, day) for each in line.terms),
        not_assigned=line.not_assigned,
        idle=line.idle,
        unjoined="" if line.unjoined is None else line.unjoined.value,
        open=_open(line) if listed else None,
    )


def term_view(term: Subscription, today: date) -> TermView:
    """Return a subscription as of `today`."""
    after = seats_after(term)
    return TermView(
        product=term.product,
        mark=term.id_end,
        end=term.end,
        days=None if term.end is None else (term.end - today).days,
        far=term.far,
        renewing=term.renewing.value,
        state=_SHOWN_STATES.get(term.state, term.state.value),
        seats=term.seats,
        after=after if after != term.seats else None,
        trial=bool(term.trial),
        cancel_until=_yet(term.cancel_until, today),
    )


def _yet(day: date | None, today: date) -> date | None:
    """Return a day that is not over."""
    return day if day is not None and day >= today else None


def number_view(count: DatedCount | None) -> NumberView:
    """Return a number with its source and day."""
    return UNKNOWN_NUMBER if count is None else NumberView(count.number, count.source.value, count.day)


def days_of(sources: Iterable[SourceNote]) -> list[date]:
    """Return the days of the reports; subscriptions are read when they are asked for."""
    of_reports = [each for each in sources if each.source in (NumberSource.USAGE, NumberSource.DEPLOYMENT)]
    return [day for each in of_reports for day in (each.day, each.last) if day is not None]


def source_view(note: SourceNote) -> SourceView:
    """Return a source with its days."""
    return SourceView(note.source.value, note.day, note.last if note.last != note.day else None, note.problem)


def _used(use: WorkloadUse | None, number: int | None) -> NumberView:
    if use is None or number is None:
        return UNKNOWN_NUMBER
    return NumberView(number, NumberSource.USAGE.value, use.day)


def _numbers(found: RenewalFacts, customer: str) -> RenewalItem:
    """Return the numbers of all lines of the customer together.

    What is sold and assigned is added over products; if a number of one is not known, the sum is not.
    """
    products = [each for each in found.lines if each.product_id]
    use = found.use
    licenses = None if use is None else use.licenses
    return RenewalItem(
        customer,
        "",
        sold=_sum(each.sold for each in products),
        assigned=_sum(each.assigned for each in products),
        active=_used(use, None if licenses is None else licenses.active),
        unused=_used(use, None if licenses is None else licenses.unused),
        workload="" if use is None else use.workload,
        percent=None if licenses is None else licenses.percent,
    )


def _sum(counts: Iterable[DatedCount | None]) -> NumberView:
    every = list(counts)
    known = [each for each in every if each is not None]
    if not known or len(known) < len(every) or len({each.source for each in known}) > 1:
        return UNKNOWN_NUMBER
    day = min((each.day for each in known if each.day is not None), default=None)
    return NumberView(sum(each.number for each in known), known[0].source.value, day)


def _counted(found: RenewalFacts) -> Iterable[tuple[str, int]]:
    """Yield what is not there, and what of the lines could not be joined, with numbers."""
    yield from ((f"gap.{name}", number) for name, number in sorted(found.gaps.items()))
    yield from ((each.value, number) for each, number in sorted(found.undecided.items()))
    joined = unjoined(found.lines)
    yield from ((f"unjoined.{each.value}", joined[each]) for each in sorted(joined))


def _open(line: RenewalLine) -> AskButton | None:
    """Return what a tap on a line asks: about the product of the customer, or about the customer."""
    if not line.customer_id:
        return None
    customer = Name(line.customer or line.customer_id, id=line.customer_id)
    products = (Name(line.product or line.product_id, id=line.product_id),) if line.product_id else ()
    return ask_button(Usage(customers=(customer,), products=products, kind=AnswerKind.RENEWALS))


def _wider(command: Usage) -> AskButton | None:
    """Return the button to all products of the customer, without what the question narrows."""
    wider = Usage(customers=command.customers, kind=AnswerKind.RENEWALS)
    return ask_button(wider) if wider != command else None


def _remind(command: Usage, found: RenewalFacts, part: ShownPart) -> AskButton | None:
    """Return the button to an alert: once for each subscription, so many days before it ends.

    None if no subscription that is shown is left to end.
    """
    if all(each.group(part.today or found.today) is not LineGroup.RUNNING for each in found.lines):
        return None
    asked = Usage(customers=command.customers, products=command.products, kind=AnswerKind.RENEWALS, ahead=REMIND_DAYS)
    return ask_button(NewDigest(asked, EACH_DAY, ALERT))


def name_of(entry: Entry) -> Name:
    """Return the name of a customer in a question.

    The id stays valid when the name changes.
    """
    return Name(entry.label, id=entry.id if entry.has_id else None)
