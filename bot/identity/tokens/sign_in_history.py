"""A person's sign-ins of the last hour: what each of them was asked for.

It stays when the tokens go: those of a sign-in that did not help may be refused, deleted or replaced.
Depends on the store.
"""

import msgspec
import structlog

from bot.identity.entra.claims_demand import met_in_vain
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Records

log = structlog.get_logger(__name__)

KIND = "sign-ins"
SECONDS = 3600.0  # how long a sign-in is remembered
MOST = 5  # sign-ins for a demand, and as many without
DEMANDS = 3  # after so many sign-ins, each for a demand, the next one does not help either
SILENT = 2  # after so many sign-ins without a demand, the next one is on the page
Person = tuple[str, str]  # (tenant id, object id), lower case


class _SignIn(msgspec.Struct, frozen=True):
    """`demanded` is the claims request that was satisfied, "" if none."""

    demanded: str
    at: float


class SignInHistory:
    """The newest sign-ins of each person, encrypted. Raises StoreError."""

    def __init__(self, records: Records, encryptor: Encryptor) -> None:
        self._records = records
        self._encryptor = encryptor

    async def add(self, person: Person, demanded: str, now: float) -> None:
        """Remember a sign-in that has just ended well."""
        listed = [*await self._recent(person, now), _SignIn(demanded, now)]
        alike = [each for each in listed if bool(each.demanded) == bool(demanded)]
        others = [each for each in listed if bool(each.demanded) != bool(demanded)]
        sealed = self._encryptor.seal([*others, *alike[-MOST:]], _about(person))
        await self._records.put(KIND, _key(person), sealed, expires=now + SECONDS)

    async def in_vain(self, person: Person, wanted: str | None, now: float) -> bool:
        """Return True if a sign-in for `wanted` does not help; None: second factor.

        It was for the same lately, or there were too many for whatever was demanded: two demands may alternate, and
        each may be another one.
        """
        demands = [each for each in await self._recent(person, now) if each.demanded]
        return len(demands) >= DEMANDS or any(met_in_vain(wanted, each.demanded, now - each.at) for each in demands)

    async def lost(self, person: Person, now: float) -> bool:
        """Return True if sign-ins without a demand were lost again and again."""
        return sum(not each.demanded for each in await self._recent(person, now)) >= SILENT

    async def forget(self, person: Person) -> None:
        """Delete the history of this person."""
        await self._records.delete(KIND, _key(person))

    async def _recent(self, person: Person, now: float) -> list[_SignIn]:
        record = await self._records.get(KIND, _key(person))
        if record is None:
            return []
        try:
            found = self._encryptor.unseal(record.value, _about(person), list[_SignIn])
        except DecryptionError:
            log.warning("sign_in_record_unreadable")
            return []
        return [each for each in found if each.at > now - SECONDS]


def _key(person: Person) -> str:
    return f"{person[0]}|{person[1]}"


def _about(person: Person) -> str:
    return f"{KIND}|{_key(person)}"
