"""Parse the query string, as strictly as the documents describe it. Pure.

https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
Names have no `$`, and are accepted only in the documents' spelling.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from bot.domain.licensing import Field
from bot.simulator.partner_center.wire.service_refusals import invalid
from bot.simulator.partner_center.world.odata_filter import USAGE_FIELDS, Condition, Fields, read_filter

PAGE_LIMIT = (
    10_000  # "the maximum value and the default value if not specified"; not imported from the client under test
)
NAMES = ("top", "skip", "filter", "groupby", "processedDateTime")
_NUMBER = re.compile(r"[0-9]{1,12}")
# A DateTime of the service, or its date alone.
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,7})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A parsed request.

    `processed` None is the latest day. `key` is equal for requests that differ in their page only.
    """

    condition: Condition | None
    groupby: tuple[Field, ...]
    processed: date | None
    top: int
    skip: int
    key: tuple[str, ...]


def read_parameters(
    pairs: Mapping[str, str], count: int, page_limit: int = PAGE_LIMIT, fields: Fields = USAGE_FIELDS
) -> ReportRequest:
    """Parse the parameters; `count` is how many were sent.

    More parameters than names mean that one was sent twice. `page_limit` is the most rows of a page, and the number of
    rows if `top` is missing. `fields` are those of the report.

    Raises ServiceRefusedError (400 3000) for an unknown name, a repeated name, and any value that is not as documented.
    """
    unknown = [name for name in pairs if name not in NAMES]
    if unknown:
        raise invalid(f"The parameter {unknown[0]} is not supported; use {', '.join(NAMES)}.")
    if count != len(pairs):
        raise invalid("A parameter may be given once only.")
    top, skip = read_page(pairs, page_limit)
    return ReportRequest(
        condition=read_filter(pairs["filter"], fields) if "filter" in pairs else None,
        groupby=_groupby(pairs["groupby"], fields) if "groupby" in pairs else (),
        processed=_day(pairs["processedDateTime"]) if "processedDateTime" in pairs else None,
        top=top,
        skip=skip,
        key=tuple(chain.from_iterable((name, pairs[name]) for name in NAMES[2:] if name in pairs)),
    )


def read_page(pairs: Mapping[str, str], page_limit: int) -> tuple[int, int]:
    """Return `top` and `skip`.

    Raises ServiceRefusedError (400 3000) if one is not as documented.
    """
    top = _number("top", pairs.get("top", str(page_limit)))
    if not 1 <= top <= page_limit:
        raise invalid(f"top must be between 1 and {page_limit}.")
    return top, _number("skip", pairs.get("skip", "0"))


def _number(name: str, text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise invalid(f"{name} must be a whole number, not negative.")
    return int(text)


def _groupby(text: str, fields: Fields) -> tuple[Field, ...]:
    names = [name.strip() for name in text.split(",")]
    for name in names:
        if name not in fields:
            raise invalid(f"groupby does not take {name or 'an empty name'}; use {', '.join(fields)}.")
    if len(set(names)) != len(names):
        raise invalid("groupby names a field twice.")
    return tuple(fields[name] for name in names)


def _day(text: str) -> date:
    refusal = invalid("processedDateTime must be a date, like 2018-10-14 or 2018-10-14T00:00:00.")
    if not _DATE_TIME.fullmatch(text):
        raise refusal
    fraction = re.sub(r"(\.[0-9]{1,6})[0-9]*", r"\1", text)  # the service's DateTime has seven digits
    try:
        return datetime.fromisoformat(fraction).date()
    except ValueError:
        raise refusal from None
