"""How long and how much the client takes. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """All times in seconds.

    A question takes `deadline` at most, with all its pages and attempts; one attempt at a page `attempt`. What failed
    in passing is tried up to `attempts` times in all, after a pause that grows from `first_pause` to `longest_pause`,
    with up to `jitter` more. `pages_at_once` pages are asked for side by side; a page has `page_bytes` at most (a full
    one has about four million). `endpoint_missing` is how long it is remembered that there is no such report.
    """

    deadline: float = 60.0
    attempt: float = 30.0
    attempts: int = 4
    first_pause: float = 0.5
    longest_pause: float = 8.0
    jitter: float = 0.5
    pages_at_once: int = 4
    page_bytes: int = 32 * 1024 * 1024
    endpoint_missing: float = 300.0
