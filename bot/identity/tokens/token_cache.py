"""One sealed record per person: MSAL's cache with the refresh token, and since when. Knows the store; no msal."""

from dataclasses import asdict, dataclass, field, replace

import msgspec
import structlog

from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Records

log = structlog.get_logger(__name__)

KIND = "token"
Person = tuple[str, str]  # (tenant id, object id), lower case


@dataclass(frozen=True, slots=True)
class CachedSignIn:
    """A person's record. `since` (seconds since the epoch) is when they signed in; `version` is for saving."""

    state: str = field(repr=False)
    since: float
    name: str = ""
    version: int = 0


class TokenCache:
    """The records of everybody who has signed in. StoreError where the database fails."""

    def __init__(self, records: Records, sealer: Encryptor) -> None:
        self._records = records
        self._sealer = sealer

    async def load(self, person: Person) -> CachedSignIn | None:
        """The person's record; None where there is none that can be read."""
        record = await self._records.get(KIND, _key(person))
        if record is None:
            return None
        try:
            kept = msgspec.json.decode(self._sealer.open(record.value, _about(person)), type=CachedSignIn)
        except (DecryptionError, msgspec.MsgspecError):
            log.warning("token_record_unreadable", tenant=person[0])
            return None
        return replace(kept, version=record.version)

    async def exists(self, person: Person) -> bool:
        """Whether the person is signed in, as far as the store knows."""
        return await self._records.get(KIND, _key(person)) is not None

    async def put(self, person: Person, kept: CachedSignIn) -> CachedSignIn:
        """Save a new sign-in, whatever was there."""
        return replace(kept, version=await self._records.put(KIND, _key(person), self._seal(person, kept)))

    async def replace(self, person: Person, kept: CachedSignIn) -> CachedSignIn | None:
        """Save over the version that was loaded; None where somebody saved or deleted it meanwhile."""
        sealed = self._seal(person, kept)
        version = await self._records.replace(KIND, _key(person), sealed, version=kept.version)
        return None if version is None else replace(kept, version=version)

    async def delete(self, person: Person, *, version: int | None = None) -> bool:
        """Whether there was one, of this `version` where it is given."""
        return await self._records.delete(KIND, _key(person), version=version)

    def _seal(self, person: Person, kept: CachedSignIn) -> bytes:
        plain = {name: value for name, value in asdict(kept).items() if name != "version"}
        return self._sealer.seal(msgspec.json.encode(plain), _about(person))


def _key(person: Person) -> str:
    return f"{person[0]}|{person[1]}"


def _about(person: Person) -> str:
    return f"{KIND}|{_key(person)}"
