"""What is stored is sealed, bound to its owner, and survives a change of keys."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.identity.tokens.encryption import DecryptionError, Encryptor

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.binary(max_size=500), st.text(max_size=60))
def test_what_is_sealed_opens_again(plain: bytes, about: str) -> None:
    sealer = Encryptor([OLD])
    assert sealer.open(sealer.seal(plain, about), about) == plain


def test_a_value_moved_to_somebody_elses_row_does_not_open() -> None:
    sealed = Encryptor([OLD]).seal(b"token", "token|tenant|ada")
    with pytest.raises(DecryptionError):
        Encryptor([OLD]).open(sealed, "token|tenant|ben")


def test_a_new_key_seals_and_the_old_one_still_opens() -> None:
    sealed = Encryptor([OLD]).seal(b"token", "a")
    both = Encryptor([NEW, OLD])
    assert both.open(sealed, "a") == b"token"
    with pytest.raises(DecryptionError):
        Encryptor([OLD]).open(both.seal(b"token", "a"), "a")


def test_any_flipped_bit_is_noticed() -> None:
    sealed = Encryptor([OLD]).seal(b"token", "a")
    for position in range(len(sealed)):
        damaged = bytearray(sealed)
        damaged[position] ^= 1
        with pytest.raises(DecryptionError):
            Encryptor([OLD]).open(bytes(damaged), "a")


@given(st.binary(max_size=80))
def test_nothing_else_opens_or_crashes(noise: bytes) -> None:
    with pytest.raises(DecryptionError):
        Encryptor([OLD]).open(noise, "a")


def test_the_same_value_never_looks_the_same() -> None:
    sealer = Encryptor([OLD])
    assert sealer.seal(b"token", "a") != sealer.seal(b"token", "a")


def test_keys_come_from_base64_of_either_alphabet() -> None:
    key = b"\xfb\xff" * 16
    standard, safe = base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode()
    assert set("+/") < set(standard)
    assert set("-_") < set(safe)
    sealed = Encryptor.from_texts([standard]).seal(b"x", "a")
    assert Encryptor.from_texts([safe]).open(sealed, "a") == b"x"


@pytest.mark.parametrize("texts", [[], ["short"], ["*" * 44], [base64.b64encode(OLD).decode()[:-4]], [""]])
def test_a_wrong_key_is_a_clear_error_without_the_key(texts: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        Encryptor.from_texts(texts)
    assert not any(text and text in str(caught.value) for text in texts)
