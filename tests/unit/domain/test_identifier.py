"""Which ids are one id."""

import pytest

from bot.domain.identifier import folded_id

ID = "5c1e7a90-4b2d-4e3f-9a61-00000000000a"


@pytest.mark.parametrize(
    "text",
    [
        ID.upper(),
        f"{{{ID}}}",
        f"{{{ID.upper()}}}",
        f"({ID})",
        ID.replace("-", ""),
        f"{{{ID.replace('-', '')}}}",
        f" {ID}\u200b",
    ],
)
def test_every_form_of_a_guid_is_one_id(text: str) -> None:
    assert folded_id(text) == ID


@pytest.mark.parametrize("text", ["exo", "{exo}", "(" + "x" * 36 + ")", "g" * 32, "a" * 33])
def test_other_ids_stay_as_they_are(text: str) -> None:
    assert folded_id(text) == text


@pytest.mark.parametrize("form", ["{}", "{{{}}}", "({})"])
def test_a_guid_of_zeros_is_no_id_in_every_form(form: str) -> None:
    zeros = "00000000-0000-0000-0000-000000000000"
    assert folded_id(form.format(zeros)) == ""
    assert folded_id(form.format(zeros.replace("-", ""))) == ""
