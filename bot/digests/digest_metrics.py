"""Figures about digests for whoever watches the bot. Knows prometheus_client; a registry for each bot, none is global.

No figure tells of a tenant, a person or a conversation.
https://prometheus.io/docs/practices/naming/
"""

from collections.abc import Mapping
from types import MappingProxyType

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.store.digests.digest_record import DigestState

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4

# What can become of an occurrence, in the words of the engine (`Parts.happened`).
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
    }
)
# Seconds. A minute is what Teams' pace can cost; beyond that something is wrong.
DELAYS = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0)


class DigestMetrics:
    """What this process has seen since it was started, and how many digests there are."""

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
        """Count what became of an occurrence; a word that is not counted is let pass."""
        if (counter := self._counters.get(word)) is not None:
            counter.inc()

    def delayed(self, seconds: float) -> None:
        """A digest was posted so many seconds after it was due; a clock that was put back makes no negative ones."""
        self._delay.observe(max(0.0, seconds))

    def standing(self, counts: Mapping[str, int] | None) -> None:
        """How many digests there are by state, None where nobody knows."""
        for state in DigestState:
            self._digests.labels(state.value).set(float("nan") if counts is None else counts.get(state.value, 0))

    def text(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)
