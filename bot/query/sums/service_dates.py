"""The days of the services of an answer. Pure.

Services are processed on different days. The API documentation does not say whether `processedDateTime` selects that
day or everything since, so rows of several days may arrive for one service.
https://learn.microsoft.com/en-us/partner-center/developer/get-licenses-usage-information#uri-parameters
"""

from collections.abc import Iterable
from datetime import date

from bot.domain.licensing import ServiceDate
from bot.query.sums.day_rank import best_day
from bot.query.sums.member_label import MemberLabel
from bot.query.sums.repeated_rows import RowsKeptError


class ServiceDay:
    """A service on one day.

    `day` is None for rows without a date, as in grouped answers. `label` has the best spelling of those that were met.
    """

    __slots__ = ("day", "label")

    def __init__(self, label: MemberLabel, day: date | None) -> None:
        self.label = label
        self.day = day


class ServiceDates:
    """The days of all services.

    Without `several_days`, every row must have a day, and every service one day.
    """

    def __init__(self, *, several_days: bool) -> None:
        self._several = several_days
        self._days: dict[tuple[str, date | None], ServiceDay] = {}
        self._services: set[str] = set()

    def of(self, label: MemberLabel, day: date | None) -> ServiceDay:
        """Return the service on this day.

        Raises RowsKeptError when there would be several days, or none.
        """
        found = self._days.get((label.identity, day))
        if found is None:
            if not self._several and (day is None or label.identity in self._services):
                raise RowsKeptError("a service has rows of several days")
            self._services.add(label.identity)
            found = self._days[(label.identity, day)] = ServiceDay(label, day)
        else:
            found.label = found.label.met(label) or found.label
        return found


def as_of(days: Iterable[ServiceDay]) -> tuple[ServiceDate, ...]:
    """Return the days of each service, sorted by service name and day.

    Services with the same name and the same day give one entry.
    """
    distinct: dict[tuple[str, date], str] = {}
    for each in days:
        if each.day is not None:
            place = (each.label.text.casefold(), each.day)
            distinct[place] = min(distinct.get(place, each.label.text), each.label.text)
    return tuple(ServiceDate(distinct[place], place[1]) for place in sorted(distinct))


def are_mixed(days: Iterable[ServiceDay], wanted: date | None) -> bool:
    """Return True if the services are of different days.

    Of each service its best day is compared (see `day_rank`). Its other days are in the gaps, which have texts of their
    own.
    """
    found: dict[str, list[date]] = {}
    for each in days:
        if each.day is not None:
            found.setdefault(each.label.identity, []).append(each.day)
    return len({best_day(every, wanted) for every in found.values()}) > 1
