"""The button that cancels, whatever a client sends."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.draw import draw, summary
from cards.views.answer_views import CancelledView, ProgressView
from cards.views.button_payload import unpack
from cards.views.progress.cancel_payload import CancelButton, cancel_data, cancel_in
from cards.wording.locale_words import LocaleWords

KEY = "0123456789abcdef" * 2
ENGLISH = LocaleWords.load("en-US")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.sampled_from(["v", "cancel", "command", "x"]), each),
    max_leaves=8,
)


@given(st.from_regex(r"[0-9a-f]{32}", fullmatch=True))
def test_button_is_read_as_it_was_written(key: str) -> None:
    assert cancel_in(cancel_data(CancelButton(key))) == CancelButton(key)


@given(JSON)
def test_nothing_that_a_client_sends_raises(data: object) -> None:
    found = cancel_in(data)
    assert found is None or cancel_data(found)["cancel"] == data["cancel"]  # type: ignore[index]


@pytest.mark.parametrize("changes", [{"v": 1}, {"v": True}, {"v": "2"}, {"cancel": KEY + "0"}, {"command": {}}])
def test_payload_of_another_kind_is_no_such_button(changes: dict[str, Any]) -> None:
    assert cancel_in(cancel_data(CancelButton(KEY)) | changes) is None


def test_payload_holds_no_command() -> None:
    assert unpack(cancel_data(CancelButton(KEY))) is None


def test_progress_card_has_the_button_only_if_it_can_be_cancelled() -> None:
    assert KEY in str(draw(ProgressView("usage", 1, 2, CancelButton(KEY)), ENGLISH))
    assert "Cancel" not in str(draw(ProgressView("usage", 1, 2), ENGLISH))


def test_cancelled_card_names_the_question() -> None:
    assert summary(CancelledView("usage by customer"), ENGLISH) == "Cancelled: usage by customer"
    assert summary(CancelledView(" "), ENGLISH) == "Cancelled"
