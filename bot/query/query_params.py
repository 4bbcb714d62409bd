"""UsageQuery -> query parameters. Pure.

The parameters' names have no `$`, unlike those of OData:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from bot.domain.licensing import DEPLOYMENT_FIELDS, Field
from bot.domain.report_kind import ReportKind
from bot.errors import FilterError
from bot.query.filters.filter_compiler import compile_filter
from bot.query.filters.filter_matcher import fields
from bot.query.usage_query import UsageQuery


def params(query: UsageQuery) -> dict[str, str]:
    """Return the parameters as text, not yet percent-encoded.

    Fields that are None or empty are omitted. Raises FilterError for a field that the report does not have: the service
    would refuse the request.
    """
    if query.report is ReportKind.DEPLOYMENT:
        _check_fields(query)
    found: dict[str, str] = {}
    if query.top is not None:
        found["top"] = str(query.top)
    if query.skip:
        found["skip"] = str(query.skip)
    if query.expression is not None:
        found["filter"] = compile_filter(query.expression)
    if query.groupby:
        found["groupby"] = ",".join(query.groupby)
    if query.processed is not None:
        found["processedDateTime"] = query.processed.isoformat()
    return found


def _check_fields(query: UsageQuery) -> None:
    """Raise FilterError if the query names a workload: only the usage report has them."""
    asked = [*query.groupby, *(() if query.expression is None else sorted(fields(query.expression)))]
    if other := [field for field in asked if field not in DEPLOYMENT_FIELDS]:
        raise FilterError(0, other[0], tuple(field for field in Field if field in DEPLOYMENT_FIELDS))
