"""Sentences that were not understood, for the operator. Their texts have no names.

Equal sentences are one line. They cannot control the terminal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.output.streams import as_line, printable
from bot.identity.stored_misses import StoredMiss

HEADS = ("Last", "Times", "Why", "Language", "Sentence")
NARROWEST = 60  # columns


@dataclass(frozen=True, slots=True)
class CountedMiss:
    """A sentence, how often it was typed, and when first and last (Unix seconds)."""

    text: str
    kind: str
    language: str
    count: int
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class CountedMisses:
    """The sentences, the newest first, and how many could not be decrypted."""

    misses: tuple[CountedMiss, ...]
    unreadable: int = 0


def counted_misses(found: Sequence[StoredMiss]) -> CountedMisses:
    """Count equal sentences. `found` begins with the newest."""
    times: dict[tuple[str, str, str], list[float]] = {}
    for each in found:
        if each.text is not None:
            times.setdefault((each.text, each.kind, each.language), []).append(each.at)
    misses = tuple(CountedMiss(*key, len(at), min(at), max(at)) for key, at in times.items())
    return CountedMisses(misses, sum(each.text is None for each in found))


def misses_as_json(counted: CountedMisses) -> str:
    """Return `{"kind": "misses", "misses": [...], "unreadable": 0}` on one line.

    Times are in UTC.
    """
    lines = [
        {
            "text": each.text,
            "why": each.kind,
            "language": each.language,
            "times": each.count,
            "first": _moment(each.first).isoformat(),
            "last": _moment(each.last).isoformat(),
        }
        for each in counted.misses
    ]
    return as_line({"kind": "misses", "misses": lines, "unreadable": counted.unreadable})


def show_misses(counted: CountedMisses, *, keeps: bool) -> None:
    """Print the sentences as a table, or that there are none.

    `keeps`: the settings say that they are kept.
    """
    if counted.misses:
        console = Console(highlight=False)
        console.width = max(console.width, NARROWEST)
        console.print(_table(counted.misses))
    else:
        print("No sentences are stored.")
    if not keeps:
        print("Sentences are not kept: USAGEBOT_KEEP_MISSES is off.")
    if counted.unreadable:
        print(f"{counted.unreadable} more cannot be decrypted: their key is not in USAGEBOT_TOKEN_KEYS.")


def _table(misses: Sequence[CountedMiss]) -> Table:
    table = Table()
    for head in HEADS:
        table.add_column(head, overflow="fold", justify="right" if head == "Times" else "left")
    for each in misses:
        last = f"{_moment(each.last):%Y-%m-%d %H:%M}"
        cells = (last, str(each.count), each.kind, each.language, each.text)
        table.add_row(*(Text(printable(cell)) for cell in cells))
    return table


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).replace(microsecond=0)
