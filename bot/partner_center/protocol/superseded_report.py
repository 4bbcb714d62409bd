"""The superseded reports over one customer.

When they can replace the current ones, and how to read them. Pure. They have no filter. Their samples omit ids and
codes, and have the service's code in `serviceName`:
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-usage-information#response-example
https://learn.microsoft.com/en-us/partner-center/developer/get-customer-licenses-deployment-information#response-example
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from bot.domain.guid import parse_guid
from bot.domain.licensing import Field, UsageRow
from bot.domain.report_kind import ReportKind
from bot.errors import EndpointMissingError
from bot.query.filters.expression import And, Eq, Expression, Ne, Or
from bot.query.filters.filter_matcher import decide, fields
from bot.query.usage_query import UsageQuery

# The codes and names that Microsoft's pages show together. For other codes the name is not documented.
WORKLOADS = {"EXO": "Exchange", "SPO": "SharePoint", "SFB": "Skype For Business"}
SERVICES = {"o365": "Microsoft Office 365", "crm": "Microsoft Dynamics"}

_WORKLOAD_CODES = {name.casefold(): code for code, name in WORKLOADS.items()}
_SERVICE_CODES = {name.casefold(): code for code, name in SERVICES.items()} | {code: code for code in SERVICES}


def only_customer(query: UsageQuery) -> str | None:
    """Return the tenant id of the only customer that the query is about.

    None if this report cannot answer it. The superseded report has neither earlier days nor groups.
    """
    if query.expression is None or query.groupby or query.processed is not None or query.skip:
        return None
    pinned = _pinned(query.expression)
    return parse_guid(pinned) if pinned else None


def select(rows: Iterable[UsageRow], expression: Expression, customer_id: str) -> Sequence[UsageRow]:
    """Return the rows that match the expression.

    They are completed with the customer id and the documented codes. Raises EndpointMissingError when a match depends
    on a value that the rows lack: a wrong sum is worse than no answer.
    """
    by_name = _in_names(expression)
    found = []
    for row in rows:
        whole = _completed(row, customer_id)
        verdict = decide(expression if whole.workload_code else by_name, whole)
        if verdict is None:
            asked = ", ".join(sorted(fields(expression)))
            raise EndpointMissingError(f"only the superseded report is there, and it does not tell all of: {asked}")
        if verdict:
            found.append(whole)
    return found


def says_nothing(report: ReportKind, rows: int) -> bool:
    """Return True if an answer with so many rows is no statement about the customer.

    The superseded deployment report is empty for some partners, whatever was sold:
    https://github.com/microsoft/Partner-Center-PowerShell/issues/378
    """
    return report is ReportKind.DEPLOYMENT and not rows


def _pinned(expression: Expression) -> str | None:
    match expression:
        case Eq(Field.CUSTOMER_TENANT_ID, value):
            return value
        case And(terms):
            pins = {pin.casefold() for pin in map(_pinned, terms) if pin}
            return pins.pop() if len(pins) == 1 else None
        case Or(terms):
            pins = {(pin or "").casefold() for pin in map(_pinned, terms)}
            return pins.pop() if len(pins) == 1 else None
        case _:
            return None


def _completed(row: UsageRow, customer_id: str) -> UsageRow:
    workload = (row.workload or "").casefold()
    service = _SERVICE_CODES.get((row.service or "").casefold())
    return replace(
        row,
        customer_id=row.customer_id or customer_id.upper(),
        workload_code=row.workload_code or _WORKLOAD_CODES.get(workload),
        service_code=row.service_code or service,
        service=SERVICES[service] if service else row.service,
    )


def _in_names(expression: Expression) -> Expression:
    """Rewrite the expression for a row without a workload code.

    Such a row has a workload name without a documented code.
    A documented code belongs to another workload, so it does not match. Any other code may be the name itself
    ("Teams"), or the result is unknown.
    """
    match expression:
        case Eq(Field.WORKLOAD_CODE, value):
            named = WORKLOADS.get(value.upper())
            return Eq(Field.WORKLOAD_NAME, named) if named else Or((expression, Eq(Field.WORKLOAD_NAME, value)))
        case Ne(Field.WORKLOAD_CODE, value):
            named = WORKLOADS.get(value.upper())
            return Ne(Field.WORKLOAD_NAME, named) if named else And((expression, Ne(Field.WORKLOAD_NAME, value)))
        case And(terms):
            return And(tuple(map(_in_names, terms)))
        case Or(terms):
            return Or(tuple(map(_in_names, terms)))
        case _:
            return expression
