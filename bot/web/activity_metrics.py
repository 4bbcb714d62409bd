"""Metrics about activities, for operators. Depends on prometheus_client.

The label is a path from a fixed list. No metric holds what was sent.
"""

from prometheus_client import CollectorRegistry, Counter


class ActivityMetrics:
    """Counts of this process since its start, in `registry`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._odd = Counter(
            "usagebot_activity_odd_fields",
            "Activities with an unexpected value in a field that decides nothing, by the path of the field.",
            ["field"],
            registry=registry,
        )

    def odd_field(self, path: str) -> None:
        """Count an activity in which the field at `path` counted as absent."""
        self._odd.labels(path).inc()
