"""The sums of one day, for what was asked about. Pure."""

from dataclasses import dataclass
from datetime import date

from bot.domain.figures import LicenseFigures
from bot.domain.licensing import Entry


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The sums of one day.

    `workloads` and `products` are those with figures; None if they are not known. `seen` is the day on which the bot
    saw figures that it kept, None for those that Partner Center has today. `oldest` is the oldest day of services with
    other days, None if all are of `day`.
    """

    day: date
    figures: LicenseFigures
    workloads: tuple[Entry, ...] | None = None
    products: tuple[Entry, ...] | None = None
    seen: date | None = None
    oldest: date | None = None
