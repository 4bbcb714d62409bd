"""Rows of digests and their signatures.

The store has no keys: it says what is signed, and `Signatures` signs it. Of a row whose signature does not match
nothing is read, so it is not run, not answered and not shown.

Signed is who is asked for what, when, and where the answer goes: `AUTHORITY`. All other columns are progress, which
every process and the commands of the operator change without keys: state and reason, the next due time, a requested
run, counts, results, when nothing is posted (`only_if`), the figures of the last run (encrypted, bound to the number).
Who can write to the database can therefore make a digest run at another moment, stop it, or delete it. It still has the
figures that its owner asked for, and is posted where its owner wanted. A whole row of an earlier moment, with its
signature, is accepted too.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import msgspec
from sqlalchemy import Connection, select, update

from bot.errors import SettingsError, StoreError
from bot.store.database.tables import DIGESTS
from bot.store.digests.digest_record import DamagedDigest, Digest
from bot.store.digests.row_mapping import digest_of

Row = Mapping[Any, Any]

# The order counts. If a release adds a column, it has to accept the signatures without it, and raise the version.
VERSION = 1
AUTHORITY = (
    *("number", "tenant_id", "owner_id", "owner_name", "locale", "time_zone"),
    *("conversation_id", "kind", "team_id", "reference", "question", "command", "schedule"),
)


class Signatures(Protocol):
    """Signs rows, and checks their signatures, with keys that the store does not have."""

    def sign(self, signed: bytes) -> bytes:
        """Return the signature of `signed`, by the newest key."""
        ...

    def matches(self, number: int, signed: bytes, signature: bytes | None) -> bool:
        """Return True if one of the keys made the signature.

        If not, digest `number` is reported to the operator.
        """
        ...

    def unreadable(self, number: int) -> None:
        """Report that the row of digest `number` cannot be read."""
        ...

    def is_newest(self, signature: bytes) -> bool:
        """Return True if the newest key made the signature."""
        ...

    def upgraded(self, count: int) -> None:
        """Report that the upgrade has signed `count` digests of an older release."""
        ...


class SignedRows:
    """Reads and signs rows.

    `signatures` is None for commands of the operator, which have no keys: they read every row, and sign none.
    """

    def __init__(self, signatures: Signatures | None) -> None:
        self._signatures = signatures

    def digest(self, row: Row) -> Digest | None:
        """Return the digest of a row; None if its signature does not match.

        Raises StoreError if the row holds values that the bot does not write, and reports that.
        """
        if not self._matches(row):
            return None
        try:
            return digest_of(row)
        except StoreError:
            if self._signatures is not None:
                self._signatures.unreadable(row["number"])
            raise

    def digests(self, rows: Iterable[Row]) -> list[Digest]:
        """Return the digests of the rows that can be read and whose signature matches.

        An unreadable row must not affect other digests.
        """
        found = []
        for row in rows:
            with suppress(StoreError):
                digest = self.digest(row)
                found += [] if digest is None else [digest]
        return found

    def damaged(self, rows: Iterable[Row]) -> list[DamagedDigest]:
        """Return the digests that cannot be read, of the rows whose signature matches."""
        found = []
        for row in rows:
            try:
                self.digest(row)
            except StoreError:
                found.append(DamagedDigest(**{name: row[name] for name in DamagedDigest.__slots__}))
        return found

    def sign(self, connection: Connection, row: Row) -> Digest:
        """Sign the row, and return its digest."""
        if self._signatures is not None:
            signature = self._signatures.sign(signed_part(row))
            change = update(DIGESTS).where(DIGESTS.c.number == row["number"]).values(signature=signature)
            connection.execute(change)
        return digest_of(row)

    def sign_again(self, connection: Connection, rows: Iterable[Row]) -> int:
        """Sign the rows again that an older key has signed; return how many."""
        signatures, done = self._signatures, 0
        if signatures is None:
            return done
        for row in rows:
            if self._matches(row) and not signatures.is_newest(row["signature"]):
                unchanged = (DIGESTS.c.number == row["number"], DIGESTS.c.signature == row["signature"])
                signature = signatures.sign(signed_part(row))
                done += connection.execute(update(DIGESTS).where(*unchanged).values(signature=signature)).rowcount
        return done

    def sign_all(self, connection: Connection) -> None:
        """Sign every row: for the upgrade of tables that had no signatures.

        Raises SettingsError if there are no keys.
        """
        rows = connection.execute(select(DIGESTS)).mappings().all()
        if not rows:
            return
        if self._signatures is None:
            raise SettingsError("USAGEBOT_DATABASE", "has digests of an older release: `usagebot serve` upgrades it")
        for row in rows:
            signature = self._signatures.sign(signed_part(row))
            connection.execute(update(DIGESTS).where(DIGESTS.c.number == row["number"]).values(signature=signature))
        self._signatures.upgraded(len(rows))

    def _matches(self, row: Row) -> bool:
        signatures = self._signatures
        return signatures is None or signatures.matches(row["number"], signed_part(row), row["signature"])


def signed_part(row: Row) -> bytes:
    """Return what is signed of a row, as bytes that no other row has."""
    return msgspec.json.encode(["digest", VERSION, *(row[name] for name in AUTHORITY)])
