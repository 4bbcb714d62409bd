"""Say how many licenses of a product are sold, where its use is not known."""

from dataclasses import replace

from bot.commands.command import Usage
from bot.domain.licensing import Dimension
from bot.errors import PartnerCenterError
from bot.handlers.handler_context import HandlerContext
from bot.language.composing.reason import Reason
from bot.language.reading.reading import Reading
from bot.names.name_index import NameIndex
from bot.usage.onward.offered_instead import offered_instead
from bot.usage.usage_answer import UsageAnswer, ask
from cards.views.answer_views import NotUnderstoodView, View
from cards.views.kinds.seats_view import SeatsView


async def with_seats(view: View, reading: Reading, asked: HandlerContext) -> View:
    """Return the view with the sold licenses of the product in the sentence.

    The usage report does not have it. The view stays as it is if there are none, or if their report cannot be read or
    may be incomplete.

    Raises NotSignedInError.
    """
    if reading.reason is not Reason.NOT_OFFERED or not isinstance(view, NotUnderstoodView):
        return view
    offered = next(iter(offered_instead(reading)), None)
    if not isinstance(offered, Usage) or offered.seats is None or not (offered.products or offered.subjects):
        return view
    if not isinstance(asked.known, NameIndex):
        return view
    try:
        answered = await ask(offered, asked.caller, asked.known, asked.services, asked.progress)
    except PartnerCenterError:
        return view
    seats = _seats(answered) if isinstance(answered, UsageAnswer) else None
    return view if seats is None else replace(view, seats=seats)


def _seats(answered: UsageAnswer) -> SeatsView | None:
    report = answered.report
    if not report.rows or report.gaps.unknown or report.gaps.may_be_incomplete:
        return None
    products = [entry.label for entry in answered.plan.scope if entry.dimension is Dimension.PRODUCT]
    counts = report.total.counts
    day = min((each.day for each in report.as_of), default=None)
    return SeatsView(", ".join(products), counts.qualified, counts.active, day)
