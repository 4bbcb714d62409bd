"""A digest whose question is of another kind than figures.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass
from datetime import datetime

from cards.views.button_payload import AskButton
from cards.views.digest_views import ScheduleView


@dataclass(frozen=True, slots=True)
class KindDigestView:
    """A digest that is posted.

    `content` is the view of its answer, which has a card of its own. `late_for` is when it was due, if it is late.
    `skipped`: earlier ones were skipped. `open` asks the question anew, `settings` shows the settings.
    """

    number: int
    content: object
    when: ScheduleView
    owner: str
    late_for: datetime | None = None
    skipped: bool = False
    open: AskButton | None = None
    settings: AskButton | None = None
