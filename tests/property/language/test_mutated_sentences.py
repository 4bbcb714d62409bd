"""Random and changed sentences are read without an error.

None is answered with a word that was not understood, or as another question.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.language.mutated.sentence_mill import KINDS, milled


@pytest.mark.parametrize("kind", KINDS)
@given(number=st.integers(0, 10**12))
def test_random_sentence_is_read_as_meant_or_asked_about(kind: str, number: int) -> None:
    found = milled(kind, number)
    assert not found.fault, f"{number} {kind}: {found.text!r}"
