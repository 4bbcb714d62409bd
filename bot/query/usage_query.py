"""A request to the usage API, as data. Pure."""

from dataclasses import dataclass
from datetime import date

from bot.domain.licensing import Field
from bot.domain.report_kind import ReportKind
from bot.query.filters.expression import Expression

# "The maximum value and the default value if not specified is 10000."
# https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
PAGE_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class UsageQuery:
    """One request for rows of a report.

    `processed` is None for the latest day that the API has; `top` is None for the API's page limit. Without `trials`,
    rows of trials are left out when they come: the API cannot be asked to do so.
    """

    expression: Expression | None = None
    groupby: tuple[Field, ...] = ()
    processed: date | None = None
    top: int | None = None
    skip: int = 0
    report: ReportKind = ReportKind.USAGE
    trials: bool = True
