"""The values of an entry that may be anything. Pure.

A value that is none of its kind is unknown. It is no reason to lose the others.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.identifier import is_shown
from bot.domain.subscriptions import Renewing, SubscriptionState
from bot.query.sums.processed_day import processed_day

# Longer texts are no days, and no names that anyone can read.
DAY_LIMIT = 64
NAME_LIMIT = 400

# The list of one customer has the first words, the analytics `ACTIVE`, `SUSPENDED` and `DEPROVISIONED`:
# https://learn.microsoft.com/en-us/partner-center/developer/subscription-resources
# https://learn.microsoft.com/en-us/partner-center/developer/get-all-subscription-analytics
_STATES = {each.value: each for each in SubscriptionState} | {"deprovisioned": SubscriptionState.DELETED}
_FLAGS = {"true": True, "false": False}


def folded_members(found: Any) -> dict[str, Any]:
    """Return the members of an entry that have a value, by their names in lower case.

    Empty if the entry is not an object. Of two names that differ in case, the first with a value counts.
    """
    members: dict[str, Any] = {}
    for key, value in found.items() if isinstance(found, Mapping) else ():
        if value is not None:
            members.setdefault(str(key).strip().casefold(), value)
    return members


def text_of(value: Any) -> str:
    """Return a text on one line; "" if there is none that can be seen."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not is_shown(value[:NAME_LIMIT]):
        return ""
    # Half of a surrogate pair cannot be sent on as UTF-8.
    whole = value[:NAME_LIMIT].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(whole.split())


def name_of(*values: Any) -> str:
    """Return the first name in `values`.

    `UNKNOWN` is no name: the sample of the analytics has it in place of one.
    """
    return next((name for name in map(text_of, values) if name and name.casefold() != "unknown"), "")


def flag_of(value: Any) -> bool | None:
    """Return True or False, also from a text; None for everything else."""
    if isinstance(value, str):
        return _FLAGS.get(value.strip().casefold())
    return value if isinstance(value, bool) else None


def day_of(value: Any) -> date | None:
    """Return the day in a date and time, None if it is none or a sentinel value."""
    try:
        return processed_day(value) if isinstance(value, str) and len(value) <= DAY_LIMIT else None
    except ValueError:
        return None


def state_of(value: Any) -> SubscriptionState:
    """Return the state, `OTHER` for words that no document has."""
    return _STATES.get(text_of(value).casefold(), SubscriptionState.OTHER)


def renewing_of(value: Any) -> Renewing:
    """Return whether it renews itself. Nothing said means unknown, never yes."""
    flag = flag_of(value)
    return Renewing.UNKNOWN if flag is None else Renewing.AUTO if flag else Renewing.OFF
