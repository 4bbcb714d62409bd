"""The signatures of digests, under the keys of the bot.

A digest whose signature does not match was written or changed by something else than the bot, or its key was removed.
It rests, and an error is logged, see `bot.store.digests.signed_rows`.
"""

from collections.abc import Callable, Sequence
from hashlib import sha256

import structlog
from cachetools import LRUCache

from bot.identity.tokens.row_signer import RowSigner

log = structlog.get_logger(__name__)

PURPOSE = "digest signature"
ALTERED = "altered"  # the word of the metric
# The digests that were reported. They are read again with every list.
REPORTED = 10_000


class DigestSignatures:
    """Implements `bot.store.Signatures`.

    `token_keys` are in base64, the newest first. Raises SettingsError if one is wrong.
    """

    def __init__(self, token_keys: Sequence[str]) -> None:
        self._signer = RowSigner(token_keys, PURPOSE)
        self._reported: LRUCache[tuple[int, bytes], bool] = LRUCache(REPORTED)
        self._happened: Callable[[str], None] = lambda _: None

    def counted_by(self, happened: Callable[[str], None]) -> None:
        """Call `happened` with `ALTERED` whenever a digest is reported."""
        self._happened = happened

    def sign(self, signed: bytes) -> bytes:
        """Return the signature of `signed`, by the newest key."""
        return self._signer.sign(signed)

    def matches(self, number: int, signed: bytes, signature: bytes | None) -> bool:
        """Return True if one of the keys made the signature.

        If not, this is reported, once for each change.
        """
        if signature is not None and self._signer.verify(signed, signature):
            return True
        seen = number, sha256(signed).digest()
        if seen not in self._reported:
            self._reported[seen] = True
            self._happened(ALTERED)
            log.error("digest_altered", digest=number, signed=signature is not None)
        return False

    def unreadable(self, number: int) -> None:
        """Log that the row of a digest cannot be read, once in each process."""
        if (seen := (number, b"")) not in self._reported:
            self._reported[seen] = True
            log.error("digest_unreadable", digest=number)

    def is_newest(self, signature: bytes) -> bool:
        """Return True if the newest key made the signature."""
        return self._signer.is_newest(signature)

    def upgraded(self, count: int) -> None:
        """Log that `count` digests of an older release are signed now."""
        log.warning("digests_signed", count=count)
