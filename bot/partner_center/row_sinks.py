"""Where the rows of a reading go, and what is missing after it."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from bot.domain.licensing import UsageRow
from bot.errors import IncompleteAnswerError
from bot.partner_center.page_fetcher import PageFetcher
from bot.partner_center.protocol.answer_page import Row
from bot.query.reports.row_aggregator import RowAggregator


class Sink(Protocol[Row]):
    """Receives the rows."""

    def steps(self, rows: list[Row], /) -> Iterable[None]:
        """Take the rows of a page step by step.

        Raises RowsKeptError if all pages must be read again.
        """

    def check(self) -> None:
        """Raise RowsKeptError if the pages contradict each other.

        It is called after the last page.
        """

    @property
    def repeated(self) -> int:
        """Return how many rows came again."""


AnySink = TypeVar("AnySink", bound=Sink[Any])
MadeSink_co = TypeVar("MadeSink_co", covariant=True)


class Begin(Protocol[MadeSink_co]):
    """Makes the sink of a reading."""

    def __call__(self, *, again: bool) -> MadeSink_co:
        """Return a new sink. `again`: it is for the second reading."""


class RowList:
    """Keeps the rows themselves."""

    repeated = 0

    def __init__(self) -> None:
        self.rows: list[UsageRow] = []

    def steps(self, rows: list[UsageRow], /) -> Iterable[None]:
        self.rows += rows
        return ()

    def check(self) -> None:
        """Accept every row. A name that comes twice is one name."""


def collected(*, again: bool) -> RowList:
    del again
    return RowList()


def missing_rows(sink: Sink[Any], reading: PageFetcher[Any], skipped: int) -> int:
    """Return how many announced rows did not come.

    Rows that came again are not counted, so some of these may not exist.
    """
    return max(_announced(reading, skipped) - (reading.rows - sink.repeated), 0)


def _announced(reading: PageFetcher[Any], skipped: int) -> int:
    return (reading.total if reading.total is not None else 0) - skipped


def note_gaps(tally: RowAggregator, reading: PageFetcher[Any], skipped: int) -> None:
    """Write into the tally what is missing.

    A row on two pages shifts the others: without a total, it is unknown whether one is lost. If as many rows came as
    were announced, it is unknown too: in the place of a row that came again there may be another, or none. Raises
    IncompleteAnswerError if there is nothing but gaps.
    """
    tally.unusable = reading.unusable
    tally.repeated_pages = reading.repeated
    tally.reported_error = reading.reported_error
    tally.missing = max(_announced(reading, skipped) - reading.rows - reading.repeated, 0)
    tally.perhaps_missing = missing_rows(tally, reading, skipped) - tally.missing
    overlapping = reading.repeated > 0 or (tally.repeated > 0 and reading.pages > 1)
    tally.incomplete = reading.incomplete or (reading.total is None and overlapping)
    if tally.empty and (tally.missing or tally.incomplete):
        raise IncompleteAnswerError("rows were announced, and none came")
