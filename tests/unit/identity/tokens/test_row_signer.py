"""Signatures match what was signed, for one purpose, and survive a key change."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.identity.tokens.encryption import Encryptor
from bot.identity.tokens.row_signer import RowSigner

OLD, NEW = (b64encode(letter * 32).decode() for letter in (b"o", b"n"))


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_signature_matches_what_was_signed_and_nothing_else(signed: bytes, other: bytes) -> None:
    signer = RowSigner([OLD], "rows")
    assert signer.verify(signed, signer.sign(signed))
    assert signer.verify(other, signer.sign(signed)) is (other == signed)


@given(st.binary(max_size=80))
def test_other_bytes_are_no_signature(noise: bytes) -> None:
    assert not RowSigner([OLD], "rows").verify(b"a row", noise)


def test_signature_does_not_match_when_any_bit_is_flipped() -> None:
    signer = RowSigner([OLD], "rows")
    signature = signer.sign(b"a row")
    for position in range(len(signature)):
        damaged = bytearray(signature)
        damaged[position] ^= 1
        assert not signer.verify(b"a row", bytes(damaged))


def test_signature_for_another_purpose_does_not_match() -> None:
    assert not RowSigner([OLD], "rows").verify(b"a row", RowSigner([OLD], "lists").sign(b"a row"))


def test_new_key_signs_and_the_old_one_still_matches() -> None:
    signature, both = RowSigner([OLD], "rows").sign(b"a row"), RowSigner([NEW, OLD], "rows")
    assert (both.verify(b"a row", signature), both.is_newest(signature)) == (True, False)
    assert both.is_newest(both.sign(b"a row"))
    assert not RowSigner([OLD], "rows").verify(b"a row", both.sign(b"a row"))


def test_signature_has_nothing_of_the_key_that_encrypts() -> None:
    encrypted, signature = Encryptor.from_texts([OLD]).encrypt(b"", ""), RowSigner([OLD], "rows").sign(b"")
    assert encrypted[1:5] != signature[1:5]


@pytest.mark.parametrize("texts", [[], ["c2hvcnQ="], ["no base64!"]])
def test_signer_is_refused_when_a_key_is_wrong(texts: list[str]) -> None:
    with pytest.raises(SettingsError, match="USAGEBOT_TOKEN_KEYS"):
        RowSigner(texts, "rows")
