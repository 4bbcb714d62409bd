"""What the two ways of adding rows have in common. Pure.

They are by customer, and over all customers.

Nothing in them depends on the order of the rows: a text is the best of its spellings, not the first one, and what rows
have in common is compared by identities.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import count

from bot.domain.licensing import Dimension, UsageRow, has_figures
from bot.query.sums.folded_texts import NAMED, FoldedTexts, label_of
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.row_kinds import RowKind, RowKinds
from bot.query.sums.row_sums import RowSums
from bot.query.sums.service_dates import ServiceDates
from bot.query.sums.unknown_rows import UnknownRows

# Customers that are remembered by the spelling of their id.
SPELLED_LIMIT = 20_000


class GroupedSums(ABC):
    """The sums of the rows added so far.

    `kept`: the rows are those that count, see `NewestRows`. Without it, `add` raises RowsKeptError for rows that must
    be compared with others. `unknown` counts the rows without usable figures or day; of `unreadable_days` only the day
    is none. `alone` has the identities of the rows without a customer id that are lines of their own, by `id(row)`.
    """

    def __init__(self, by: Sequence[Dimension], days: DayReader, *, kept: bool = False) -> None:
        self._kept = kept
        self._kinds = RowKinds(by, days, ServiceDates(several_days=kept))
        self._numbers = count(1)
        self.alone: dict[int, str] = {}
        self.left_out = UnknownRows()
        self.unknown = 0
        self.unreadable_days = 0

    @abstractmethod
    def add(self, rows: Sequence[UsageRow]) -> list[int]:
        """Add rows and return a mark of each.

        Another row has the same mark only if it is the same row of the report.
        """

    @abstractmethod
    def sums(self) -> Iterator[tuple[MemberLabel | None, Sequence[RowSums]]]:
        """Return the sums of each customer.

        If the report is not listed by customer, those of all.
        """

    @property
    @abstractmethod
    def empty(self) -> bool:
        """Return True if nothing was added."""

    def marks(self, rows: Sequence[UsageRow], texts: FoldedTexts) -> list[int]:
        """Return the marks of rows that are not added."""
        return [self._kinds.of(row).mark ^ hash(texts.identity(row, Dimension.CUSTOMER)) for row in rows]

    def _leave_out(self, row: UsageRow, kind: RowKind) -> None:
        self.unknown += 1
        self.left_out.add(row)
        self.unreadable_days += has_figures(row) and not kind.readable

    def _own_identity(self) -> str:
        """Return the identity of a row without a customer id: it is of a customer of its own."""
        return f"{NAMED}{NAMED}{next(self._numbers):09d}"


def respelled(known: MemberLabel, row: UsageRow) -> MemberLabel:
    """Return the label of a customer after another row of it.

    Its identity stays: that of a customer without an id is not in its rows.
    """
    if known.id == row.customer_id and known.name == row.customer:
        return known
    said = label_of(row.customer_id, row.customer)
    said = MemberLabel(known.identity, said.id, said.name)
    return (known.met(said) or known) if known.text else said
