"""The reply to an HTTP request of Teams. Pure."""

from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Reply:
    """The HTTP response: `body` is JSON."""

    status: int
    body: bytes | None = None

    @classmethod
    def of(cls, value: object, status: int = 200) -> "Reply":
        """Return a reply with `value` as its JSON body.

        A `msgspec.Raw` in `value` is copied as it is.
        """
        return cls(status, msgspec.json.encode(value))
