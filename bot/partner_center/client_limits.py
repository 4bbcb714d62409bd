"""Time and size limits of the Partner Center client. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """Limits of one question. All times are in seconds.

    `deadline` bounds a question with all its pages and attempts; `attempt` bounds one attempt at a page. After a
    transient failure a request is repeated, up to `attempts` attempts in all. The pause before the next attempt grows
    from `first_pause` to `longest_pause`, plus up to `jitter`. `pages_at_once` pages are requested concurrently. A page
    has at most `page_bytes` bytes (a full one has about four million). `endpoint_missing` is how long the client
    remembers that the report does not exist.

    `walk` bounds the reading of one list a customer: what is not read until then is reported as unread. A turn ends
    after 300 seconds.
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
    walk: float = 240.0
