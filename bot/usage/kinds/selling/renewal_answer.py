"""The answer to a question about renewals. Pure."""

from dataclasses import dataclass
from datetime import date

import msgspec

from bot.commands.command_document import write
from bot.domain.licensing import Entry
from bot.query.selling.line_choice import Undecided
from bot.query.selling.renewal_line import RenewalLine, WorkloadUse
from bot.usage.kinds.kind_answer import ShownPart
from bot.usage.kinds.selling.kept_answer import unpacked
from bot.usage.kinds.selling.renewal_facts import RenewalFacts, SourceNote
from bot.usage.kinds.selling.renewals_view import renewals_view
from bot.usage.query_plan import LeftOut, OwnScope
from cards.views.answer_views import View


@dataclass(frozen=True, slots=True)
class RenewalAnswer(RenewalFacts):
    """What was found, as an answer that can be shown, posted and kept."""

    @property
    def rows(self) -> int:
        """Return the number of lines that are kept."""
        return len(self.lines)

    def view(self, part: ShownPart) -> View:
        """Return what a card shows."""
        return renewals_view(self, part)

    def packed(self) -> bytes:
        """Return all that `unpack` needs."""
        plan = self.plan
        return msgspec.json.encode(
            _Kept(
                write(self.command), plan.scope, plan.excluded, self.lines, self.matched, self.today,
                dict(self.undecided), dict(self.gaps), self.sources, self.use, plan.own, plan.left_out,
            )
        )  # fmt: skip


class _Kept(msgspec.Struct, forbid_unknown_fields=True, tag_field="v", tag=1):
    command: str
    scope: tuple[Entry, ...]
    excluded: tuple[Entry, ...]
    lines: tuple[RenewalLine, ...]
    matched: int
    today: date
    undecided: dict[Undecided, int]
    gaps: dict[str, int]
    sources: tuple[SourceNote, ...]
    use: WorkloadUse | None = None
    own: OwnScope | None = None
    left_out: LeftOut | None = None


def unpack(content: bytes) -> RenewalAnswer | None:
    """Return the answer that `RenewalAnswer.packed` wrote, None for anything else."""
    if (found := unpacked(content, _Kept)) is None:
        return None
    kept, command, plan = found
    return RenewalAnswer(
        command, plan, kept.lines, kept.matched, kept.today, kept.undecided, kept.gaps, kept.sources, kept.use
    )
