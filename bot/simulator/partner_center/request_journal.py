"""The requests that the simulator received, for tests; without tokens. Pure."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

_KEPT = 5_000
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})


@dataclass(frozen=True, slots=True)
class Asking:
    """One request.

    `connection` is the caller's port: equal for requests over one TCP connection.
    """

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
        headers = {_text(name): _text(value) for name, value in asking.headers.items() if name.lower() not in _SECRET}
        params = tuple((_text(name), _text(value)) for name, value in asking.params)
        self._askings.append(Asking(asking.method, _text(asking.path), params, headers, asking.connection))

    def clear(self) -> None:
        self._askings.clear()

    def __len__(self) -> int:
        return len(self._askings)

    def __iter__(self) -> Iterator[Asking]:
        return iter(tuple(self._askings))


def _text(sent: str) -> str:
    """Replace lone surrogates: bytes that are not UTF-8 arrive so, and JSON cannot hold them."""
    return sent.encode("utf-8", "replace").decode("utf-8")
