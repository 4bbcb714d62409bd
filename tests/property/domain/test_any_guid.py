"""Any text is a GUID or refused, and every GUID has one canonical form."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guid import parse_guid

texts = st.one_of(
    st.text(max_size=60),
    st.text("0123456789abcdefABCDEF-{}", max_size=40),
    st.from_regex(r"\{?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}?", fullmatch=True),
)


@given(texts)
def test_parse_guid_refuses_a_text_or_returns_a_fixpoint(text: str) -> None:
    found = parse_guid(text)
    if found is not None:
        assert found == parse_guid(found) == str(UUID(text))


@given(st.uuids(), st.booleans(), st.booleans())
def test_parse_guid_returns_the_same_for_every_spelling(guid: UUID, capitals: bool, braces: bool) -> None:
    text = str(guid).upper() if capitals else str(guid)
    assert parse_guid(f"{{{text}}}" if braces else text) == str(guid)
