"""Changes of several digests within a transaction. Synchronous, on a connection."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from bot.store.database.tables import DIGESTS
from bot.store.digests.digest_record import Digest, DigestState
from bot.store.digests.row_mapping import digest_of

# Returns the state and the next due time (Unix seconds, None if never) of a digest. It must not raise.
Resume = Callable[[Digest], tuple[DigestState, float | None]]
Which = Sequence[ColumnElement[bool]]

NOT_REFUSED = {"refusals": 0, "refused_since": None}


def changed(connection: Connection, which: Which, values: dict[str, Any]) -> list[Digest]:
    """Set `values` in the digests that match and return them, by number."""
    done = connection.execute(update(DIGESTS).where(*which).values(values).returning(DIGESTS))
    return sorted(map(digest_of, done.mappings()), key=lambda digest: digest.number)


def resting(connection: Connection, which: Which) -> list[Digest]:
    """Return the suspended digests that match, and lock them."""
    suspended = select(DIGESTS).where(*which, DIGESTS.c.state == DigestState.SUSPENDED).with_for_update()
    return [digest_of(row) for row in connection.execute(suspended).mappings()]


def resumed(connection: Connection, which: Which, resume: Resume) -> list[Digest]:
    """Set what `resume` returns in the digests that match.

    Returns them, by number. The count of refusals starts over. A digest whose state changes loses its reason.
    """
    query = select(DIGESTS).where(*which).order_by(DIGESTS.c.number).with_for_update()
    found = []
    for digest in map(digest_of, connection.execute(query).mappings().all()):
        state, upcoming = resume(digest)
        values: dict[str, Any] = {"state": state, "next_due": upcoming, "version": digest.version + 1, **NOT_REFUSED}
        if state is not digest.state:
            values["reason"] = ""
        found += changed(connection, [DIGESTS.c.number == digest.number], values)
    return found
