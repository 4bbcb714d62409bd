"""The answer to whom to call. Pure."""

from dataclasses import dataclass
from datetime import date

import msgspec

from bot.commands.command_document import write
from bot.domain.licensing import Entry
from bot.query.selling.call_list import CustomerCall
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.call_facts import CallsFound
from bot.usage.kinds.selling.calls_view import calls_view
from bot.usage.kinds.selling.kept_answer import unpacked
from bot.usage.kinds.selling.renewal_facts import SourceNote
from bot.usage.query_plan import LeftOut, OwnScope
from cards.views.answer_views import View


@dataclass(frozen=True, slots=True)
class CallAnswer(CallsFound):
    """What was found, as an answer that can be shown, posted and kept."""

    @property
    def rows(self) -> int:
        """Return the number of customers that are kept."""
        return len(self.calls)

    def view(self, part: ShownPart) -> View:
        """Return what a card shows."""
        return calls_view(self, part)

    def packed(self) -> bytes:
        """Return all that `unpack` needs."""
        return msgspec.json.encode(
            _Kept(
                write(self.command), self.plan.scope, self.plan.excluded, self.calls, self.today, dict(self.gaps),
                self.sources, self.earlier, dict(self.doubts), self.plan.own, self.plan.left_out,
            )
        )  # fmt: skip


class _Kept(msgspec.Struct, forbid_unknown_fields=True, tag_field="v", tag=1):
    command: str
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...]
    calls: tuple[CustomerCall, ...]
    today: date
    gaps: dict[str, int]
    sources: tuple[SourceNote, ...]
    earlier: date | None = None
    doubts: dict[str, int] = {}
    own: OwnScope | None = None
    left_out: LeftOut | None = None


def unpack(content: bytes) -> CallAnswer | None:
    """Return the answer that `CallAnswer.packed` wrote, None for anything else."""
    if (found := unpacked(content, _Kept)) is None:
        return None
    kept, command, plan = found
    return CallAnswer(command, plan, kept.calls, kept.today, kept.gaps, kept.sources, kept.earlier, kept.doubts)
