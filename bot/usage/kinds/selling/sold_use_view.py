"""The view of an answer about the use of sold licenses. Pure."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from bot.commands.answer_kind import AnswerKind
from bot.commands.command import Name, NewDigest, Usage
from bot.domain.licensing import Dimension
from bot.domain.report_kind import SeatMeasure
from bot.language.sentence.command_sentence import sentence_of
from bot.query.selling.renewal_line import NumberSource
from bot.query.selling.sold_use import NotKnown, SoldUse
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.renewals_view import name_of, number_view, page_of, source_view
from bot.usage.kinds.selling.sold_use_facts import SoldUseFacts
from bot.usage.personal.ignored_customers import shown_again
from bot.usage.question_scope import corrections, narrowed, scope_names
from bot.usage.shown_figures import age_of
from bot.usage.stable_names import readable_question
from cards.views.button_payload import AskButton
from cards.views.kinds.selling_views import UNKNOWN_NUMBER, NumberView
from cards.views.kinds.sold_use_view import SoldUseItem, SoldUseView

# What a line lacks without a report, and what a report says that did not fail.
_LACKS = {NumberSource.DEPLOYMENT: NotKnown.NOT_SOLD.value, NumberSource.USAGE: NotKnown.WITHOUT_USE.value}
_ANSWERED = ("", "no_rows")


def sold_use_view(found: SoldUseFacts, part: ShownPart) -> SoldUseView:
    """Return the lines up to `part.shown`."""
    command, plan = found.command, found.plan
    page = page_of(len(found.lines), part)
    customers = [each for each in plan.scope if each.dimension is Dimension.CUSTOMER]
    alone = customers[0] if len(customers) == 1 else None
    asked = readable_question(command, (*plan.scope, *plan.excluded))
    listed = len(found.lines) > 1
    days = [day for each in found.sources for day in (each.day, each.last) if day is not None]
    whole = replace(_whole(command), kind=AnswerKind.FIGURES)
    shown = found.lines[page.base : page.end]
    failed = {_LACKS[each.source] for each in found.sources if each.source in _LACKS and each.problem not in _ANSWERED}
    return SoldUseView(
        question=sentence_of(asked, part.language),
        scope=scope_names(plan),
        narrowed=narrowed(command, plan),
        items=tuple(_said(_item(each, command if listed else None), failed) for each in shown),
        matched=len(found.lines),
        sources=tuple(map(source_view, found.sources)),
        customer="" if alone is None else alone.label,
        counted=tuple(sorted(found.counted.items())),
        age=age_of(frozenset(days), part.today or found.today),
        corrected=corrections(plan),
        start=page.base,
        fresh=page.fresh,
        more=more_button(command, page.end) if listed else None,
        usage=ask_button(whole) if alone is not None and not command.products else None,
        sold=_seats(whole),
        renewals=None if alone is None else ask_button(Usage(customers=(name_of(alone),), kind=AnswerKind.RENEWALS)),
        ignored=shown_again(plan),
        digest=ask_button(NewDigest(command)) if part.digests else None,
        again=ask_button(command, replace=True),
    )


def _seats(whole: Usage) -> AskButton | None:
    return ask_button(replace(whole, seats=SeatMeasure.SOLD))


def _said(item: SoldUseItem, failed: Collection[str]) -> SoldUseItem:
    """Return a line that does not say again that a report failed."""
    return replace(item, missing="") if item.missing in failed else item


def _item(line: SoldUse, command: Usage | None = None) -> SoldUseItem:
    """Return a line; it leads to more about it than the question `command`."""
    use, licenses = line.use, line.licenses
    return SoldUseItem(
        customer=line.customer,
        product=line.product,
        sold=number_view(line.sold),
        assigned=number_view(line.assigned),
        active=UNKNOWN_NUMBER if use is None else _used(use.licenses.active, use.day),
        not_active=line.not_active,
        workload="" if use is None else use.workload,
        percent=None if licenses is None else licenses.percent,
        not_assigned=line.not_assigned,
        beyond=bool(licenses is not None and line.use is not None and licenses.beyond),
        missing="" if line.missing is None or line.products > 1 else line.missing.value,
        products=line.products,
        known=line.known,
        worst=None if line.worst is None else _item(line.worst),
        open=None if command is None else _open(command, line),
    )


def _used(number: int, day: date | None) -> NumberView:
    return NumberView(number, NumberSource.USAGE.value, day)


def _open(command: Usage, line: SoldUse) -> AskButton | None:
    """Return what a tap on a line asks: the products of a customer, the customers of a product, or both alone.

    Whose licenses the question is about stays, and so does what it leaves out.
    """
    customers = (Name(line.customer or line.customer_id, id=line.customer_id),) if line.customer_id else ()
    products = (Name(line.product or line.product_id, id=line.product_id),) if line.product_id else ()
    if not (customers or products):
        return None
    whole = _whole(command)
    if customers:
        whole = replace(whole, customers=customers, mine=False)
    return ask_button(replace(whole, products=products or whole.products))


def _whole(command: Usage) -> Usage:
    """Return the question about everything that it names, without what selects and orders its lines."""
    return replace(command, by=(), limit=None, amounts=(), order=None)
