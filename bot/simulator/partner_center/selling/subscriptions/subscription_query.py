"""Parse the query string of the subscription analytics. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics#uri-parameters
Its pages write `groupby` in the syntax and `groupBy` in the table and the example: both are taken, one at a time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from bot.simulator.partner_center.query_string import PAGE_LIMIT, read_page
from bot.simulator.partner_center.selling.subscriptions.analytics_fields import DATES, GROUPED, DateLiteral
from bot.simulator.partner_center.selling.subscriptions.subscription_filter import Test, read_subscription_filter
from bot.simulator.partner_center.wire.service_refusals import invalid

NAMES = ("top", "skip", "filter", "groupby", "groupBy", "aggregationLevel")
_LEVELS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class SubscriptionQuery:
    """A parsed request.

    `level` is how dates are grouped; "" leaves them as they are. `key` is equal for requests that differ in their page
    only.
    """

    test: Test | None
    groupby: tuple[str, ...]
    level: str
    top: int
    skip: int
    key: tuple[str, ...]


def read_subscription_query(
    pairs: Mapping[str, str], count: int, literal: DateLiteral = "both", page_limit: int = PAGE_LIMIT
) -> SubscriptionQuery:
    """Parse the parameters; `count` is how many were sent.

    `literal` is how dates may be written.

    Raises ServiceRefusedError (400 3000) for an unknown name, a repeated name, and any value that is not as documented.
    """
    unknown = [name for name in pairs if name not in NAMES]
    if unknown:
        raise invalid(f"The parameter {unknown[0]} is not supported; use {', '.join(NAMES)}.")
    if count != len(pairs) or {"groupby", "groupBy"} <= pairs.keys():
        raise invalid("A parameter may be given once only.")
    top, skip = read_page(pairs, page_limit)
    grouped = pairs.get("groupby", pairs.get("groupBy"))
    groupby = () if grouped is None else _groupby(grouped)
    return SubscriptionQuery(
        test=read_subscription_filter(pairs["filter"], literal) if "filter" in pairs else None,
        groupby=groupby,
        level=_level(pairs["aggregationLevel"], groupby) if "aggregationLevel" in pairs else "",
        top=top,
        skip=skip,
        key=tuple(chain.from_iterable((name, pairs[name]) for name in NAMES[2:] if name in pairs)),
    )


def _groupby(text: str) -> tuple[str, ...]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in GROUPED:
            raise invalid(f"groupby does not take {name or 'an empty name'}; use {', '.join(GROUPED)}.")
    if len(set(names)) != len(names):
        raise invalid("groupby names a field twice.")
    return tuple(names)


def _level(text: str, groupby: tuple[str, ...]) -> str:
    if text not in _LEVELS:
        raise invalid(f"aggregationLevel takes {', '.join(_LEVELS)}.")
    if not set(groupby) & set(DATES):
        raise invalid("aggregationLevel applies to a date in groupby only.")
    return text
