"""Why a sentence is not answered. Pure data."""

from enum import StrEnum


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
    NO_SUCH_TIME = "no_such_time"
    EMPTY = "empty"
