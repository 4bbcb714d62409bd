"""Faults by the names that `usagebot demo --faults` takes. Pure."""

from collections.abc import Iterable, Mapping

import msgspec

from bot.simulator.partner_center.faults.fault_types import (
    ChangedNames,
    Days,
    Fault,
    IgnoreMfa,
    NextLink,
    OddRow,
    Refuse,
    Total,
)
from bot.simulator.partner_center.selling.selling_faults import SELLING_FAULTS, SELLING_MEANINGS

_ODD_ROWS = (
    OddRow(form="no_count", times=None),
    OddRow(form="negative_count", times=None),
    OddRow(form="fraction", times=None),
    OddRow(form="huge_count", times=None),
    OddRow(form="older_day", times=None),
    OddRow(form="ambiguous_day", times=None),
    OddRow(form="sentinel_day", times=None),
    OddRow(form="future_day", times=None),
    OddRow(form="invisible_code", times=None),
    OddRow(form="no_id", times=None),
    OddRow(form="no_row", times=None),
    OddRow(form="repeated_row", times=None),
    OddRow(form="error_beside", times=None),
)
_PAGING: dict[str, tuple[Fault, ...]] = {
    "link_prefix_twice": (NextLink(form="prefix_twice", times=None), Total(times=None)),
    "link_foreign": (NextLink(times=None), Total(times=None)),
    "link_to_inner_host": (NextLink(form="inner", times=None), Total(times=None)),
    "link_at_root": (NextLink(form="api_root", times=None), Total(times=None)),
    "link_to_itself": (NextLink(form="self", times=None), Total(times=None)),
    "pages_overlap": (NextLink(form="overlap", times=None),),
    "link_missing": (NextLink(form="none", times=None), Total(times=None)),
    "page_not_found": (Refuse(status=404, code="1000", further_pages=True, times=None),),
    "names_change": (ChangedNames(times=None),),
    "total_too_large": (Total(form="more", times=None),),
    "total_too_small": (Total(form="less", times=None),),
    "total_of_page": (Total(form="page", times=None),),
}
# They are in the world, not in an answer: all answers must agree on a name.
ALIKE_NAMES = "alike_names"
OTHER_SCRIPTS = "other_scripts"
MORE_WORKLOADS = "more_workloads"
# They are about the person who asks.
FACTOR_ELSEWHERE = "factor_elsewhere"
NO_FACTOR = "no_factor"
NAMED_FAULTS: Mapping[str, tuple[Fault, ...]] = {
    **{fault.form: (fault,) for fault in _ODD_ROWS},
    **_PAGING,
    ALIKE_NAMES: (),
    OTHER_SCRIPTS: (),
    MORE_WORKLOADS: (),
    FACTOR_ELSEWHERE: (),
    NO_FACTOR: (),
    "mfa_ignored": (IgnoreMfa(times=None),),
    "days_differ": (Days(times=None),),
    "days_alternate": (Days(form="alternate", times=None),),
    **dict.fromkeys(SELLING_FAULTS, ()),  # they are switches of the service
}

# What each fault does, for people who choose one.
FAULT_MEANINGS: Mapping[str, str] = {
    "no_count": "a row has no active count",
    "negative_count": "a count is -1",
    "fraction": "a count is 12.5",
    "huge_count": "a count is 2^63",
    "older_day": "a row is of two days before",
    "ambiguous_day": "a day can be read as March or October",
    "sentinel_day": "a day is in year 1",
    "future_day": "a day is in 2099",
    "invisible_code": "a workload code ends with an invisible character",
    "no_id": "a customer id has only zeros",
    "no_row": "a row is null",
    "repeated_row": "a row comes twice",
    "error_beside": "an error is beside the rows",
    "link_prefix_twice": "links to further pages have their prefix twice",
    "link_foreign": "links lead to another host",
    "link_to_inner_host": "links name a server behind a gateway",
    "link_at_root": "links are relative to the root of the API",
    "link_to_itself": "links lead to the same page",
    "pages_overlap": "pages repeat the last row before them, and a row is lost",
    "link_missing": "full pages have no link",
    "page_not_found": "further pages are answered with 404, whatever is asked",
    "total_too_large": "more rows are announced than there are",
    "total_too_small": "fewer rows are announced than there are",
    "total_of_page": "the announced rows are those of the page",
    ALIKE_NAMES: "three customers have names that look the same",
    FACTOR_ELSEWHERE: "your second factor never reaches the token, as of a federated sign-in",
    NO_FACTOR: "you have no second factor",
    "mfa_ignored": "tokens without a second factor are accepted",
    MORE_WORKLOADS: "some customers have six more workloads",
    "days_differ": "the figures of Dynamics are nine days older",
    "days_alternate": "every other row is of two days before",
    "names_change": "customers and products are called otherwise on further pages",
    OTHER_SCRIPTS: "five customers have Cyrillic or Turkish names, or names in quotes",
    **SELLING_MEANINGS,
}

# Rows per page with a fault of paging: the demo's small world has several pages then.
SMALL_PAGE = 100


def faults_named(names: Iterable[str]) -> tuple[Fault, ...]:
    """Return the faults. Raises KeyError for a name that is not in `NAMED_FAULTS`.

    The first odd row is the second of a page, and each further one is the row below. They are made from the last one
    up, for some of them add a row.
    """
    found: list[Fault] = []
    place = 1
    for fault in (fault for name in names for fault in NAMED_FAULTS[name]):
        if isinstance(fault, OddRow):
            found.insert(0, msgspec.structs.replace(fault, place=place))
            place += 1
        else:
            found.append(fault)
    return tuple(found)


def small_pages(names: Iterable[str]) -> bool:
    """Return True if one of the faults shows only in an answer of several pages."""
    return any(name in _PAGING for name in names)
