"""The answer to a question about the use of sold licenses. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from bot.commands.command_document import write
from bot.domain.licensing import Entry
from bot.query.selling.sold_use import SoldUse
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.kept_answer import unpacked
from bot.usage.kinds.selling.renewal_facts import SourceNote
from bot.usage.kinds.selling.sold_use_facts import SoldUseFacts
from bot.usage.kinds.selling.sold_use_view import sold_use_view
from bot.usage.query_plan import LeftOut, OwnScope
from cards.views.answer_views import View


@dataclass(frozen=True, slots=True)
class SoldUseAnswer(SoldUseFacts):
    """What was found, as an answer that can be shown, posted and kept."""

    @property
    def rows(self) -> int:
        """Return the number of lines that are kept."""
        return len(self.lines)

    def view(self, part: ShownPart) -> View:
        """Return what a card shows."""
        return sold_use_view(self, part)

    def packed(self) -> bytes:
        """Return all that `unpack` needs."""
        return msgspec.json.encode(
            _Kept(
                write(self.command), self.plan.scope, self.plan.excluded, self.lines, self.matched, self.today,
                dict(self.counted), self.sources, self.plan.own, self.plan.left_out,
            )
        )  # fmt: skip


class _Kept(msgspec.Struct, forbid_unknown_fields=True, tag_field="v", tag=1):
    command: str
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...]
    lines: tuple[SoldUse, ...]
    matched: int
    today: date
    counted: Mapping[str, int]
    sources: tuple[SourceNote, ...]
    own: OwnScope | None = None
    left_out: LeftOut | None = None


def unpack(content: bytes) -> SoldUseAnswer | None:
    """Return the answer that `SoldUseAnswer.packed` wrote, None for anything else."""
    if (found := unpacked(content, _Kept)) is None:
        return None
    kept, command, plan = found
    return SoldUseAnswer(command, plan, kept.lines, kept.matched, kept.today, kept.counted, kept.sources)
