"""Which connections are open, and which one ends for a new one. Pure.

A stranger who opens connections and sends nothing must not keep others out: where the limit is reached, the oldest
connection that waits for a request ends, first one without any request, then an idle one.
"""

from enum import Enum
from typing import Protocol

from bot.web.connection_limits import ConnectionLimits


class Connection(Protocol):
    """What can be ended."""

    peer: str

    def abandon(self) -> None: ...


class Stage(Enum):
    """What a connection waits for."""

    HEAD = "head"
    ANSWER = "answer"
    NEXT = "next"


class Admission(Enum):
    """What a new connection may do."""

    FULL = "full"
    HEALTH_ONLY = "health only"
    CLOSED = "closed"


class OpenConnections:
    """The connections of one listening port, the oldest of each stage first."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self.limits = limits
        self.abandoned = 0
        self._stages: dict[Stage, dict[Connection, None]] = {stage: {} for stage in Stage}
        self._peers: dict[str, int] = {}

    def __len__(self) -> int:
        return sum(map(len, self._stages.values()))

    def open(self, connection: Connection) -> Admission:
        """Count a new connection; an older one ends if there is no room."""
        admission = self._admission(connection.peer)
        if admission is Admission.CLOSED:
            self.abandoned += 1
            return admission
        self._stages[Stage.HEAD][connection] = None
        self._peers[connection.peer] = self._peers.get(connection.peer, 0) + 1
        return admission

    def move(self, connection: Connection, stage: Stage) -> None:
        """Note what an open connection waits for now."""
        if self._remove(connection):
            self._stages[stage][connection] = None

    def close(self, connection: Connection) -> None:
        """Forget a connection that has ended; one that was never counted changes nothing."""
        if self._remove(connection):
            left = self._peers.pop(connection.peer) - 1
            if left:
                self._peers[connection.peer] = left

    def _admission(self, peer: str) -> Admission:
        if self._peers.get(peer, 0) >= self.limits.per_peer and not self._free(peer):
            return Admission.CLOSED
        if len(self) < self.limits.most or self._free(None):
            return Admission.FULL
        return Admission.HEALTH_ONLY if len(self) < self.limits.most + self.limits.spare else Admission.CLOSED

    def _free(self, peer: str | None) -> bool:
        """End the oldest connection (of a peer) that is not being answered."""
        for stage in (Stage.HEAD, Stage.NEXT):
            oldest = next((each for each in self._stages[stage] if peer is None or each.peer == peer), None)
            if oldest is not None:
                self.close(oldest)
                self.abandoned += 1
                oldest.abandon()
                return True
        return False

    def _remove(self, connection: Connection) -> bool:
        return any(connections.pop(connection, self) is None for connections in self._stages.values())
