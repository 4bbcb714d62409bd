"""A digest as it is stored. Pure.

Times are seconds since the epoch, UTC. What is sealed is bytes here: the store does not know the keys.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict

from bot.domain.conversation import ConversationKind
from bot.domain.recurrence import Schedule


class DigestState(StrEnum):
    """Whether a digest is due at its times."""

    ACTIVE = "active"
    PAUSED = "paused"  # by its owner, or after too many misses
    SUSPENDED = "suspended"  # its conversation takes no messages at present
    DONE = "done"  # it had a single time, which is over


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDigestRecord:
    """A digest that is to be stored; see `Digest` for the fields."""

    tenant_id: str
    owner_id: str
    owner_name: str
    locale: str
    time_zone: str
    question: str
    command: str
    schedule: Schedule
    conversation_id: str
    kind: ConversationKind
    team_id: str
    reference: str
    next_due: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A question that is answered at certain times, as its owner, in one conversation.

    `command` is what it asks, as a command document; "" until the question upgrade has read `question`, the English
    sentence that release 0.1 stored alone. Both are written for one release, so that a process of that release can run
    beside this one. `number` is never used again after a deletion. `tenant_id` and `owner_id` are lower case, as in
    `Caller.key`. `schedule.zone` is filled in; `time_zone` is the owner's. `reference` is opaque, see `Here`.
    `requested` is when somebody wanted a run at once. `misses` counts the runs in a row that waited in vain for the
    owner to sign in. `previous` are the sealed totals of the last run, `previous_at` when those were fetched; `last` is
    the state of the last occurrence ("" before the first), `last_at` when it came to that. `version` changes with every
    change.
    """

    number: int
    tenant_id: str
    owner_id: str
    owner_name: str
    locale: str
    time_zone: str
    question: str
    command: str
    schedule: Schedule
    conversation_id: str
    kind: ConversationKind
    team_id: str
    reference: str
    state: DigestState
    reason: str
    next_due: float | None
    requested: float | None
    misses: int
    created: float
    previous: bytes | None
    previous_at: float | None
    last: str
    last_at: float | None
    version: int


class DigestChanges(TypedDict, total=False):
    """What of a digest can change."""

    owner_name: str
    locale: str
    time_zone: str
    command: str
    schedule: Schedule
    reference: str
    state: DigestState
    reason: str
    next_due: float | None
    requested: float | None
    misses: int
    previous: bytes | None
    previous_at: float | None
    last: str
    last_at: float | None


@dataclass(frozen=True, slots=True)
class ClaimedRun:
    """An occurrence that was just made, to be run. `digest` is as it is after the claim.

    `due` is when it was due, a whole second; `late_for` how many seconds before the claim that was.
    `skipped_earlier`: earlier ones had been missed, and are not made up for. `manual`: somebody asked for it. `missed`:
    how many occurrences waited until now for the owner to sign in, in vain; they are counted in `digest.misses`.
    """

    digest: Digest
    due: int
    late_for: float
    skipped_earlier: bool = False
    manual: bool = False
    missed: int = 0


# The next moment a digest is due after a given one (seconds since the epoch); None: never again. May not raise.
NextDue = Callable[[Digest, float], float | None]
# Called within the claim's transaction with its sqlalchemy.Connection; what it raises undoes the claim.
Enqueue = Callable[[Any, ClaimedRun], None]
