"""The days of an answer by service, and what is missing in it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.licensing import ServiceDate
from bot.query.reports.report_builder import ShownItems
from bot.query.reports.report_gaps import Gaps
from bot.query.reports.service_dates import ServiceDates


@dataclass(frozen=True, slots=True)
class ServiceDays:
    """The days of an answer, see `AnswerDays`."""

    services: ServiceDates
    gaps_of: Callable[[ShownItems | None], Gaps]

    def as_of(self, shown: ShownItems | None) -> tuple[ServiceDate, ...]:
        """Return the days of each service with a shown item."""
        return self.services.as_of(None if shown is None else shown.groups)

    def gaps(self, shown: ShownItems | None) -> Gaps:
        """Return what the figures of the shown items leave out."""
        return self.gaps_of(shown)
