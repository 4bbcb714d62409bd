"""Stored values are encrypted, bound to their owner, and survive a key change."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.identity.tokens.encryption import DecryptionError, Encryptor

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.binary(max_size=500), st.text(max_size=60))
def test_an_encrypted_value_decrypts_to_itself(plain: bytes, about: str) -> None:
    encryptor = Encryptor([OLD])
    assert encryptor.decrypt(encryptor.encrypt(plain, about), about) == plain


def test_decrypt_raises_when_a_value_is_in_another_persons_row() -> None:
    encrypted = Encryptor([OLD]).encrypt(b"token", "token|tenant|ada")
    with pytest.raises(DecryptionError):
        Encryptor([OLD]).decrypt(encrypted, "token|tenant|ben")


def test_a_new_key_encrypts_and_the_old_one_still_decrypts() -> None:
    encrypted = Encryptor([OLD]).encrypt(b"token", "a")
    both = Encryptor([NEW, OLD])
    assert both.decrypt(encrypted, "a") == b"token"
    with pytest.raises(DecryptionError):
        Encryptor([OLD]).decrypt(both.encrypt(b"token", "a"), "a")


def test_decrypt_raises_when_any_bit_is_flipped() -> None:
    encrypted = Encryptor([OLD]).encrypt(b"token", "a")
    for position in range(len(encrypted)):
        damaged = bytearray(encrypted)
        damaged[position] ^= 1
        with pytest.raises(DecryptionError):
            Encryptor([OLD]).decrypt(bytes(damaged), "a")


@given(st.binary(max_size=80))
def test_decrypt_raises_for_any_other_bytes(noise: bytes) -> None:
    with pytest.raises(DecryptionError):
        Encryptor([OLD]).decrypt(noise, "a")


def test_the_same_value_is_encrypted_differently_each_time() -> None:
    encryptor = Encryptor([OLD])
    assert encryptor.encrypt(b"token", "a") != encryptor.encrypt(b"token", "a")


def test_keys_come_from_base64_of_either_alphabet() -> None:
    key = b"\xfb\xff" * 16
    standard, safe = base64.b64encode(key).decode(), base64.urlsafe_b64encode(key).decode()
    assert set("+/") < set(standard)
    assert set("-_") < set(safe)
    sealed = Encryptor.from_texts([standard]).encrypt(b"x", "a")
    assert Encryptor.from_texts([safe]).decrypt(sealed, "a") == b"x"


@pytest.mark.parametrize("texts", [[], ["short"], ["*" * 44], [base64.b64encode(OLD).decode()[:-4]], [""]])
def test_a_wrong_key_is_a_clear_error_without_the_key(texts: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        Encryptor.from_texts(texts)
    assert not any(text and text in str(caught.value) for text in texts)
