"""Metrics about digests, for operators. Depends on prometheus_client.

Each bot has its own registry; none is global. No metric names a tenant, a person or a conversation.
https://prometheus.io/docs/practices/naming/
"""

from collections.abc import Mapping
from types import MappingProxyType

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.store.digests.digest_record import DigestState

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

# The outcomes of an occurrence, as `StepContext.happened` is called with them. `DigestSignatures` counts the last one.
COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "due": "Occurrences that were due, or asked for.",
        "late": "Occurrences that were noticed more than a minute after they were due.",
        "sent": "Digests that were posted.",
        "unknown": "Digests of which nobody knows whether they were posted; they are not posted again.",
        "failed": "Occurrences that were given up.",
        "waiting": "Times an occurrence had to wait for its owner to sign in.",
        "missed": "Occurrences that waited in vain.",
        "cancelled": "Occurrences that nobody wanted any more.",
        "quiet": "Occurrences of which nothing was posted, because nothing had changed or no line was as wanted.",
        "altered": "Digests whose signature did not match: something else than the bot has changed them.",
    }
)
# Seconds. Teams' rate limits can cost up to a minute; a longer delay means that something is wrong.
DELAYS = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)


class DigestMetrics:
    """Counts of this process since its start, and the number of digests."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._counters = {
            word: Counter(f"usagebot_digests_{word}", told, registry=self.registry) for word, told in COUNTED.items()
        }
        self._delay = Histogram(
            "usagebot_digest_delay_seconds",
            "Seconds from when a digest was due to when it was posted.",
            registry=self.registry,
            buckets=DELAYS,
        )
        self._digests = Gauge(
            "usagebot_digests",
            "Digests there are, by state; all replicas tell the same. Not a number while the database cannot be asked.",
            ["state"],
            registry=self.registry,
        )
        self.standing(None)

    def happened(self, word: str) -> None:
        """Count the outcome of an occurrence.

        An outcome that has no counter is ignored.
        """
        if (counter := self._counters.get(word)) is not None:
            counter.inc()

    def delayed(self, seconds: float) -> None:
        """Record that a digest was posted `seconds` after it was due.

        A negative number, after the clock was set back, counts as 0.
        """
        self._delay.observe(max(0.0, seconds))

    def standing(self, counts: Mapping[str, int] | None) -> None:
        """Set the number of digests by state; None if it is unknown."""
        for state in DigestState:
            self._digests.labels(state.value).set(float("nan") if counts is None else counts.get(state.value, 0))

    def text(self) -> bytes:
        """Return all metrics in Prometheus' text format."""
        return generate_latest(self.registry)
