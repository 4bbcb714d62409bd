"""What the figures mean: the one place that everything that shows them uses. Pure.

A row is the finest thing that the report has: a customer, a product, a workload, a channel and a service.

- unused: qualified licenses without use, max(qualified - active, 0) of each row. Of several rows it is their sum, never
  the difference of two sums: 11 active of 0 (a trial) does not use up the 3 that are unused of 8.
- beyond: active licenses that are not qualified, max(active - qualified, 0) of each row.
- used: qualified licenses in use, min(active, qualified) of each row.
- share: used / qualified, never over 1, None ("n/a") if nothing is qualified.

A person's license counts once in each workload, so figures of several workloads are never added to a number of
licenses. The ratio of all is shown, and the workload with most unused with its own figures.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.licensing import Entry


@dataclass(frozen=True, slots=True)
class Licenses:
    """Numbers of licenses of one row, or the sums of several rows.

    `active` and `qualified` are as the service says. `unused` is the sum of what is unused in each row.
    """

    active: int = 0
    qualified: int = 0
    unused: int = 0

    @classmethod
    def of(cls, active: int, qualified: int) -> "Licenses":
        """Return the figures of one row."""
        return cls(active, qualified, max(qualified - active, 0))

    def __add__(self, other: "Licenses") -> "Licenses":
        return Licenses(self.active + other.active, self.qualified + other.qualified, self.unused + other.unused)

    @property
    def used(self) -> int:
        """Return the number of qualified licenses in use."""
        return self.qualified - self.unused

    @property
    def beyond(self) -> int:
        """Return the number of active licenses without a qualified license."""
        return self.active - self.used

    @property
    def share(self) -> float | None:
        """Return used / qualified, between 0 and 1.

        None ("n/a") if no license is qualified.
        """
        return self.used / self.qualified if self.qualified else None

    @property
    def percent(self) -> int | None:
        """Return `share` in whole percent, rounded half up; None for "n/a".

        It is rounded as a spreadsheet does. It is never 100 while something is unused, and never 0 while something is
        used.
        """
        if not self.qualified:
            return None
        # In integers: a float cannot represent every half.
        rounded = (200 * self.used + self.qualified) // (2 * self.qualified)
        return min(max(rounded, 1 if self.used else 0), 99 if self.unused else 100)


class LicenseMeasure(StrEnum):
    """Which number of licenses a condition or an order is about."""

    ACTIVE = "active"
    QUALIFIED = "qualified"
    UNUSED = "unused"
    BEYOND = "beyond"

    def of(self, licenses: Licenses) -> int:
        """Return this number of `licenses`."""
        number: int = getattr(licenses, self)
        return number


@dataclass(frozen=True, slots=True)
class WorkloadLicenses:
    """A workload with its numbers of licenses."""

    workload: Entry
    licenses: Licenses


@dataclass(frozen=True, slots=True)
class LicenseFigures:
    """The figures of a row of a report, or of its total.

    `sums` adds all rows. If they are of several workloads, only their ratio may be shown, and `worst` is the workload
    with most unused (or the one that the question's condition selects). If they are of one workload, `worst` is None.
    """

    sums: Licenses = Licenses()
    worst: WorkloadLicenses | None = None

    @property
    def withheld(self) -> bool:
        """Return True if there is no number of licenses: there are several workloads."""
        return self.worst is not None

    @property
    def counts(self) -> Licenses:
        """Return the numbers that may be shown: of the worst workload if several."""
        return self.sums if self.worst is None else self.worst.licenses

    @property
    def share(self) -> float | None:
        """Return used / qualified over all workloads, None for "n/a"."""
        return self.sums.share

    @property
    def percent(self) -> int | None:
        """Return `share` in whole percent as it is shown, None for "n/a"."""
        return self.sums.percent
