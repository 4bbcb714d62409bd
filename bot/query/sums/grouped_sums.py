"""What the two ways of adding rows have in common. Pure.

They are by customer, and over all customers.

Nothing in them depends on the order of the rows: a text is the best of its spellings, not the first one, and what rows
have in common is compared by identities.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count

from bot.domain.licensing import Dimension, UsageRow, has_figures
from bot.query.sums.folded_texts import FoldedTexts
from bot.query.sums.member_label import NAMED, MemberLabel
from bot.query.sums.processed_day import DayReader
from bot.query.sums.row_kinds import RowKind, RowKinds
from bot.query.sums.row_sums import RowSums
from bot.query.sums.service_dates import ServiceDates
from bot.query.sums.unknown_rows import UnknownRows


class GroupedSums(ABC):
    """The sums of the rows added so far.

    `kept`: the rows are those that count, see `NewestRows`. Without it, `add` raises RowsKeptError for rows that must
    be compared with others. `unknown` counts the rows without usable figures or day; of `unreadable_days` only the day
    is none. `alone` has the identities of the rows without a customer id that are lines of their own, by `id(row)`.
    """

    def __init__(self, by: Sequence[Dimension], days: DayReader, *, kept: bool) -> None:
        self._kept = kept
        self._kinds = RowKinds(by, days, ServiceDates(several_days=kept))
        self._numbers = count(1)
        # By kind, the customers of the rows that are not in the sums, or have no customer id.
        self._apart: defaultdict[int, list[int]] = defaultdict(list)
        self.alone: dict[int, str] = {}
        self._lacking = 0
        self.left_out = UnknownRows(by)
        self.unknown = 0
        self.unreadable_days = 0

    @abstractmethod
    def add(self, rows: Sequence[UsageRow]) -> None:
        """Add rows."""

    def customers(self) -> dict[int, list[Sequence[int]]]:
        """Return hashes of the customers of all rows since the last call, by kind.

        Two rows of one kind and customer are the same row of the report.
        """
        found = self._kinds.customers()
        apart, self._apart = self._apart, defaultdict(list)
        for mark, customers in apart.items():
            found.setdefault(mark, []).append(customers)
        return found

    @abstractmethod
    def sums(self) -> Iterator[tuple[MemberLabel | None, Sequence[RowSums]]]:
        """Return the sums of each customer.

        If the report is not listed by customer, those of all.
        """

    @property
    def odd(self) -> int:
        """Return how many rows were the first of their kind, or lack something.

        Adding them takes ten times as long as adding others.
        """
        return self._kinds.made + self._lacking

    @property
    @abstractmethod
    def empty(self) -> bool:
        """Return True if nothing was added."""

    def note(self, rows: Sequence[UsageRow], texts: FoldedTexts) -> None:
        """Note the customers of rows that are not added."""
        for row in rows:
            self._set_apart(self._kinds.of(row), hash(texts.identity(row, Dimension.CUSTOMER)))

    def _leave_out(self, row: UsageRow, kind: RowKind) -> None:
        self._set_apart(kind, kind.rows.pop())
        self.unknown += 1
        self.left_out.add(row)
        self.unreadable_days += has_figures(row) and not kind.readable

    def _set_apart(self, kind: RowKind, customer: int) -> None:
        self._lacking += 1
        self._apart[kind.mark].append(customer)

    def _own_identity(self) -> str:
        """Return the identity of a row without a customer id: it is of a customer of its own."""
        return f"{NAMED}{NAMED}{next(self._numbers):09d}"
