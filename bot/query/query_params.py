"""UsageQuery -> query parameters. Pure.

The parameters' names have no `$`, unlike those of OData:
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from bot.query.filters.filter_compiler import compile_filter
from bot.query.usage_query import UsageQuery


def params(query: UsageQuery) -> dict[str, str]:
    """Return the parameters as text, not yet percent-encoded.

    Fields that are None or empty are omitted.
    """
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
