"""The two reports about licenses, and what is counted in the second. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-deployment-information
"""

from enum import StrEnum

from bot.domain.figures import LicenseMeasure


class ReportKind(StrEnum):
    """A report of Partner Center.

    USAGE counts by workload how many licenses are used, DEPLOYMENT by product how many are sold and assigned.
    """

    USAGE = "usage"
    DEPLOYMENT = "deployment"


class SeatMeasure(StrEnum):
    """Which number of sold licenses a question is about.

    USED is the usage of sold licenses, for which both reports are needed.
    """

    SOLD = "sold"
    ASSIGNED = "assigned"
    UNASSIGNED = "unassigned"
    USED = "used"

    @property
    def number(self) -> LicenseMeasure:
        """Return which of the figures it is.

        A row of the deployment report has them in the same places as one of usage. Raises KeyError for USED, which is
        none of them.
        """
        return _NUMBERS[self]


_NUMBERS = {
    SeatMeasure.SOLD: LicenseMeasure.QUALIFIED,
    SeatMeasure.ASSIGNED: LicenseMeasure.ACTIVE,
    SeatMeasure.UNASSIGNED: LicenseMeasure.UNUSED,
}
