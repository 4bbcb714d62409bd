"""The content of the card that shows how figures developed.

Pure; imports nothing of bot.
"""

from dataclasses import dataclass
from datetime import date

from cards.views.button_payload import AskButton
from cards.views.usage_views import AgeView, CorrectionView, Figures, Narrowing


@dataclass(frozen=True, slots=True)
class TrendPointView:
    """The figures of one day, or a gap.

    `day` is that of the figures, else the one that was asked for. `gap` says why there are none: none, failed or
    incomplete; "" if there are. `seen` is when the bot saw figures that it kept, None for those of Partner Center.
    `oldest` is the oldest day of services with other days, None if all are of `day`.
    """

    day: date
    figures: Figures | None = None
    gap: str = ""
    seen: date | None = None
    oldest: date | None = None


@dataclass(frozen=True, slots=True)
class TrendView:
    """How the figures of what was asked about developed.

    `scope` names what was asked about, `narrowed` what else narrows the figures. `points` are in the order of their
    days; they are `every` steps apart, of which `step` says the length: week or month. If `several`, the figures are of
    several workloads: then only their percentages are compared. `came` and `gone` are workloads, then products, that
    only the last or only the first of the days has. `outside`: the newest figures are older than the range.
    `measure` is the number that is shown: active, qualified, unused, beyond or share, and `age` the age of old figures.
    `shorter`, `longer` and `stepped` ask for another range, or for the other step; `usage` for the newest figures.
    `ignored` takes back what is left out of every answer, or shows what that is.
    """

    question: str
    scope: tuple[str, ...]
    narrowed: tuple[Narrowing, ...]
    points: tuple[TrendPointView, ...]
    step: str
    every: int = 1
    several: bool = False
    came: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    outside: bool = False
    corrected: tuple[CorrectionView, ...] = ()
    shorter: AskButton | None = None
    longer: AskButton | None = None
    stepped: AskButton | None = None
    usage: AskButton | None = None
    digest: AskButton | None = None
    again: AskButton | None = None
    ignored: AskButton | None = None
    measure: str = "active"
    age: AgeView | None = None

    @property
    def shares(self) -> bool:
        """Return True if percentages are shown."""
        return self.several or self.measure == "share"

    @property
    def known(self) -> tuple[TrendPointView, ...]:
        """Return the points that have figures."""
        return tuple(each for each in self.points if each.figures is not None)
