"""How many connections the bot holds, and how long one may take. Pure."""

from dataclasses import dataclass
from typing import Self

# Files, sockets to other services and the database need descriptors as well.
KEPT_FOR_OTHERS = 96
MOST = 4_000
LEAST = 16


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """The limits of one listening port.

    `head_seconds` and `idle_seconds` are deadlines. `most` connections are held in all, `per_peer` of one address.
    `spare` more are only for questions about health. A reverse proxy is one address, so `per_peer` is half of all.
    """

    most: int
    per_peer: int
    spare: int = 8
    head_seconds: float = 10.0
    idle_seconds: float = 120.0

    @classmethod
    def of_descriptors(cls, descriptors: int) -> Self:
        """Return the limits for a process with this many open files at most."""
        most = max(LEAST, min(MOST, (descriptors - KEPT_FOR_OTHERS) // 2))
        return cls(most=most, per_peer=most // 2)
