"""What a request from Teams is answered with. Pure."""

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Reply:
    """The HTTP response: `body` is JSON."""

    status: int
    body: bytes | None = None

    @classmethod
    def of(cls, value: object, status: int = 200) -> "Reply":
        """Return a reply with `value` as its JSON body; a `msgspec.Raw` in it is copied as it is."""
        return cls(status, msgspec.json.encode(value))
