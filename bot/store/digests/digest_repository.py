"""The digests that users have set up."""

from collections.abc import AsyncIterator, Callable
from typing import Any, Unpack

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)

from bot.store.database.database import Database
from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests import schedule_column as schedules
from bot.store.digests.digest_changes import (
    Meant,
    Resume,
    changed,
    erased,
    left,
    not_refused,
    resumed,
    signed,
    suspended,
)
from bot.store.digests.digest_record import (
    LEFT,
    REFUSED,
    Claim,
    Digest,
    DigestChanges,
    DigestState,
    Enqueue,
    NewDigestRecord,
    NextDue,
)
from bot.store.digests.due_claim import DueClaim
from bot.store.digests.new_row import Found, NewRow
from bot.store.digests.refusal_count import CountedRefusal, RefusalCount, RetryAt
from bot.store.digests.signed_rows import AUTHORITY, SignedRows

_BY_NUMBER = select(DIGESTS).order_by(DIGESTS.c.number)
_PAGE = 100
_ACTIVE = DIGESTS.c.state == DigestState.ACTIVE


class DigestRepository:
    """Stores the digests.

    `clock` returns Unix seconds. Ids of tenants and owners may be in upper or lower case. A digest whose signature does
    not match, or whose row cannot be read, is counted and deleted as others, and not returned. Every method raises
    StoreError if the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], float], rows: SignedRows) -> None:
        self._database = database
        self._clock = clock
        self._signed = rows

    async def add(self, draft: NewDigestRecord) -> Digest:
        """Insert an active digest and return it with its number."""
        return await self._database.write(NewRow(self._signed, draft, self._clock()).added)

    async def add_unless(self, draft: NewDigestRecord, found: Callable[[list[Digest]], Found | None]) -> Digest | Found:
        """Insert an active digest, unless `found` returns something.

        That is returned then; `found` is called with the digests of the owner. Those of one owner are added one after
        the other, whichever process adds them.
        """
        add = NewRow(self._signed, draft, self._clock())
        return await self._database.write(lambda connection: add.unless(connection, found))

    async def get(self, number: int) -> Digest | None:
        """Return the digest; None if there is none."""
        found = await self._select(_BY_NUMBER.where(DIGESTS.c.number == number))
        return found[0] if found else None

    async def of_owner(self, tenant_id: str, owner_id: str) -> list[Digest]:
        """Return the digests of an owner, by number."""
        return await self._select(_BY_NUMBER.where(*_owned(tenant_id, owner_id)))

    async def in_conversation(self, tenant_id: str, conversation_id: str) -> list[Digest]:
        """Return the digests of a conversation, of all owners, by number."""
        return await self._select(_BY_NUMBER.where(*_posted(tenant_id, conversation_id)))

    async def all(self, after: int = 0, limit: int = _PAGE) -> list[Digest]:
        """Return at most `limit` digests with a number above `after`, by number."""
        while page := await self._rows(_BY_NUMBER.where(DIGESTS.c.number > after).limit(limit)):
            if found := self._signed.digests(page):
                return found
            after = int(page[-1]["number"])
        return []

    async def without_command(self, but: str) -> AsyncIterator[Digest]:
        """Yield the digests whose `command` is empty, by number.

        Digests with the reason `but` are left out. They are read page by page.
        """
        missing, last = (DIGESTS.c.command == "", DIGESTS.c.reason != but), 0
        while page := await self._rows(_BY_NUMBER.where(*missing, DIGESTS.c.number > last).limit(_PAGE)):
            last = int(page[-1]["number"])
            for digest in self._signed.digests(page):
                yield digest

    async def count(self) -> int:
        """Return the number of digests."""
        return sum((await self.counts()).values())

    async def counts(self) -> dict[str, int]:
        """Return the number of digests in each state; a state without any is omitted."""
        query = select(DIGESTS.c.state, func.count()).group_by(DIGESTS.c.state)
        async with self._database.reading() as connection:
            return {str(state): int(number) for state, number in await connection.execute(query)}

    async def change(self, number: int, version: int | None, **changes: Unpack[DigestChanges]) -> Digest | None:
        """Change a digest and return it.

        Returns None if it was deleted or no longer has `version`; if `version` is None, any version is changed. A
        change has no side effect: a caller that pauses a digest or changes its schedule sets `next_due` too.
        """
        values: dict[str, Any] = {**changes, "version": DIGESTS.c.version + 1}
        if "schedule" in changes:
            values["schedule"] = schedules.write(changes["schedule"])
        which = [DIGESTS.c.number == number]
        if version is not None:
            which.append(DIGESTS.c.version == version)
        write = changed if changes.keys().isdisjoint(AUTHORITY) else signed
        found = await self._database.write(lambda connection: write(connection, self._signed, which, values))
        return found[0] if found else None

    async def forget(self, tenant_id: str, owner_id: str) -> int:
        """Delete an owner's digests and their occurrences; return how many digests."""
        return await self._erase(*_owned(tenant_id, owner_id))

    async def suspend_conversation(self, tenant_id: str, conversation_id: str, reason: str) -> list[Digest]:
        """Suspend the active digests of a conversation and return them.

        Paused ones stay paused. The id of a team means all its channels. `next_due` is kept: it is the moment since
        which they have not been posted.
        """
        which = (*_within(tenant_id, conversation_id), _ACTIVE)
        values: dict[str, Any] = {"state": DigestState.SUSPENDED, "reason": reason, "requested": None}
        values["version"] = DIGESTS.c.version + 1
        return await self._database.write(lambda connection: changed(connection, self._signed, which, values))

    async def leave(self, tenant_id: str, conversation_id: str, meant: Meant) -> list[Digest]:
        """Suspend the digests that are `meant`: their owners left; return them.

        The id of a team means all its channels.
        """
        which = _within(tenant_id, conversation_id)
        return await self._database.write(lambda connection: left(connection, self._signed, which, meant))

    async def restore_conversation(
        self, tenant_id: str, conversation_id: str, now: float, next_due: NextDue
    ) -> list[Digest]:
        """Make the suspended digests of a conversation active again and return them.

        A digest whose owner left stays suspended; one that is never due again becomes done. The id of a team means all
        its channels. The count of refusals starts over.
        """
        which = _within(tenant_id, conversation_id)

        def resume(digest: Digest) -> tuple[DigestState, float | None]:
            upcoming = next_due(digest, now)
            return DigestState.DONE if upcoming is None else DigestState.ACTIVE, upcoming

        def restored(connection: Connection) -> list[Digest]:
            not_refused(connection, which)
            rested = DIGESTS.c.state == DigestState.SUSPENDED, DIGESTS.c.reason != LEFT
            return resumed(connection, self._signed, (*which, *rested), resume)

        return await self._database.write(restored)

    async def refuse(
        self, number: int, due: int, problem: str, reason: str, retry_at: RetryAt
    ) -> CountedRefusal | None:
        """Close a refused occurrence, count the refusal, and schedule the retry.

        It counts for all digests of the conversation. If `retry_at` returns None, they are suspended for `reason`
        instead. All is done in one transaction. Returns None, and changes nothing, if the occurrence was over before,
        or deleted.
        """
        now = self._clock()
        return await self._database.write(
            lambda connection: RefusalCount(connection, self._signed, now, retry_at).count(number, due, problem, reason)
        )

    async def end_refusals(self, posted: int, tenant_id: str, conversation_id: str, resume: Resume) -> list[Digest]:
        """Set the count of a conversation that takes messages again to 0.

        It has taken the message of digest `posted`. `resume` returns state and next due time of each of its digests. A
        digest with a run in progress keeps both. Returns those that were suspended and are not any more. Writes only if
        there was a refusal.
        """
        which, retried = _posted(tenant_id, conversation_id), and_(DIGESTS.c.last == REFUSED, _ACTIVE)
        # Every posted digest calls this, and few conversations have refused one.
        if not await self._select(select(DIGESTS).where(*which, or_(DIGESTS.c.refusals > 0, retried))):
            return []

        def ended(connection: Connection) -> list[Digest]:
            before = {each.number for each in suspended(connection, self._signed, which)}
            found = resumed(connection, self._signed, which, resume, posted)
            return [each for each in found if each.number in before and each.state is not DigestState.SUSPENDED]

        return await self._database.write(ended)

    async def refresh_reference(self, tenant_id: str, conversation_id: str, owner_id: str, reference: str) -> int:
        """Store the owner's newest conversation reference in their digests.

        Returns how many digests it changed. Writes only if it differs.
        """
        stale = (
            *_posted(tenant_id, conversation_id),
            *_owned(tenant_id, owner_id),
            DIGESTS.c.reference != reference,
        )
        # Every message calls this, and few change a reference. A read first saves waiting for the write lock.
        if not await self._select(select(DIGESTS).where(*stale)):
            return 0
        newest = {"reference": reference}
        return await self._database.write(lambda connection: len(signed(connection, self._signed, stale, newest)))

    async def purge(self, before: float) -> int:
        """Delete digests that have been inactive since before `before`; return how many.

        These are done digests that were last posted before it, and suspended ones that were due before it. Paused ones
        stay: their owners may want to resume them.
        """
        rested = func.coalesce(DIGESTS.c.last_at, DIGESTS.c.created)
        return await self._erase(
            or_(
                and_(DIGESTS.c.state == DigestState.SUSPENDED, func.coalesce(DIGESTS.c.next_due, rested) < before),
                and_(DIGESTS.c.state == DigestState.DONE, rested < before),
            ),
            # A single time may be long after the digest was set up, and the digest is done before its run is over.
            ~exists().where(OCCURRENCES.c.number == DIGESTS.c.number, OCCURRENCES.c.due >= before),
        )

    async def claim(self, now: float, limit: int, next_due: NextDue, enqueue: Enqueue) -> Claim:
        """Claim up to `limit` digests that are requested or due, in this order.

        All is done in one transaction, which also finds when to look again: a poll is one way to the database. Of
        several missed occurrences only the newest is made. No other replica claims the same one. A requested digest is
        claimed in any state, and keeps its times. An exception of `enqueue` rolls back the whole claim.
        """

        return await self._database.write(
            lambda connection: DueClaim(connection, self._signed, now, next_due).claim(limit, enqueue)
        )

    async def reschedule(self, now: float, next_due: NextDue) -> int:
        """Compute all future due times again; return how many have changed.

        This is for a clock that was set back and for time zones whose rules changed: an earlier result is then too late
        or too early. Existing occurrences are not made again. A digest that waits for a retry after a refusal is
        skipped.
        """
        moved, last = 0, 0
        while page := await self._rows(_BY_NUMBER.where(DIGESTS.c.number > last).limit(_PAGE)):
            last = int(page[-1]["number"])
            for digest in self._signed.digests(page):
                upcoming = next_due(digest, now)
                stays = digest.state is not DigestState.ACTIVE or digest.next_due is None or digest.next_due <= now
                if stays or digest.last == REFUSED or upcoming is None or upcoming == digest.next_due:
                    continue
                moved += await self.change(digest.number, digest.version, next_due=upcoming) is not None
        return moved

    async def _select(self, query: Select[Any]) -> list[Digest]:
        return self._signed.digests(await self._rows(query))

    async def _rows(self, query: Select[Any]) -> list[RowMapping]:
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).mappings())

    async def _erase(self, *which: ColumnElement[bool]) -> int:
        return await self._database.write(lambda connection: len(erased(connection, which)))


def _owned(tenant_id: str, owner_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.owner_id == owner_id.lower()


def _posted(tenant_id: str, conversation_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.conversation_id == conversation_id


def _within(tenant_id: str, place_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Match the conversation, or any channel of the team. Outside of teams the team's id is empty."""
    of_team = and_(DIGESTS.c.team_id == place_id, DIGESTS.c.team_id != "")
    return DIGESTS.c.tenant_id == tenant_id.lower(), or_(DIGESTS.c.conversation_id == place_id, of_team)
