"""What is stored in place of a secret, such as that in a link. Pure."""

import hashlib

LONGEST = 200  # characters of a secret; ours have 43


def hashed(secret: str) -> str:
    """Return the hash of a secret; "" for one that is longer than any of ours.

    A reader of the database cannot use a person's link with it.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest() if len(secret) <= LONGEST else ""
