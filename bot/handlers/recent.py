"""Answers given a short while ago, so that "show more" costs no further request. One person's never serve another."""

from collections import OrderedDict
from collections.abc import Callable

from bot.commands.command import Usage
from bot.model import Caller
from bot.query.report import UsageReport

# Long enough to read on; the figures change once a day at most.
KEPT_SECONDS = 900.0
KEPT_ANSWERS = 512


class Recent:
    """A bounded memory of reports by (caller, question), the least recently used forgotten first."""

    def __init__(self, clock: Callable[[], float], *, seconds: float = KEPT_SECONDS, most: int = KEPT_ANSWERS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._most = most
        self._reports: OrderedDict[tuple[tuple[str, str], Usage], tuple[float, UsageReport]] = OrderedDict()

    def keep(self, caller: Caller, question: Usage, report: UsageReport) -> None:
        """Remember `report` as this caller's answer to `question`."""
        key = (caller.key, question)
        self._reports[key] = (self._clock() + self._seconds, report)
        self._reports.move_to_end(key)
        while len(self._reports) > self._most:
            self._reports.popitem(last=False)

    def find(self, caller: Caller, question: Usage) -> UsageReport | None:
        """The report this very caller was shown lately, if it is still fresh."""
        key = (caller.key, question)
        kept = self._reports.get(key)
        if kept is None:
            return None
        if kept[0] <= self._clock():
            del self._reports[key]
            return None
        self._reports.move_to_end(key)
        return kept[1]

    def forget(self, caller: Caller) -> None:
        """Drop everything kept for this caller."""
        for key in [key for key in self._reports if key[0] == caller.key]:
            del self._reports[key]
