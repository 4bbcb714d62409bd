"""Ids in every form that people paste."""

import pytest

from bot.domain.guid import pasted_guid

ID = "5c1e7a90-4b2d-4e3f-9a61-000000000001"


@pytest.mark.parametrize(
    "typed",
    [
        ID,
        ID.upper(),
        ID.replace("-", ""),
        ID.replace("-", " "),
        ID.replace("-", "–"),
        ID.replace("-", "—"),
        ID.replace("-", "\u2011"),
        ID.replace("-", "-\n"),
        ID[:20] + "\u200b" + ID[20:],
        f"({ID})",
        f"{{{ID}}}",
        f"[{ID}]",
        f"<{ID}>",
        f'"{ID}"',
        f" {ID}. ",
        f"urn:uuid:{ID}",
        ID.replace("5", "５"),
    ],
)
def test_id_is_read_in_every_form_that_is_pasted(typed: str) -> None:
    assert pasted_guid(typed) == ID


@pytest.mark.parametrize("typed", ["", ID[:-1], ID + "0", "x" + ID, "Litware " + ID, "g" * 32])
def test_other_texts_are_no_ids(typed: str) -> None:
    assert pasted_guid(typed) is None
