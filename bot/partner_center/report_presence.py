"""Whether Partner Center has the report."""

from collections.abc import Callable

from bot.errors import EndpointMissingError, PageNotFoundError


class ReportPresence:
    """Remembers for `seconds` that the report does not exist.

    So not every question costs two calls. It is not remembered if the report has answered before: one caller's
    transient 404 from a gateway must not disable the report for all callers.
    """

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._missing_until: float | None = None
        self._exists = False

    def check(self) -> None:
        """Raise EndpointMissingError if the report did not exist a moment ago."""
        if self._missing_until is not None and self._clock() < self._missing_until:
            raise EndpointMissingError("the report did not exist a moment ago; not asked again yet")

    def missed(self, error: EndpointMissingError) -> None:
        """Note that the report was not found."""
        if not self._exists and not isinstance(error, PageNotFoundError):
            self._missing_until = self._clock() + self._seconds

    def answered(self) -> None:
        """Note that the report exists."""
        self._exists, self._missing_until = True, None
