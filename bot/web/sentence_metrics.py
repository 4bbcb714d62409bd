"""Metrics about sentences, for operators. Depends on prometheus_client.

Labels have few values: kinds of reasons and languages of the reader. No metric holds what was typed.
"""

from prometheus_client import CollectorRegistry, Counter


class SentenceMetrics:
    """Counts of this process since its start, in `registry`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._missed = Counter(
            "usagebot_sentences_missed",
            "Sentences that were asked back or refused, by why and by the language that they were read in.",
            ["kind", "language"],
            registry=registry,
        )

    def missed(self, kind: str, language: str) -> None:
        """Count a sentence that was asked back or refused."""
        self._missed.labels(kind, language).inc()
