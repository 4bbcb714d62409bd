"""What a report does not say, with numbers. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OlderDay:
    """How many customers have rows of an older day than the newest of their service."""

    day: date
    customers: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is not in the figures of a report, or is in them with a reservation.

    All numbers count rows.

    `unknown`: rows without usable figures or with a day that is none, left out; `unreadable_days` are those of them
    that have figures. `unusable`: rows that are no rows.
    `repeated`: rows that came again, counted once. `missing`: rows that the service announced and did not send.
    `perhaps_missing`: rows that may be missing, because as many came again.
    `undated`: rows without a day, counted. `unidentified`: rows without a customer id, counted. `older`: days on which
    other rows of the same service are newer, the newest first. `incomplete`: there may be more rows, it is unknown how
    many; `reported_error` is the reason if the service reported an error beside its rows.
    """

    unknown: int = 0
    unusable: int = 0
    repeated: int = 0
    missing: int = 0
    undated: int = 0
    unidentified: int = 0
    older: tuple[OlderDay, ...] = ()
    incomplete: bool = False
    perhaps_missing: int = 0
    unreadable_days: int = 0
    reported_error: bool = False

    @property
    def may_be_incomplete(self) -> bool:
        """Return True if rows are missing, or it is unknown whether some are."""
        return self.incomplete or self.missing > 0 or self.perhaps_missing > 0

    @property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """Return the names of what a reader has to know, each with its number of rows.

        The text is in cards/locales under `remark.<name>`.
        """
        numbers = (
            ("missing_rows", self.missing),
            ("perhaps_missing_rows", self.perhaps_missing),
            ("may_be_incomplete", int(self.incomplete and not self.missing and not self.reported_error)),
            ("reported_error", int(self.reported_error)),
            ("unknown_rows", self.unknown - self.unreadable_days),
            ("unreadable_days", self.unreadable_days),
            ("unusable_rows", self.unusable),
            ("repeated_rows", self.repeated),
            ("undated_rows", self.undated),
            ("unidentified_rows", self.unidentified),
        )
        return tuple((name, number) for name, number in numbers if number)


NO_GAPS = Gaps()
