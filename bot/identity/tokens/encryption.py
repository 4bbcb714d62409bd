"""Encrypt what is stored.

AES-GCM, bound to the record it belongs to, with keys that can be rotated. An encrypted value is `version (1) | key id
(4) | nonce (12) | ciphertext and tag`. The key id selects the key for decryption, so a new key can be put first in the
list while values of older keys stay readable. A description of the record is the associated data: a value that was
copied to another person's row cannot be decrypted. Pure except for the nonce.
https://cryptography.io/en/latest/hazmat/primitives/aead/#cryptography.hazmat.primitives.ciphers.aead.AESGCM
"""

import base64
import binascii
import hashlib
import os
from collections.abc import Sequence
from typing import TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import SettingsError, UsageBotError

T = TypeVar("T")

VERSION = b"\x01"
KEY_BYTES = 32
_HEADER = 1 + 4 + 12


class DecryptionError(UsageBotError):
    """The value cannot be decrypted.

    It was encrypted with a key that is not configured, or for another record, or it is damaged.
    """


class Encryptor:
    """Encrypts with the first key, decrypts with any.

    Raises SettingsError for a key of the wrong length.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        _require(keys)
        self._current = key_id(keys[0])
        self._keys = {key_id(key): AESGCM(key) for key in keys}

    @classmethod
    def from_texts(cls, texts: Sequence[str]) -> "Encryptor":
        """Create it from keys in base64, the newest first.

        Raises SettingsError; the message contains no key.
        """
        return cls(read_keys(texts))

    def encrypt(self, plain: bytes, about: str) -> bytes:
        """Encrypt `plain` for the record `about` (such as "token|tenant|person")."""
        nonce = os.urandom(12)
        header = VERSION + self._current + nonce
        return header + self._keys[self._current].encrypt(nonce, plain, header[:5] + about.encode())

    def seal(self, value: object, about: str) -> bytes:
        """Encrypt `value` as JSON for the record `about`."""
        return self.encrypt(msgspec.json.encode(value), about)

    def unseal(self, sealed: bytes, about: str, kind: type[T]) -> T:
        """Return what was encrypted for `about`.

        Raises DecryptionError, also if it is nothing of this `kind`.
        """
        try:
            return msgspec.json.decode(self.decrypt(sealed, about), type=kind)
        except msgspec.MsgspecError:
            raise DecryptionError from None

    def decrypt(self, encrypted: bytes, about: str) -> bytes:
        """Decrypt a value that was encrypted for `about`. Raises DecryptionError."""
        header, rest = encrypted[:_HEADER], encrypted[_HEADER:]
        cipher = self._keys.get(header[1:5])
        if len(header) != _HEADER or header[:1] != VERSION or cipher is None:
            raise DecryptionError
        try:
            return cipher.decrypt(header[5:], rest, header[:5] + about.encode())
        except (InvalidTag, ValueError):
            raise DecryptionError from None


def read_keys(texts: Sequence[str]) -> list[bytes]:
    """Return the keys that are written in base64.

    Raises SettingsError if there is none, or if one is wrong; the message contains no key.
    """
    try:
        keys = [base64.b64decode(text, altchars=b"-_", validate=True) for text in texts]
    except (binascii.Error, ValueError):
        raise SettingsError("USAGEBOT_TOKEN_KEYS", "is not a list of keys in base64") from None
    _require(keys)
    return keys


def key_id(key: bytes) -> bytes:
    """Return the id by which a stored value names its key."""
    return hashlib.sha256(b"usagebot key id" + key).digest()[:4]


def _require(keys: Sequence[bytes]) -> None:
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise SettingsError("USAGEBOT_TOKEN_KEYS", f"needs at least one key of {KEY_BYTES} bytes in base64")
