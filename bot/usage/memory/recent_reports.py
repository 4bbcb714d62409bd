"""Recent answers, so that "show more" sends no request.

An answer is returned only to its caller. One that is being fetched when its caller signs out, or has everything
erased, is not kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from cachetools import TTLCache

from bot.commands.command import Usage
from bot.domain.conversation import Caller
from bot.query.reports.usage_report import UsageReport
from bot.usage.compared.compared_figures import ComparedFigures
from bot.usage.query_plan import QueryPlan

# Long enough to read further; the figures change at most once a day.
KEPT_SECONDS = 900.0
KEPT_ANSWERS = 512
# Longer than any answer takes, and people who may be forgotten meanwhile.
FORGOTTEN_SECONDS = 3_600.0
MOST_FORGOTTEN = 10_000
# For all reports together: a report on 50,000 customers by product has a million rows. A longer one is not kept.
KEPT_ROWS = 200_000

# The person, the conversation whose exclusions apply, and the question.
Key = tuple[tuple[str, str], str, Usage]


@dataclass(frozen=True, slots=True)
class RecentReport:
    """A report and the plan that it answers: with them "show more" parses no sentence."""

    plan: QueryPlan
    report: UsageReport
    compared: ComparedFigures | None = None

    @property
    def rows(self) -> int:
        """Return the number of rows that are kept."""
        return len(self.report.rows) + (0 if self.compared is None else len(self.compared.gone))


class RecentAnswer(Protocol):
    """What is kept of an answer."""

    @property
    def rows(self) -> int:
        """The number of rows that are kept."""
        ...


class RecentReports:
    """Answers by caller and question, limited in number and in rows.

    The least recently used go first.
    """

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
        self._reports: TTLCache[Key, RecentAnswer, float] = TTLCache(
            most_rows, seconds, timer=clock, getsizeof=lambda answered: answered.rows
        )
        self._forgets = 0
        self._forgotten: TTLCache[tuple[str, str], int, float] = TTLCache(
            MOST_FORGOTTEN, FORGOTTEN_SECONDS, timer=clock
        )

    def begin(self) -> int:
        """Return a mark of now, for `is_forgotten` and `keep`."""
        return self._forgets

    def is_forgotten(self, caller: Caller, begun: int) -> bool:
        """Return True if `caller` was forgotten since `begun`."""
        return self._forgotten.get(caller.key, 0) > begun

    def keep(self, caller: Caller, question: Usage, answered: RecentAnswer, begun: int | None = None) -> None:
        """Remember `answered` as this caller's answer to `question`.

        It is not kept if the caller was forgotten since it began, at `begun`.
        """
        key = (caller.key, caller.place, question)
        self._reports.pop(key, None)
        if answered.rows > self._most_rows or (begun is not None and self.is_forgotten(caller, begun)):
            return
        self._reports[key] = answered
        while len(self._reports) > self._most:
            self._reports.popitem()

    def find(self, caller: Caller, question: Usage) -> RecentReport | None:
        """The report this very caller was shown lately, if it is still fresh."""
        found = self.find_answer(caller, question)
        return found if isinstance(found, RecentReport) else None

    def find_answer(self, caller: Caller, question: Usage) -> RecentAnswer | None:
        """The same of an answer of any kind."""
        return self._reports.get((caller.key, caller.place, question))

    def latest(self, caller: Caller, fits: Callable[[Usage, RecentReport], bool]) -> tuple[Usage, RecentReport] | None:
        """Return the newest answer to this very caller that `fits`, with its question.

        None if there is none.
        """
        for key in reversed(list(self._reports)):
            answered = self._reports.get(key) if key[:2] == (caller.key, caller.place) else None
            if isinstance(answered, RecentReport) and fits(key[2], answered):
                return key[2], answered
        return None

    def expire(self) -> None:
        """Free the reports whose time is over: the cache does it only when it is changed."""
        self._reports.expire()

    def forget(self, caller: Caller) -> None:
        """Drop every report of this caller, and those that are being fetched."""
        self._forgets += 1
        self._forgotten[caller.key] = self._forgets
        self.drop(caller)

    def drop(self, caller: Caller) -> None:
        """Drop every report of this caller that is there."""
        self._reports.expire()
        for key in [key for key in self._reports if key[0] == caller.key]:
            self._reports.pop(key, None)
