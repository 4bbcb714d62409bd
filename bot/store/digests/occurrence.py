"""One run of a digest as the ledger stores it. Pure.

Times are Unix seconds.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict


class OccurrenceState(StrEnum):
    """The progress of a run."""

    DUE = "due"  # enqueued
    FETCHED = "fetched"  # `report` is filled in
    COMPOSED = "composed"  # `payload` is filled in
    SENDING = "sending"  # a POST is in progress; after a crash in this state, its outcome is unknown
    SENT = "sent"
    UNKNOWN = "unknown"  # it may have been posted: never sent again
    FAILED = "failed"
    WAITING = "waiting"  # for the owner to sign in
    MISSED = "missed"  # the owner did not sign in before the next one was due
    CANCELLED = "cancelled"  # a newer one replaces it, or it is not wanted any more


FINAL = frozenset(
    {
        OccurrenceState.SENT,
        OccurrenceState.UNKNOWN,
        OccurrenceState.FAILED,
        OccurrenceState.MISSED,
        OccurrenceState.CANCELLED,
    }
)
# A run is in progress or enqueued.
UNFINISHED = (OccurrenceState.DUE, OccurrenceState.FETCHED, OccurrenceState.COMPOSED, OccurrenceState.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Occurrence `due` (a whole second) of digest `number`.

    `attempt` counts from 1, one more each time it resumes after waiting. `report` and `payload` are encrypted.
    `activity_id` is that of the posted message. `problem` is for the operator. `started` is when it was claimed,
    `finished` when it reached a final state; while it waits for a sign-in, when the attempt began that found none.
    `executor` is the replica that works on it ("" if none does).
    """

    number: int
    due: int
    state: OccurrenceState
    attempt: int
    skipped_earlier: bool
    manual: bool
    report: bytes | None
    payload: bytes | None
    activity_id: str
    problem: str
    started: float
    finished: float | None
    executor: str


class OccurrenceChanges(TypedDict, total=False):
    """The fields that can change besides the state.

    The ledger sets `finished` in final states.
    """

    attempt: int
    report: bytes | None
    payload: bytes | None
    activity_id: str
    problem: str
    executor: str
    finished: float | None
