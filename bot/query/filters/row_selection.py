"""All conditions on the rows of a report. Pure."""

from dataclasses import dataclass

from bot.domain.figures import LicenseMeasure, Licenses
from bot.query.filters.amount_range import AmountRange
from bot.query.filters.share_filter import ShareRange


@dataclass(frozen=True, slots=True)
class RowSelection:
    """The conditions of a question, all of which must hold.

    A percentage is of the whole row. Numbers of licenses are never added over workloads, so they are tested workload by
    workload, and one workload must be within all of them. `above 100%` asks for a number of licenses.
    """

    limit: ShareRange | None = None
    amounts: tuple[AmountRange, ...] = ()

    @property
    def asks_workloads(self) -> bool:
        """Return True if there is a condition on single workloads."""
        return bool(self.amounts) or self._asks_beyond

    @property
    def measure(self) -> LicenseMeasure:
        """Return by which number the rows are sorted if the question does not say so."""
        beyond = any(each.measure is LicenseMeasure.BEYOND and each.low for each in self.amounts)
        return LicenseMeasure.BEYOND if beyond or self._asks_beyond else LicenseMeasure.UNUSED

    def admits_workload(self, licenses: Licenses) -> bool:
        """Return True if a workload is within all conditions on single workloads."""
        if self._asks_beyond and self.limit is not None and not self.limit.admits(licenses):
            return False
        return all(each.admits(licenses) for each in self.amounts)

    def admits_row(self, licenses: Licenses) -> bool:
        """Return True if the percentage of a row is within its bounds.

        `licenses` are of all its workloads.
        """
        return self.limit is None or self._asks_beyond or self.limit.admits(licenses)

    @property
    def _asks_beyond(self) -> bool:
        return self.limit is not None and self.limit.asks_beyond


EVERYTHING = RowSelection()
