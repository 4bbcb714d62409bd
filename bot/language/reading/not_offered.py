"""What of a meaning the bot cannot do. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotOffered:
    """Something that is understood and that the bot cannot do.

    `what` is its key: `trend`, `alert`, `language` …
    """

    what: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Conditions that nothing fulfils: `below 20% and above 80%`."""
