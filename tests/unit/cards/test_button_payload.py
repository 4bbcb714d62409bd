from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.views.button_payload import ROWS_LIMIT, TEXT_LIMIT, Action, AskButton, MoreButton, pack, unpack

TEXT = st.text(min_size=1, max_size=TEXT_LIMIT).filter(str.strip)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(AskButton, TEXT, st.booleans()), st.builds(MoreButton, TEXT, st.integers(1, ROWS_LIMIT))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)


@given(ACTIONS)
def test_a_packed_action_unpacks_unchanged(action: Action) -> None:
    assert unpack(pack(action)) == action


@given(JSON)
def test_unpack_never_raises_for_any_data(data: Any) -> None:
    assert unpack(data) is None


@given(st.sampled_from(["v", "do", "text", "shown", "replace"]), JSON, ACTIONS)
def test_unpack_returns_an_action_or_none_when_a_field_is_changed(key: str, value: Any, action: Action) -> None:
    found = unpack({**pack(action), key: value})
    assert found is None or unpack(pack(found)) == found


@pytest.mark.parametrize(
    "data",
    [
        {"v": True, "do": "ask", "text": "usage"},
        {"v": 1.0, "do": "ask", "text": "usage"},
        {"v": 2, "do": "ask", "text": "usage"},
        {"v": 1, "do": "drop", "text": "usage"},
        {"v": 1, "do": ["ask"], "text": "usage"},
        {"v": 1, "do": "ask", "text": ""},
        {"v": 1, "do": "ask", "text": " \n"},
        {"v": 1, "do": "ask", "text": "a\ud800"},
        {"v": 1, "do": "ask", "text": "x" * (TEXT_LIMIT + 1)},
        {"v": 1, "do": "ask", "text": "usage", "replace": 1},
        {"v": 1, "do": "more", "text": "usage"},
        {"v": 1, "do": "more", "text": "usage", "shown": 0},
        {"v": 1, "do": "more", "text": "usage", "shown": True},
        {"v": 1, "do": "more", "text": "usage", "shown": ROWS_LIMIT + 1},
    ],
)
def test_a_payload_not_made_by_pack_is_refused(data: dict[str, Any]) -> None:
    assert unpack(data) is None


def test_unknown_fields_in_the_payload_are_ignored() -> None:
    assert unpack({**pack(AskButton("usage")), "msteams": {"type": "messageBack"}}) == AskButton("usage")
