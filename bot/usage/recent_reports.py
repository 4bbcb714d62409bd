"""Answers given a short while ago, so that "show more" costs no further request. One person's never serve another."""

from collections import OrderedDict
from collections.abc import Callable

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.query.reports.usage_report import UsageReport

# Long enough to read on; the figures change once a day at most.
KEPT_SECONDS = 900.0
KEPT_ANSWERS = 512
# Rows in all: a report on 50,000 customers by product has a million of them. A longer one is fetched again.
KEPT_ROWS = 200_000

Key = tuple[tuple[str, str], Usage]


class RecentReports:
    """Reports by (caller, question), bounded in number and in rows, the least recently used forgotten first."""

    def __init__(
        self,
        clock: Callable[[], float],
        *,
        seconds: float = KEPT_SECONDS,
        most: int = KEPT_ANSWERS,
        most_rows: int = KEPT_ROWS,
    ) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._most_rows = most_rows
        self._rows = 0
        self._reports: OrderedDict[Key, tuple[float, UsageReport]] = OrderedDict()

    def keep(self, caller: Caller, question: Usage, report: UsageReport) -> None:
        """Remember `report` as this caller's answer to `question`."""
        key = (caller.key, question)
        self._drop(key)
        if len(report.rows) > self._most_rows:
            return
        self._reports[key] = (self._clock() + self._seconds, report)
        self._rows += len(report.rows)
        while len(self._reports) > self._most or self._rows > self._most_rows:
            self._drop(next(iter(self._reports)))

    def find(self, caller: Caller, question: Usage) -> UsageReport | None:
        """The report this very caller was shown lately, if it is still fresh."""
        key = (caller.key, question)
        kept = self._reports.get(key)
        if kept is None:
            return None
        if kept[0] <= self._clock():
            self._drop(key)
            return None
        self._reports.move_to_end(key)
        return kept[1]

    def forget(self, caller: Caller) -> None:
        """Drop everything kept for this caller."""
        for key in [key for key in self._reports if key[0] == caller.key]:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        dropped = self._reports.pop(key, None)
        self._rows -= len(dropped[1].rows) if dropped else 0
