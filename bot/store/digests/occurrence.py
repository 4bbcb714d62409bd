"""One run of a digest as the ledger knows it. Pure. Times are seconds since the epoch."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict


class OccurrenceState(StrEnum):
    """How far a run has come."""

    DUE = "due"  # enqueued
    FETCHED = "fetched"  # `report` is there
    COMPOSED = "composed"  # `payload` is there
    SENDING = "sending"  # a POST is under way; found in this state after a crash, its outcome is unknown
    SENT = "sent"
    UNKNOWN = "unknown"  # it may have been posted: never sent again
    FAILED = "failed"
    WAITING = "waiting"  # for the owner to sign in
    MISSED = "missed"  # the owner did not until the next one was due
    CANCELLED = "cancelled"  # a newer one takes its place, or nobody wants it any more


FINAL = frozenset(
    {
        OccurrenceState.SENT,
        OccurrenceState.UNKNOWN,
        OccurrenceState.FAILED,
        OccurrenceState.MISSED,
        OccurrenceState.CANCELLED,
    }
)
# A run is under way, or enqueued.
UNFINISHED = (OccurrenceState.DUE, OccurrenceState.FETCHED, OccurrenceState.COMPOSED, OccurrenceState.SENDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """Occurrence `due` (a whole second) of digest `number`.

    `attempt` counts from 1, one more each time it is taken up after waiting. `report` and `payload` are sealed.
    `activity_id` is the posted message's. `problem` is for the operator. `started` is when it was claimed, `finished`
    when it reached a final state. `executor` is the replica that works on it ("" while none does).
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
    """What of an occurrence can change besides its state; `finished` is set by the ledger."""

    attempt: int
    report: bytes | None
    payload: bytes | None
    activity_id: str
    problem: str
    executor: str
