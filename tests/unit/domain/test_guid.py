"""Which texts are GUIDs."""

import pytest

from bot.domain.guid import parse_guid

ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"


@pytest.mark.parametrize("text", [ID, ID.upper(), f"{{{ID}}}", f"{{{ID.upper()}}}"])
def test_parse_guid_returns_the_canonical_form(text: str) -> None:
    assert parse_guid(text) == ID


@pytest.mark.parametrize(
    "text",
    [
        "",
        "contoso.com",
        ID[:-1],
        ID + "0",
        ID.replace("-", ""),
        f"urn:uuid:{ID}",
        f"{{{ID}",
        f"{ID}}}",
        f" {ID}",
        f"{ID}\n",
        ID.replace("1", "١"),
        ID.replace("b", "ｂ"),
        ID.replace("-", "‐"),
    ],
)
def test_parse_guid_refuses_when_text_is_anything_else(text: str) -> None:
    assert parse_guid(text) is None
