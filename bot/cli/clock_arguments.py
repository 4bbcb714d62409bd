"""The arguments that set the clock of the person who asks."""

import argparse
from datetime import datetime

from bot.cli.explanation.person_clock import PersonClock
from bot.digests.schedule.due_times import zone_of
from bot.domain.recurrence import OneTime, Schedule
from bot.errors import ZoneError

EARLIEST, LATEST = 1900, 9000  # years; every day between them can be represented


def add_clock_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--now` and `--zone`."""
    parser.add_argument(
        "--now",
        type=_moment,
        metavar="ISO",
        help="the moment of asking, with its offset, like 2026-11-30T10:00:00+01:00 (default: now)",
    )
    parser.add_argument(
        "--zone", type=_zone, metavar="IANA", help="the time zone of the person who asks, like Europe/Amsterdam"
    )


def clock_of(options: argparse.Namespace) -> PersonClock:
    """Return the clock that the arguments ask for, else that of this terminal."""
    return PersonClock(options.now or datetime.now().astimezone(), options.zone)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date and time like 2026-11-30T10:00:00+01:00") from error
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset; add one, like +01:00 or Z")
    if not EARLIEST <= moment.year <= LATEST:
        raise argparse.ArgumentTypeError(f"{text!r} is not between the years {EARLIEST} and {LATEST}")
    return moment


def _zone(text: str) -> str:
    try:
        return zone_of(Schedule(OneTime(0), zone=text or "?")).key
    except ZoneError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time zone known here, like Europe/Amsterdam") from error
