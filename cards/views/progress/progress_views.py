"""An answer in progress, and one that was cancelled. Pure."""

from dataclasses import dataclass

from cards.views.button_payload import RepeatButton
from cards.views.progress.cancel_payload import CancelButton


@dataclass(frozen=True, slots=True)
class ProgressView:
    """Progress of an answer that takes longer.

    Pages fetched, or customers read, out of `total` (None if unknown). `cancel` ends it, for the person who asked.
    """

    question: str
    pages: int
    total: int | None
    cancel: CancelButton | None = None
    of_customers: bool = False


@dataclass(frozen=True, slots=True)
class CancelledView:
    """The person who asked `question` has cancelled its answer. `again` asks it again."""

    question: str
    again: RepeatButton | None = None
