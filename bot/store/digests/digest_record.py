"""A digest as it is stored. Pure.

Times are Unix seconds, UTC. Encrypted values are bytes: the store does not have the keys.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict

from bot.domain.conversation import ConversationKind
from bot.domain.recurrence import Schedule

# The reason of a digest that is suspended because its signature does not match, see `signed_rows`.
ALTERED = "altered"
# `Digest.last` after a refusal that may pass: it is tried again.
REFUSED = "refused"
# `Digest.last` after a run that posted nothing: nothing had changed, or no line was as its condition says.
UNCHANGED, NOT_MET = "unchanged", "not_met"
# `Digest.reason` while it is suspended because its owner is no member of the conversation: only the owner ends that.
LEFT = "left"
# `Digest.reason` of one whose stored values cannot be read.
UNREADABLE = "unreadable"


class DigestState(StrEnum):
    """Whether a digest runs at its times."""

    ACTIVE = "active"
    PAUSED = "paused"  # by its owner, or after too many misses
    SUSPENDED = "suspended"  # its conversation accepts no messages at present
    DONE = "done"  # it had a single time, which is over


# Digests in these states do not run at their times, and may do so again.
RESTING = frozenset({DigestState.PAUSED, DigestState.SUSPENDED})


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
    only_if: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A question that is answered at certain times, as its owner, in one conversation.

    - `command` is the question as a command document; "" until the question upgrade has read `question`, the English
      sentence that release 0.1 stored alone. Both are written for one release, so that a process of that release can
      run beside this one.
    - `number` is never used again after a deletion.
    - `tenant_id` and `owner_id` are lower case, as in `Caller.key`.
    - `schedule.zone` is filled in; `time_zone` is the owner's.
    - `reference` is opaque, see `Conversation`.
    - `requested` is when a user requested a run at once.
    - `misses` is the number of runs in a row whose owner did not sign in in time.
    - `previous` are the encrypted totals of the last run, `previous_at` is when they were fetched.
    - `last` is the state of the last occurrence ("" before the first), `last_at` when it reached that state. After a
      refusal that may pass, it is `REFUSED`; after a run that posted nothing because of `only_if`, `UNCHANGED` or
      `NOT_MET`.
    - `refusals` counts how often in a row Teams has refused the messages of this conversation, `refused_since` is when
      it did so first. They are 0 and None when the conversation takes messages.
    - `paused_until` is the moment until which an active digest is paused; `next_due` is not before it. When it is
      past, it means nothing.
    - `only_if` is what must hold, or nothing is posted: a condition as `condition_document` stores it, "" for none.
    - `version` changes with every change.
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
    refusals: int = 0
    refused_since: float | None = None
    paused_until: float | None = None
    only_if: str = ""

    def paused_at(self, now: float) -> bool:
        """Return True if the digest is active, and paused until a moment after `now`."""
        return self.state is DigestState.ACTIVE and self.paused_until is not None and self.paused_until > now


@dataclass(frozen=True, slots=True, kw_only=True)
class DamagedDigest:
    """A digest whose row holds values that this release does not write.

    For example, a kind of schedule of a newer release. It is not run and not changed; it can be stopped. See `Digest`
    for the fields.
    """

    number: int
    tenant_id: str
    owner_id: str
    owner_name: str
    conversation_id: str
    question: str
    command: str


class DigestChanges(TypedDict, total=False):
    """The fields of a digest that can change."""

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
    refusals: int
    refused_since: float | None
    paused_until: float | None
    only_if: str


@dataclass(frozen=True, slots=True)
class ClaimedRun:
    """A new occurrence that is to be run. `digest` is in its state after the claim.

    `due` is when it was due, in whole seconds; `late_for` is the number of seconds from then to the claim.
    `skipped_earlier`: earlier occurrences were missed and are not run. `manual`: a user requested it. `missed`: how
    many occurrences have waited until now without a sign-in of the owner; `digest.misses` includes them.
    """

    digest: Digest
    due: int
    late_for: float
    skipped_earlier: bool = False
    manual: bool = False
    missed: int = 0


@dataclass(frozen=True, slots=True)
class Claim:
    """What one look at the digests claimed.

    `soonest` is when the next digest is due or was requested, None if there is none.
    """

    runs: list[ClaimedRun]
    soonest: float | None


# Returns the next due moment of a digest after a given one (Unix seconds); None if never. It must not raise.
NextDue = Callable[[Digest, float], float | None]
# Called within the claim's transaction with its sqlalchemy.Connection. An exception rolls the claim back.
Enqueue = Callable[[Any, ClaimedRun], None]
