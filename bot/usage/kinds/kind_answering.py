"""Use case: answer a question of another kind than figures."""

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.names.name_index import NameIndex
from bot.partner_center.usage_client import Progress
from bot.usage.kinds.kind_answer import KindAnswer, ShownPart
from bot.usage.kinds.kind_table import KINDS
from bot.usage.usage_services import UsageServices
from cards.views.answer_views import ErrorView, NoMatchView, PickerView, View
from cards.views.usage_views import ROWS_ON_CARD


async def ask_kind(
    command: Usage, caller: Caller, names: NameIndex, services: UsageServices, progress: Progress | None = None
) -> KindAnswer | PickerView | NoMatchView | ErrorView:
    """Return the answer, or a view that asks what a name means.

    A document of a newer release may ask for a kind that this one does not have. Raises PartnerCenterError and
    NotSignedInError.
    """
    made = KINDS.get(command.kind)
    return ErrorView("kind_unknown") if made is None else await made.ask(command, caller, names, services, progress)


async def answer_kind(
    command: Usage,
    caller: Caller,
    names: NameIndex,
    services: UsageServices,
    progress: Progress | None,
    shown: int,
    start: int = 0,
) -> View:
    """Return the view of the rows up to `shown`, of which those from `start` are new.

    If rows are asked for that the caller saw lately, no request is sent. Raises what `ask_kind` raises.
    """
    part = ShownPart(shown, start, services.posts_digests, services.today(caller), caller.locale)
    recent = services.recent.find_answer(caller, command) if shown != ROWS_ON_CARD or start else None
    if isinstance(recent, KindAnswer):
        return recent.view(part)
    answered = await ask_kind(command, caller, names, services, progress)
    if not isinstance(answered, KindAnswer):
        return answered
    services.recent.keep(caller, command, answered, answered.begun)
    return answered.view(part)
