"""The digests people have set up."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Unpack

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.store.database.database import Database
from bot.store.database.tables import DIGESTS, OCCURRENCES
from bot.store.digests import schedule_column as schedules
from bot.store.digests.digest_record import (
    ClaimedRun,
    Digest,
    DigestChanges,
    DigestState,
    Enqueue,
    NewDigestRecord,
    NextDue,
)
from bot.store.digests.due_claim import DueClaim
from bot.store.digests.row_mapping import digest_of, readable

_BY_NUMBER = select(DIGESTS).order_by(DIGESTS.c.number)
_PAGE = 100


class DigestRepository:
    """`clock` gives seconds since the epoch. Ids of tenants and owners may be in either case.

    Every method raises StoreError where the database fails.
    """

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    async def add(self, draft: NewDigestRecord) -> Digest:
        """The digest, active, with its number."""
        fields = {name: getattr(draft, name) for name in NewDigestRecord.__slots__}
        fields |= {"tenant_id": draft.tenant_id.lower(), "owner_id": draft.owner_id.lower()}
        fields |= {"schedule": schedules.write(draft.schedule), "created": self._clock()}
        fields |= {"state": DigestState.ACTIVE, "reason": "", "misses": 0, "last": "", "version": 1}
        adding = insert(DIGESTS).values(fields).returning(DIGESTS)
        return digest_of(await self._database.write(lambda connection: connection.execute(adding).mappings().one()))

    async def get(self, number: int) -> Digest | None:
        """None where there is none."""
        found = await self._select(_BY_NUMBER.where(DIGESTS.c.number == number))
        return found[0] if found else None

    async def of_owner(self, tenant_id: str, owner_id: str) -> list[Digest]:
        """By number."""
        return await self._select(_BY_NUMBER.where(*_owned(tenant_id, owner_id)))

    async def in_conversation(self, tenant_id: str, conversation_id: str) -> list[Digest]:
        """By number, whoever owns them."""
        return await self._select(_BY_NUMBER.where(*_posted(tenant_id, conversation_id)))

    async def all(self, after: int = 0, limit: int = _PAGE) -> list[Digest]:
        """Those with a number above `after`, by number."""
        return await self._select(_BY_NUMBER.where(DIGESTS.c.number > after).limit(limit))

    async def without_command(self, but: str) -> AsyncIterator[Digest]:
        """The digests whose `command` is not filled in, by number, but those with the reason `but`.

        They are read page by page. A row that cannot be read is passed over.
        """
        missing, last = (DIGESTS.c.command == "", DIGESTS.c.reason != but), 0
        while page := await self._rows(_BY_NUMBER.where(*missing, DIGESTS.c.number > last).limit(_PAGE)):
            last = int(page[-1]["number"])
            for digest in filter(None, map(readable, page)):
                yield digest

    async def count(self) -> int:
        """How many there are."""
        return sum((await self.counts()).values())

    async def counts(self) -> dict[str, int]:
        """How many are in each state; states that none is in are left out."""
        query = select(DIGESTS.c.state, func.count()).group_by(DIGESTS.c.state)
        async with self._database.reading() as connection:
            return {str(state): int(number) for state, number in await connection.execute(query)}

    async def change(self, number: int, version: int | None, **changes: Unpack[DigestChanges]) -> Digest | None:
        """The digest after the change; None where it is gone or no longer has `version`. None: whatever version.

        Nothing follows from a change by itself: who pauses a digest or gives it another schedule sets `next_due` too.
        """
        values: dict[str, Any] = {**changes, "version": DIGESTS.c.version + 1}
        if "schedule" in changes:
            values["schedule"] = schedules.write(changes["schedule"])
        which = [DIGESTS.c.number == number]
        if version is not None:
            which.append(DIGESTS.c.version == version)
        changed = await self._database.write(lambda connection: _update(connection, which, values))
        return changed[0] if changed else None

    async def delete(self, number: int) -> bool:
        """Whether there was one. Its occurrences go with it: one that is under way will not be sent."""
        return await self._erase(DIGESTS.c.number == number) == 1

    async def forget(self, tenant_id: str, owner_id: str) -> int:
        """Delete all of a person's digests with their occurrences; how many digests that were."""
        return await self._erase(*_owned(tenant_id, owner_id))

    async def suspend_conversation(self, tenant_id: str, conversation_id: str, reason: str) -> list[Digest]:
        """Suspend the active ones there; those are given back. Paused ones stay paused.

        A team's id stands for all its channels. `next_due` stays: since then they have not been posted.
        """
        which = (*_within(tenant_id, conversation_id), DIGESTS.c.state == DigestState.ACTIVE)
        values: dict[str, Any] = {"state": DigestState.SUSPENDED, "reason": reason, "requested": None}
        values["version"] = DIGESTS.c.version + 1
        return await self._database.write(lambda connection: _update(connection, which, values))

    async def restore_conversation(
        self, tenant_id: str, conversation_id: str, now: float, next_due: NextDue
    ) -> list[Digest]:
        """Make the suspended ones there active again (done where they are never due again); those are given back.

        A team's id stands for all its channels.
        """
        suspended = (*_within(tenant_id, conversation_id), DIGESTS.c.state == DigestState.SUSPENDED)

        def restored(connection: Connection) -> Iterator[Digest]:
            found = connection.execute(_BY_NUMBER.where(*suspended).with_for_update()).mappings().all()
            for digest in map(digest_of, found):
                upcoming = next_due(digest, now)
                state = DigestState.DONE if upcoming is None else DigestState.ACTIVE
                values = {"state": state, "reason": "", "next_due": upcoming, "version": digest.version + 1}
                yield from _update(connection, [DIGESTS.c.number == digest.number], values)

        return await self._database.write(lambda connection: list(restored(connection)))

    async def refresh_reference(self, tenant_id: str, conversation_id: str, owner_id: str, reference: str) -> int:
        """The owner's newest way to the conversation; how many digests took it. Writes only where it differs."""
        stale = (
            *_posted(tenant_id, conversation_id),
            *_owned(tenant_id, owner_id),
            DIGESTS.c.reference != reference,
        )
        # Every message asks this, and hardly any has something to write: those need not wait for a writer.
        if not await self._select(select(DIGESTS).where(*stale).limit(1)):
            return 0
        change = update(DIGESTS).where(*stale).values(reference=reference)
        return await self._database.write(lambda connection: int(connection.execute(change).rowcount))

    async def purge(self, before: float) -> int:
        """Erase what has come to rest before that; how many there were.

        Those that are done and were last posted before, and the suspended ones that were due before and could not be
        posted. Paused ones stay: whoever paused them may want them back.
        """
        rested = func.coalesce(DIGESTS.c.last_at, DIGESTS.c.created)
        return await self._erase(
            or_(
                and_(DIGESTS.c.state == DigestState.SUSPENDED, func.coalesce(DIGESTS.c.next_due, rested) < before),
                and_(DIGESTS.c.state == DigestState.DONE, rested < before),
            ),
            # A single time may be far from when it was set up: its run is not over as soon as it is done.
            ~exists().where(OCCURRENCES.c.number == DIGESTS.c.number, OCCURRENCES.c.due >= before),
        )

    async def claim(self, now: float, limit: int, next_due: NextDue, enqueue: Enqueue) -> list[ClaimedRun]:
        """Claim up to `limit` digests that are requested or due, in this order, all in one transaction.

        Of several occurrences that were missed the newest is made. Nobody else claims the same one. A requested digest
        is claimed in whatever state, and keeps its times. What `enqueue` raises undoes the whole claim.
        """

        return await self._database.write(lambda connection: DueClaim(connection, now, next_due).claim(limit, enqueue))

    async def reschedule(self, now: float, next_due: NextDue) -> int:
        """Compute anew when those that are not due yet are due; how many that moved.

        For a clock that was set back and for time zones whose rules were changed: a moment computed before is then
        too late, or too early. What was made already is not made again. One that cannot be read is passed over.
        """
        moved, last = 0, 0
        while page := await self._rows(_BY_NUMBER.where(DIGESTS.c.number > last).limit(_PAGE)):
            last = int(page[-1]["number"])
            for digest in filter(None, map(readable, page)):
                upcoming = next_due(digest, now)
                stays = digest.state is not DigestState.ACTIVE or digest.next_due is None or digest.next_due <= now
                if stays or upcoming is None or upcoming == digest.next_due:
                    continue
                moved += await self.change(digest.number, digest.version, next_due=upcoming) is not None
        return moved

    async def soonest(self) -> float | None:
        """When the next one is due or was requested; None where nothing is."""
        due = select(func.min(DIGESTS.c.next_due)).where(DIGESTS.c.state == DigestState.ACTIVE)
        asked = select(func.min(DIGESTS.c.requested))
        async with self._database.reading() as connection:
            found = [(await connection.execute(query)).scalar_one() for query in (due, asked)]
        return min((float(each) for each in found if each is not None), default=None)

    async def _select(self, query: Select[Any]) -> list[Digest]:
        return [digest_of(row) for row in await self._rows(query)]

    async def _rows(self, query: Select[Any]) -> list[RowMapping]:
        async with self._database.reading() as connection:
            return list((await connection.execute(query)).mappings())

    async def _erase(self, *which: ColumnElement[bool]) -> int:
        def erased(connection: Connection) -> int:
            # The digests first: a claim that is under way holds them, and its occurrences are seen afterwards.
            gone = connection.execute(delete(DIGESTS).where(*which).returning(DIGESTS.c.number)).scalars().all()
            if gone:
                theirs = delete(OCCURRENCES).where(OCCURRENCES.c.number == bindparam("gone"))
                connection.execute(theirs, [{"gone": number} for number in gone])
            return len(gone)

        return await self._database.write(erased)


def _update(connection: Connection, which: Any, values: dict[str, Any]) -> list[Digest]:
    done = connection.execute(update(DIGESTS).where(*which).values(values).returning(DIGESTS))
    return sorted(map(digest_of, done.mappings()), key=lambda digest: digest.number)


def _owned(tenant_id: str, owner_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.owner_id == owner_id.lower()


def _posted(tenant_id: str, conversation_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return DIGESTS.c.tenant_id == tenant_id.lower(), DIGESTS.c.conversation_id == conversation_id


def _within(tenant_id: str, place_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """In that conversation, or in any channel of that team. Outside of teams the team's id is empty."""
    of_team = and_(DIGESTS.c.team_id == place_id, DIGESTS.c.team_id != "")
    return DIGESTS.c.tenant_id == tenant_id.lower(), or_(DIGESTS.c.conversation_id == place_id, of_team)
