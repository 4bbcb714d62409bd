"""Data of any shape -> the rows of a page, its next link and its total. Pure.

Whatever the rows are: `read` makes one of an entry. The reports have `Value`, `@nextLink` and `TotalCount`; lists of
the older API have `items` and `totalCount`; some documents print a bare object in place of a page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from bot.errors import BadAnswerError
from bot.partner_center.protocol.problem_members import says_problem
from bot.partner_center.protocol.row_reading import read_count

Row = TypeVar("Row")
ReadRow = Callable[[Any], Row | None]

ROW_PLACES = ("value", "items")
_LINK_PLACES = ("@nextlink", "nextlink", "@odata.nextlink")
_TOTAL_PLACES = ("totalcount", "@odata.count")
# The members of the documented error body: https://learn.microsoft.com/en-us/partner-center/developer/error-codes
_ERROR_BODY = ("code", "description")


class UnreadablePageError(BadAnswerError):
    """The body is not a page.

    It may have been damaged in transit, so it is requested once more.
    """


@dataclass(frozen=True, slots=True)
class AnswerPage(Generic[Row]):
    """One page. `total` counts the rows of all pages.

    `total` and `next_link` are None if the answer lacks them. `unusable` counts entries that are not in `rows`, because
    they have no field of a row. `error`: the answer reports an error beside its rows. `no_data`: the service said
    so in words, with an error status.
    """

    rows: list[Row]
    next_link: str | None = None
    total: int | None = None
    unusable: int = 0
    error: bool = False
    no_data: bool = False

    @property
    def count(self) -> int:
        """Return how many rows the service sent."""
        return len(self.rows) + self.unusable

    @property
    def doubtful(self) -> bool:
        """Return True if it is worth asking again: there is an error beside the rows."""
        return self.error


def read_page(answer: Any, read: ReadRow[Row]) -> AnswerPage[Row]:
    """Read keys in any case, a list, a bare row, and one row in place of a list.

    Raises UnreadablePageError when the answer is none of them, or reports an error in place of rows.
    """
    if isinstance(answer, list):
        return _page(answer, {}, read, some=True)
    if not isinstance(answer, dict):
        raise UnreadablePageError("the answer is neither an object nor a list")
    members: dict[str, Any] = {}
    for key, value in answer.items():  # two that differ in case are one member, unless one of them is empty
        name = str(key).strip().casefold()
        members[name] = value or members.get(name, value)
    places = [place for place in ROW_PLACES if place in members]
    if not places:
        return _page([answer], {}, read, some=True)
    found = next((members[place] for place in places if members[place] is not None), None)
    if found is None or isinstance(found, list):
        return _page(found or [], members, read, some=False)
    return _page([found], members, read, some=True)


def _page(found: list[Any], members: dict[str, Any], read: ReadRow[Row], *, some: bool) -> AnswerPage[Row]:
    """Return the page. `some`: `found` is not where rows should be, so one of them has to be a row."""
    entries = [read(entry) for entry in found]
    rows = [row for row in entries if row is not None]
    if some and found and not rows:
        raise UnreadablePageError("the answer has no row with a field of the report")
    beside = {name: value for name, value in members.items() if name not in ROW_PLACES}
    failed = says_problem(beside) or all(map(members.get, _ERROR_BODY))
    if failed and not rows:
        raise UnreadablePageError("the answer reports an error in place of rows")
    link = next((members[place] for place in _LINK_PLACES if members.get(place)), None)
    total = next((members[place] for place in _TOTAL_PLACES if members.get(place) is not None), None)
    return AnswerPage(rows, None if link is None else str(link), read_count(total), len(found) - len(rows), failed)
