"""Changes of several digests within a transaction. Synchronous, on a connection."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, bindparam, delete, or_, select, update

from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests.digest_record import LEFT, REFUSED, UNREADABLE, Digest, DigestState
from bot.store.digests.occurrence import UNFINISHED, OccurrenceState
from bot.store.digests.signed_rows import SignedRows

# Returns the state and the next due time (Unix seconds, None if never) of a digest. It must not raise.
Resume = Callable[[Digest], tuple[DigestState, float | None]]
# Returns True for a digest that is to be changed. It must not raise.
Meant = Callable[[Digest], bool]
Which = Sequence[ColumnElement[bool]]

NOT_REFUSED = {"refusals": 0, "refused_since": None}


def locking(*which: ColumnElement[bool]) -> Select[Any]:
    """Return the query that locks the digests that match.

    By number, and before their occurrences: so no two transactions wait for each other.
    """
    return select(DIGESTS.c.number).where(*which).order_by(DIGESTS.c.number).with_for_update()


def changed(connection: Connection, rows: SignedRows, which: Which, values: dict[str, Any]) -> list[Digest]:
    """Set `values` in the digests that match and return them, by number.

    The values are progress, see `signed_rows`.
    """
    connection.execute(locking(*which))
    done = connection.execute(update(DIGESTS).where(*which).values(values).returning(DIGESTS))
    return sorted(rows.digests(done.mappings()), key=lambda digest: digest.number)


def signed(connection: Connection, rows: SignedRows, which: Which, values: dict[str, Any]) -> list[Digest]:
    """Set `values`, which are signed, in the digests that match, and sign them.

    Returns them, by number. A digest whose signature did not match before stays as it is: otherwise a change would make
    it valid.
    """
    query = select(DIGESTS).where(*which).order_by(DIGESTS.c.number).with_for_update()
    found = []
    for digest in rows.digests(connection.execute(query).mappings().all()):
        change = update(DIGESTS).where(DIGESTS.c.number == digest.number).values(values).returning(DIGESTS)
        found.append(rows.sign(connection, connection.execute(change).mappings().one()))
    return found


def suspended(connection: Connection, rows: SignedRows, which: Which) -> list[Digest]:
    """Return the suspended digests that match, and lock them."""
    query = select(DIGESTS).where(*which, DIGESTS.c.state == DigestState.SUSPENDED).order_by(DIGESTS.c.number)
    return rows.digests(connection.execute(query.with_for_update()).mappings())


def left(connection: Connection, rows: SignedRows, which: Which, meant: Meant) -> list[Digest]:
    """Suspend the digests that match and are `meant`: their owners left.

    Returns them, by number. They are the active ones, and those that are suspended for another reason and would resume
    by themselves. `next_due` is kept.
    """
    would_resume = and_(DIGESTS.c.state == DigestState.SUSPENDED, DIGESTS.c.reason.not_in((LEFT, UNREADABLE)))
    theirs = or_(DIGESTS.c.state == DigestState.ACTIVE, would_resume)
    query = select(DIGESTS).where(*which, theirs).order_by(DIGESTS.c.number).with_for_update()
    digests = [each for each in rows.digests(connection.execute(query).mappings().all()) if meant(each)]
    values: dict[str, Any] = {"state": DigestState.SUSPENDED, "reason": LEFT, "requested": None}
    return changed(
        connection,
        rows,
        [DIGESTS.c.number.in_([each.number for each in digests])],
        {**values, "version": DIGESTS.c.version + 1},
    )


def resumed(
    connection: Connection, rows: SignedRows, which: Which, resume: Resume, posted: int | None = None
) -> list[Digest]:
    """Set what `resume` returns in the digests that match.

    Returns them, by number. The count of refusals starts over. A digest whose state changes loses its reason. `posted`
    is the digest whose message was taken: another one with a run in progress keeps its times, so that this run and its
    retry are not both posted; if it is suspended, it stays so until that run is posted.
    """
    query = select(DIGESTS).where(*which).order_by(DIGESTS.c.number).with_for_update()
    digests = rows.digests(connection.execute(query).mappings().all())
    running = set() if posted is None else _running(connection, [each.number for each in digests]) - {posted}
    found = []
    for digest in digests:
        if digest.number in running and digest.state is DigestState.SUSPENDED:
            continue
        kept = digest.state, digest.next_due
        state, upcoming = kept if digest.number in running else resume(digest)
        values: dict[str, Any] = {"state": state, "next_due": upcoming, "version": digest.version + 1, **NOT_REFUSED}
        if state is not digest.state:
            values["reason"] = ""
            # It goes back to its schedule, and is not a retry. A single time has no other moment.
            if digest.last == REFUSED and not digest.schedule.once:
                values["last"] = ""
        found += changed(connection, rows, [DIGESTS.c.number == digest.number], values)
    return found


def not_refused(connection: Connection, which: Which) -> None:
    """Lock the digests that match, and set their counts of refusals to 0."""
    connection.execute(locking(*which))
    connection.execute(update(DIGESTS).where(*which, DIGESTS.c.refusals > 0).values(**NOT_REFUSED))


def _running(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Return the digests with a run in progress. Its last step erases the report of a posted one."""
    held = OCCURRENCES.c
    posted = and_(held.state.in_((OccurrenceState.SENT, OccurrenceState.UNKNOWN)), held.report.is_not(None))
    query = select(held.number).where(held.number.in_(numbers), or_(held.state.in_(UNFINISHED), posted))
    return set(connection.execute(query).scalars())


def erased(connection: Connection, which: Which) -> list[RowMapping]:
    """Delete the digests that match and their occurrences; return their rows."""
    connection.execute(locking(*which))
    # Delete the digests first: a claim in progress holds their locks, and its occurrences are visible afterwards.
    gone = list(connection.execute(delete(DIGESTS).where(*which).returning(DIGESTS)).mappings())
    if gone:
        theirs = delete(OCCURRENCES).where(OCCURRENCES.c.number == bindparam("gone"))
        connection.execute(theirs, [{"gone": row["number"]} for row in gone])
    return gone
