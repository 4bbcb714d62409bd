"""Why a sentence is not answered. Pure data."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """Why a sentence is not answered."""

    SEVERAL = "several"
    NEAR = "near"  # the sentence has several readings
    NO_SUCH_NAME = "no_such_name"
    MISSING = "missing"
    NOT_UNDERSTOOD = "not_understood"
    NOT_OFFERED = "not_offered"
    IMPOSSIBLE = "impossible"
    CONFLICT = "conflict"
    TOO_LONG = "too_long"
    NO_SUCH_DAY = "no_such_day"  # February 31
    NO_SUCH_TIME = "no_such_time"
    NO_SUCH_ZONE = "no_such_zone"
    EMPTY = "empty"

    @property
    def kind(self) -> str:
        """The kind of reason, as `usagebot explain --lines` and the metrics call it."""
        return _KINDS.get(self.value, self.value)


_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "near": "several",
        "too_long": "not_understood",
        "no_such_day": "impossible",
        "no_such_time": "impossible",
        "no_such_zone": "impossible",
        "empty": "missing",
    }
)
