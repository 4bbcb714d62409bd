"""Use case: the figures of some customers, for the preview of each."""

from collections.abc import Mapping, Sequence

from bot.commands.command import Name, Usage
from bot.domain.conversation import Caller
from bot.domain.licensing import Dimension, Entry
from bot.names.name_index import NameIndex
from bot.usage.memory.recent_reports import RecentReport
from bot.usage.shown_figures import row_figures
from bot.usage.usage_answer import UsageAnswer, ask
from bot.usage.usage_services import UsageServices
from cards.views.usage_views import Figures


async def customer_figures(
    entries: Sequence[Entry], caller: Caller, names: NameIndex, services: UsageServices
) -> Mapping[str, Figures]:
    """Return the figures of each customer that has some, by id.

    They are fetched with the token of `caller`, and kept for this caller for a while: a person who types asks for the
    same customers again. Raises PartnerCenterError and NotSignedInError.
    """
    question = Usage(customers=tuple(Name(entry.id) for entry in entries), by=(Dimension.CUSTOMER,))
    recent = services.recent.find(caller, question)
    if recent is None:
        answered = await ask(question, caller, names, services)
        if not isinstance(answered, UsageAnswer):  # a name is not known any more
            return {}
        recent = RecentReport(answered.plan, answered.report)
        services.recent.keep(caller, question, recent, answered.begun)
    figures = row_figures(recent.report.rows, recent.report)
    found = zip(recent.report.rows, figures, strict=True)
    ids = {entry.id.casefold(): entry.id for entry in entries}
    told = ((row.entries.get(Dimension.CUSTOMER), shown) for row, shown in found)
    return {ids[entry.id.casefold()]: shown for entry, shown in told if entry and entry.id.casefold() in ids}
