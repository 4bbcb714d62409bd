"""One encrypted record per person.

MSAL's cache with the refresh token, and the sign-in time. Depends on the store, not on msal.
"""

from dataclasses import asdict, dataclass, field, replace

import structlog

from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.identity.tokens.sign_in_history import SignInHistory
from bot.store import Records

log = structlog.get_logger(__name__)

KIND = "token"
Person = tuple[str, str]  # (tenant id, object id), lower case


@dataclass(frozen=True, slots=True)
class CachedSignIn:
    """A person's record.

    `since` (Unix seconds) is the sign-in time; `version` is needed to save it. `demanded` is the claims request that
    the sign-in was asked for, "" if none.
    """

    state: str = field(repr=False)
    since: float
    name: str = ""
    demanded: str = ""
    version: int = 0


class TokenCache:
    """The records of all signed-in people.

    A sign-in from before `after` (Unix seconds) counts as none: it may have been deleted, and have come back with a
    restored database. Its time is encrypted with it. Raises StoreError when the database fails.
    """

    def __init__(self, records: Records, encryptor: Encryptor, after: float = 0.0) -> None:
        self._records = records
        self._encryptor = encryptor
        self._after = after
        self.history = SignInHistory(records, encryptor)

    async def load(self, person: Person) -> CachedSignIn | None:
        """Return the person's record; None if there is no readable one."""
        record = await self._records.get(KIND, _key(person))
        if record is None:
            return None
        try:
            kept = self._encryptor.unseal(record.value, _about(person), CachedSignIn)
        except DecryptionError:
            log.warning("token_record_unreadable", tenant=person[0])
            return None
        if kept.since < self._after:
            log.info("sign_in_too_old", tenant=person[0])
            return None
        return replace(kept, version=record.version)

    async def version(self, person: Person) -> int | None:
        """Return the version of the person's record; None if there is none."""
        return await self._records.version(KIND, _key(person))

    async def put(self, person: Person, kept: CachedSignIn) -> CachedSignIn:
        """Save a new sign-in, and overwrite any older one."""
        return replace(kept, version=await self._records.put(KIND, _key(person), self._encrypt(person, kept)))

    async def replace(self, person: Person, kept: CachedSignIn) -> CachedSignIn | None:
        """Save over the loaded version.

        None if the record was saved or deleted in between.
        """
        encrypted = self._encrypt(person, kept)
        version = await self._records.replace(KIND, _key(person), encrypted, version=kept.version)
        return None if version is None else replace(kept, version=version)

    async def delete(self, person: Person, *, version: int | None = None) -> bool:
        """Delete the record, if it has this `version` or `version` is None.

        Returns True if it existed.
        """
        return await self._records.delete(KIND, _key(person), version=version)

    def _encrypt(self, person: Person, kept: CachedSignIn) -> bytes:
        plain = {name: value for name, value in asdict(kept).items() if name != "version"}
        return self._encryptor.seal(plain, _about(person))


def _key(person: Person) -> str:
    return f"{person[0]}|{person[1]}"


def _about(person: Person) -> str:
    return f"{KIND}|{_key(person)}"
