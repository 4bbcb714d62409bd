"""What was asked of the simulator, kept for tests to look at: never a token. Pure."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

_KEPT = 5_000
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class Asking:
    """One request. `connection` is the caller's port: equal for what came over one TCP connection."""

    method: str
    path: str
    params: tuple[tuple[str, str], ...]
    headers: dict[str, str]
    connection: int


class Journal:
    """The latest requests, oldest first."""

    def __init__(self) -> None:
        self._askings: deque[Asking] = deque(maxlen=_KEPT)

    def add(self, asking: Asking) -> None:
        kept = {name: value for name, value in asking.headers.items() if name.lower() not in _SECRET}
        self._askings.append(Asking(asking.method, asking.path, asking.params, kept, asking.connection))

    def clear(self) -> None:
        self._askings.clear()

    def __len__(self) -> int:
        return len(self._askings)

    def __iter__(self) -> Iterator[Asking]:
        return iter(tuple(self._askings))
