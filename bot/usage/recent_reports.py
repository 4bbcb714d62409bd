"""Answers given a short while ago, so that "show more" costs no further request. One person's never serve another."""

from collections.abc import Callable

from cachetools import TTLCache

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
        self._most = most
        self._most_rows = most_rows
        # Bounded in rows by the cache, in number here.
        self._reports: TTLCache[Key, UsageReport, float] = TTLCache(
            most_rows, seconds, timer=clock, getsizeof=lambda report: len(report.rows)
        )

    def keep(self, caller: Caller, question: Usage, report: UsageReport) -> None:
        """Remember `report` as this caller's answer to `question`."""
        key = (caller.key, question)
        self._reports.pop(key, None)
        if len(report.rows) > self._most_rows:
            return
        self._reports[key] = report
        while len(self._reports) > self._most:
            self._reports.popitem()

    def find(self, caller: Caller, question: Usage) -> UsageReport | None:
        """The report this very caller was shown lately, if it is still fresh."""
        return self._reports.get((caller.key, question))

    def forget(self, caller: Caller) -> None:
        """Drop everything kept for this caller."""
        self._reports.expire()
        for key in [key for key in self._reports if key[0] == caller.key]:
            self._reports.pop(key, None)
