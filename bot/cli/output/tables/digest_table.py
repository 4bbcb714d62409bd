"""The digests as a table in the terminal.

Users' texts cannot control the terminal.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.output.streams import printable
from bot.digests.content.digest_line import DigestLines
from bot.domain.conversation import Caller
from bot.store.digests.digest_record import Digest
from cards.parts.schedule_text import in_words
from cards.views.digest_views import DigestLine
from cards.wording.locale_words import LocaleWords

HEADS = ("No.", "Owner", "Where", "Schedule", "Next", "State", "Last")
NARROWEST = 60  # columns
CONVERSATIONS = {"personal": "1:1 chat", "groupChat": "group chat", "channel": "channel"}


def show_digests(digests: Sequence[Digest]) -> None:
    """Print each digest with its question, or that there are none.

    Times are in the time zone of each digest.
    """
    if not digests:
        print("No digests are set up.")
        return
    console = Console(highlight=False)
    console.width = max(console.width, NARROWEST)
    console.print(digest_table(digests))


def digest_table(digests: Sequence[Digest]) -> Table:
    """Return the table. Names are text, never markup."""
    words = LocaleWords.load("en")
    table = Table(show_lines=True)
    for head in HEADS:
        table.add_column(head, overflow="fold", justify="right" if head == HEADS[0] else "left")
    for digest in digests:
        table.add_row(*(Text(cell) for cell in _cells(digest, words)))
    return table


def _cells(digest: Digest, words: LocaleWords) -> Iterator[str]:
    line = DigestLines(Caller(digest.tenant_id, digest.owner_id), now=time.time()).line(digest)
    yield str(line.number)
    yield printable(line.owner or digest.owner_id)
    yield CONVERSATIONS.get(line.where, line.where)
    yield f"{printable(in_words(line.when, words))}\n{printable(line.question)}"
    yield _moment(line.next, line)
    yield "\n".join(_state(digest, line))
    yield f"{line.last}\n{_moment(line.last_at, line)}" if line.last else ""


def _state(digest: Digest, line: DigestLine) -> Iterator[str]:
    yield line.state if line.until is None else f"paused until {line.until}"
    if digest.requested is not None:
        yield "to be run now"
    if digest.reason:
        yield printable(digest.reason)
    if digest.misses:
        yield f"{digest.misses} missed"
    if digest.refusals:
        yield f"{digest.refusals} refused"


def _moment(at: datetime | None, line: DigestLine) -> str:
    """Return the time, with its zone if the schedule shows none."""
    if at is None:
        return ""
    return f"{at:%Y-%m-%d %H:%M}" if line.when.at else f"{at:%Y-%m-%d %H:%M %Z}"
