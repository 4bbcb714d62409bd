"""The results of the steps of a run, as text that DBOS stores. Pure.

They are stored unencrypted: they name no person, no customer and no figure.
"""

from collections.abc import Iterable

ON = "on"  # continue with the next step
OVER = "over"  # this run is over; the outcome of the occurrence is in the ledger
_AGAIN = "again"
_TELL = "tell"


def again(seconds: float) -> str:
    """Return the result that retries the run from its present state in `seconds`."""
    return f"{_AGAIN} {seconds:.1f}"


def tell(notices: Iterable[tuple[str, int]], problem: str = "") -> str:
    """Return the result that ends the run and notifies owners.

    `notices` are pairs of a notice and the number of a digest.
    """
    told = ",".join(f"{notice}:{number}" for notice, number in notices)
    return f"{_TELL} {told} {problem}" if told else OVER


def wait_of(word: str) -> float | None:
    """Return the seconds of a result of `again`; None for any other result."""
    verb, _, rest = word.partition(" ")
    return float(rest) if verb == _AGAIN else None


def notices_of(word: str) -> tuple[tuple[tuple[str, int], ...], str]:
    """Return the notices and the problem of a result of `tell`; else no notices."""
    verb, _, rest = word.partition(" ")
    if verb != _TELL:
        return (), ""
    told, _, problem = rest.partition(" ")
    pairs = (each.partition(":") for each in told.split(","))
    return tuple((notice, int(number)) for notice, _, number in pairs), problem
