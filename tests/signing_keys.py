"""RSA keys of 2,048 bits, made once per process.

To make one takes a processor longer than most tests that sign with it. Within a test no key is returned twice, so two
simulators never share one. Later tests get the same keys in the same order. Fixtures of a wider scope are set up before
the keys of a test are in use: they make keys of their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

BITS = 2048


class SigningKeys:
    """The keys of this process."""

    def __init__(self) -> None:
        self._made: list[RSAPrivateKey] = []

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let `rsa.generate_private_key` return the stored keys, the first one first."""
        generate = rsa.generate_private_key
        given = 0

        def next_key(public_exponent: int, key_size: int, backend: object = None) -> RSAPrivateKey:
            nonlocal given
            if key_size != BITS:
                return generate(public_exponent, key_size, backend)
            if given == len(self._made):
                self._made.append(generate(public_exponent, key_size, backend))
            given += 1
            return self._made[given - 1]

        with patch.object(rsa, "generate_private_key", next_key):
            yield
