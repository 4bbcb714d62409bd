"""Sign what is stored in plain text.

HMAC-SHA256, with keys that are derived from those that encrypt: a signature is of no use as a key, and the other way
round. The first key signs, and every key verifies, so a new key can be put first in the list. A signature is `version
(1) | key id (4) | HMAC (32)`. Pure.
https://cryptography.io/en/latest/hazmat/primitives/key-derivation-functions/#hkdf
"""

import hashlib
import hmac
from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.identity.tokens.encryption import VERSION, key_id, read_keys

_KEY_BYTES = 32
_HEADER = 1 + 4


class RowSigner:
    """Signs with the first key, verifies with any.

    `purpose` names what is signed: a signature for one purpose does not match for another. Raises SettingsError for a
    key of the wrong length.
    """

    def __init__(self, texts: Sequence[str], purpose: str) -> None:
        derived = [_derived(key, purpose) for key in read_keys(texts)]
        self._newest = VERSION + key_id(derived[0])
        self._keys = {VERSION + key_id(key): key for key in derived}

    def sign(self, signed: bytes) -> bytes:
        """Return the signature of `signed`, by the first key."""
        return self._newest + _hmac(self._keys[self._newest], signed)

    def verify(self, signed: bytes, signature: bytes) -> bool:
        """Return True if one of the keys made this signature of `signed`."""
        key = self._keys.get(signature[:_HEADER])
        return key is not None and hmac.compare_digest(signature[_HEADER:], _hmac(key, signed))

    def is_newest(self, signature: bytes) -> bool:
        """Return True if the first key made the signature."""
        return signature[:_HEADER] == self._newest


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=f"usagebot {purpose}".encode()).derive(key)


def _hmac(key: bytes, signed: bytes) -> bytes:
    return hmac.digest(key, signed, hashlib.sha256)
