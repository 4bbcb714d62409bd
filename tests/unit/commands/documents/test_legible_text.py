"""Which names a command document can hold."""

import pytest

from bot.commands.documents.document_values import TEXT_LIMIT, legible


@pytest.mark.parametrize("text", ["Contoso", " a", "x" * TEXT_LIMIT, "شركة", "a\u200db", "\ufffd"])
def test_name_is_legible_when_a_document_can_hold_it(text: str) -> None:
    assert legible(text)


@pytest.mark.parametrize("text", ["", "  ", "x" * (TEXT_LIMIT + 1), "a\x00b", "a\nb", "\ud800"])
def test_name_is_not_legible_when_no_document_can_hold_it(text: str) -> None:
    assert not legible(text)
