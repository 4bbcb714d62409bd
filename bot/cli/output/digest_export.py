"""The digests for programs. The keys are stable; OPERATIONS.md describes them.

No encrypted value is written.
"""

import csv
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.cli.output.streams import as_line
from bot.commands.command_document import write_object
from bot.digests.content.digest_command import command_of, question_of
from bot.export.spreadsheet_cell import harmless
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_words import TimeWords
from bot.store.digests.digest_record import Digest

COLUMNS = (
    *("number", "tenantId", "ownerId", "owner", "question", "command", "schedule", "zone", "only"),
    *("where", "conversationId", "teamId"),
    *("state", "reason", "next", "pausedUntil", "requested", "misses", "created", "last", "lastAt"),
)


def as_json(digests: Iterable[Digest]) -> str:
    """Return `{"kind": "digests", "digests": [...]}` on one line; see `fields`."""
    return as_line({"kind": "digests", "digests": [fields(each) for each in digests]})


def as_csv(digests: Iterable[Digest]) -> str:
    """Return a line of column names, then a line for each digest.

    Times are in UTC, empty if there is none. The command is JSON text.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    rows = [fields(each) for each in digests]
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(row[name]) for name in COLUMNS] for row in rows)
    return written.getvalue().removesuffix("\n")


def fields(digest: Digest) -> dict[str, object]:
    """Return everything about a digest but its figures and its conversation reference."""
    return {
        "number": digest.number,
        "tenantId": digest.tenant_id,
        "ownerId": digest.owner_id,
        "owner": digest.owner_name,
        "question": question_of(digest),
        "command": None if (command := command_of(digest)) is None else write_object(command),
        "schedule": schedule_words(digest.schedule, TimeWords.load(ENGLISH)),
        "zone": digest.schedule.zone,
        "only": json.loads(digest.only_if) if digest.only_if else None,
        "where": digest.kind.value,
        "conversationId": digest.conversation_id,
        "teamId": digest.team_id or None,
        "state": digest.state.value,
        "reason": digest.reason or None,
        "next": _time(digest.next_due),
        "pausedUntil": _time(digest.paused_until),
        "requested": _time(digest.requested),
        "misses": digest.misses,
        "created": _time(digest.created),
        "last": digest.last or None,
        "lastAt": _time(digest.last_at),
    }


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")


def _harmless(value: object) -> object:
    if isinstance(value, dict):
        return as_line(value)
    return harmless(value)
