"""A question that waits for its asker. Pure: what brings questions knows neither the store nor how they are sealed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """A question and where its answer goes: `conversation` identifies the place, `reference` is the room's own
    description of it (a conversation reference as JSON)."""

    text: str
    conversation: str
    reference: str = field(default="{}", repr=False)
