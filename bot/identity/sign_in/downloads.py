"""What a browser may download, once, after a person has shown who they are.

The store has no file and no secret: the command of the file, encrypted, under the hash of the secret. Independent of
HTTP server and HTML.
"""

import secrets
import time
from collections.abc import Callable

import msgspec
import structlog

from bot.domain.conversation import Caller
from bot.identity.sign_in.newest_records import NewestRecords
from bot.identity.sign_in.secret_hash import hashed
from bot.identity.tokens.encryption import DecryptionError, Encryptor
from bot.store import Record, Records

log = structlog.get_logger(__name__)

KIND = "download"
SECONDS = 300.0  # an answer may take a minute or two, and the link works until the file is there


class Download(msgspec.Struct, frozen=True):
    """The file that `caller` gets: `document` is its command."""

    caller: Caller
    document: str


class Downloads:
    """Keeps what may be downloaded.

    `clock` returns Unix seconds. Every method raises StoreError.
    """

    def __init__(
        self,
        records: Records,
        encryptor: Encryptor,
        newest: NewestRecords,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._records = records
        self._encryptor = encryptor
        self._newest = newest
        self._clock = clock

    async def add(self, caller: Caller, document: str) -> str:
        """Allow one download, and return the secret for the browser of `caller`."""
        secret = secrets.token_urlsafe(32)
        key = hashed(secret)
        value = self._encryptor.seal(Download(caller, document), f"{KIND}|{key}")
        await self._records.add(KIND, key, value, expires=self._clock() + SECONDS)
        await self._newest.keep(caller, KIND, key)
        return secret

    async def look(self, secret: str) -> Download | None:
        """Return what may be downloaded; None if the secret is unknown, used or too old."""
        key = hashed(secret)
        return self._open(key, await self._records.get(KIND, key))

    async def take(self, secret: str) -> bool:
        """Use the secret up. Return True for one caller only."""
        return await self._records.take(KIND, hashed(secret)) is not None

    def _open(self, key: str, record: Record | None) -> Download | None:
        if record is None:
            return None
        try:
            return self._encryptor.unseal(record.value, f"{KIND}|{key}", Download)
        except DecryptionError:
            log.warning("sign_in_record_unreadable")
            return None
