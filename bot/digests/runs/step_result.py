"""What a step of a run comes to, as the word that is kept of it. Pure.

Words are kept in clear: they name no person, no customer and no figure.
"""

from collections.abc import Iterable

ON = "on"  # to the next step
OVER = "over"  # this run is over; what became of the occurrence is in the ledger
_AGAIN = "again"
_TELL = "tell"


def again(seconds: float) -> str:
    """Once more from where it stands, so many seconds later."""
    return f"{_AGAIN} {seconds:.1f}"


def tell(notices: Iterable[tuple[str, int]], problem: str = "") -> str:
    """It is over, and the owners of these digests are told: (notice, number of the digest)."""
    told = ",".join(f"{notice}:{number}" for notice, number in notices)
    return f"{_TELL} {told} {problem}" if told else OVER


def wait_of(word: str) -> float | None:
    """The seconds of an `again`, None for any other word."""
    verb, _, rest = word.partition(" ")
    return float(rest) if verb == _AGAIN else None


def notices_of(word: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """The notices and the problem of a `tell`, none for any other word."""
    verb, _, rest = word.partition(" ")
    if verb != _TELL:
        return (), ""
    told, _, problem = rest.partition(" ")
    pairs = (each.partition(":") for each in told.split(","))
    return tuple((notice, int(number)) for notice, _, number in pairs), problem
