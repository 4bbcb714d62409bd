"""The hash in place of a key that names a person or a place. Pure.

Keys of records hold ids of people and of conversations, and texts that came from outside.
"""

from hashlib import sha256


def key_hash(text: str) -> str:
    """Return the SHA-256 of a text as hexadecimal digits.

    The text may have halves of surrogate pairs: JSON from outside can carry them.
    """
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
