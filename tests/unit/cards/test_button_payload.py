import json
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.views.brief_payload import LONGEST, opened, squeezed
from cards.views.button_payload import (
    DEEPEST,
    Action,
    AskButton,
    FillButton,
    MoreButton,
    RepeatButton,
    RowButton,
    ShapeButton,
    ViewButton,
    pack,
    payload_of,
    unpack,
)
from cards.views.form_payload import INPUT_LIMIT, UNREADABLE, inputs_in
from cards.views.keep_payload import KeepButton
from cards.views.payload_values import COMMAND_LIMIT, ROWS_LIMIT, TEXT_LIMIT
from cards.views.sentence_payload import SentenceButton

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=8,
)
COMMANDS = st.dictionaries(
    st.text(max_size=9), st.integers() | st.text(max_size=60) | st.lists(st.text(max_size=9), max_size=3), max_size=5
)
MARKS = st.from_regex(r"[A-Za-z0-9_-]{8,24}", fullmatch=True)
PAGES = (st.integers(100, ROWS_LIMIT), st.integers(0, 99))
UP = (
    st.none()
    | st.builds(RowButton, COMMANDS, MARKS, *PAGES)
    | st.builds(RowButton, COMMANDS, MARKS, *PAGES, st.builds(RowButton, COMMANDS, MARKS, *PAGES))
)
ACTIONS: st.SearchStrategy[Action] = st.one_of(
    st.builds(AskButton, COMMANDS, st.booleans()),
    st.builds(MoreButton, COMMANDS, *PAGES, UP),
    st.builds(RowButton, COMMANDS, MARKS, *PAGES, UP),
    st.builds(ViewButton, COMMANDS, *PAGES, UP),
    st.builds(ShapeButton, COMMANDS, up=UP),
    st.builds(FillButton, COMMANDS, st.text(min_size=1, max_size=60).filter(str.strip)),
    st.builds(RepeatButton, st.text(min_size=1, max_size=60).filter(str.strip)),
    st.builds(KeepButton, st.text(min_size=1, max_size=60).filter(str.strip)),
)
FIELDS = ("command", "rows", "from", "replace", "repeat", "keep", "row", "view", "shape", "up")
USAGE = {"v": 1, "verb": "usage"}
EXCHANGE = {"v": 1, "verb": "usage", "on": [{"name": "Exchange", "id": "EXCHANGE"}]}
COMPANY = {"v": 1, "verb": "usage", "for": [{"name": "TEST COMPANY", "id": "c9e32a31-0000-4a4c-9a3e-3b1f1d5a0001"}]}


@given(ACTIONS)
def test_a_packed_action_unpacks_unchanged(action: Action) -> None:
    assert unpack(pack(action)) == action
    assert unpack(json.loads(json.dumps(pack(action)))) == action


@given(ACTIONS)
def test_brief_payload_says_the_same_in_version_2(action: Action) -> None:
    brief = pack(action, brief=True)
    kept = {RepeatButton: {"v", "repeat"}, KeepButton: {"v", "keep"}}
    assert set(brief) == kept.get(type(action), {"v3"})
    assert unpack(brief) == action
    assert unpack({"v": 2, **payload_of(brief)}) == action


@given(JSON)
def test_unpack_never_raises_for_any_data(data: Any) -> None:
    assert unpack(data) is None


@given(
    st.sampled_from(["command", "rows", "from", "replace", "repeat", "keep", "row", "view", "shape", "up"]),
    JSON,
    ACTIONS,
)
def test_unpack_returns_an_action_or_none_when_a_field_is_changed(key: str, value: Any, action: Action) -> None:
    found = unpack({"v": 2, **payload_of(pack(action)), key: value})
    assert found is None or isinstance(found, Action)
    assert found is None or unpack(pack(found)) == found


@pytest.mark.parametrize(
    "data",
    [
        {"v": True, "command": USAGE},
        {"v": 2.0, "command": USAGE},
        {"v": "2", "command": USAGE},
        {"v": 3, "command": USAGE},
        {"v": 0, "command": USAGE},
        {"v": 2},
        {"v": 2, "command": None},
        {"v": 2, "command": "usage"},
        {"v": 2, "command": [USAGE]},
        {"v": 2, "command": {"says": "x" * COMMAND_LIMIT}},
        {"v": 2, "command": {"says": "好" * (COMMAND_LIMIT // 6)}},
        {"v": 2, "command": {"says": "a\ud800"}},
        {"v": 2, "repeat": ""},
        {"v": 2, "repeat": "  "},
        {"v": 2, "repeat": None},
        {"v": 2, "repeat": ["usage"]},
        {"v": 2, "repeat": "a\ud800"},
        {"v": 2, "repeat": "x" * (TEXT_LIMIT + 1)},
        {"v": 2, "repeat": "好" * (COMMAND_LIMIT // 6 + 1)},
        {"v": 2, "repeat": "usage", "command": USAGE},
        {"v": 1, "repeat": "usage"},
        {"v": 2, "command": {"says": float("nan")}},
        {"v": 2, "command": {"says": {1, 2}}},
        {"v": 2, "command": {("says",): 1}},
        {"v": 2, "command": USAGE, "replace": 1},
        {"v": 2, "command": USAGE, "replace": None},
        {"v": 2, "command": USAGE, "rows": 0, "replace": True},
        {"v": 2, "command": USAGE, "rows": True, "replace": True},
        {"v": 2, "command": USAGE, "rows": 24.0, "replace": True},
        {"v": 2, "command": USAGE, "rows": ROWS_LIMIT + 1, "replace": True},
        {"v": 2, "command": USAGE, "rows": 24, "from": 24, "replace": True},
        {"v": 2, "command": USAGE, "rows": 24, "from": -1, "replace": True},
        {"v": 2, "command": USAGE, "rows": 24, "from": True, "replace": True},
        {"v": 2, "command": USAGE, "rows": 24},
    ],
)  # fmt: skip
def test_a_payload_not_made_by_pack_is_refused(data: dict[str, Any]) -> None:
    assert unpack(data) is None


@given(ACTIONS, st.data())
def test_brief_payload_with_another_letter_is_read_or_refused(action: Action, data: st.DataObject) -> None:
    text = squeezed(payload_of(pack(action)))
    at = data.draw(st.integers(0, len(text) - 1))
    found = unpack({"v3": text[:at] + data.draw(st.text(max_size=3)) + text[at + 1 :]})
    assert found is None or unpack(pack(found)) == found  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("I9s4TI_XEuGHWgA", MoreButton(EXCHANGE, 40, 20)),
        (
            "IzlQQlyDQxSc_X0DHP0i4SFUmepb6Bvo6BicXZkYkFWc5hGW7-gYiGxlZJFvsl9qXpESspep5R_XtKKACsOoJGSP1QIA",
            RowButton(
                COMPANY,
                "YrMcNenr",
                20,
                up=RowButton({"verb": "usage", "v": 1, "on": [{"name": "Exchange"}]}, "EfrPx1Zb", 20),
            ),
        ),
    ],
)
def test_brief_payload_of_a_posted_card_is_read(text: str, action: Action) -> None:
    assert unpack({"v3": text}) == action


@pytest.mark.parametrize("text", ["", "~", "q8", "=", None, 7, [], {}, "A" * 9_000, "ä", "q8 A"])
def test_text_that_is_no_brief_payload_is_refused(text: object) -> None:
    assert unpack({"v3": text}) is None


def test_brief_payload_that_would_fill_the_memory_is_refused() -> None:
    bomb = squeezed({"command": {"says": "x" * 500_000}})
    assert len(bomb) < LONGEST
    assert opened(bomb) is None


def test_brief_payload_that_is_longer_than_any_is_refused() -> None:
    noise = "".join(Random(7).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=14_000))
    long = squeezed({"command": {"says": noise}})
    assert len(long) > LONGEST
    assert opened(long) is None
    assert opened(squeezed({"command": {"says": noise[:5_000]}})) is not None


def test_payload_with_two_versions_is_refused() -> None:
    assert unpack({"v": 2, "command": USAGE, **pack(MoreButton(USAGE, 20))}) is None


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.text(max_size=40)
        | st.uuids().map(str)
        | st.sampled_from(
            ["~", "~~", '"~', "~" + "a" * 22, '"~' + "a" * 22 + '"', 'x"c9e32a31-0000-4a4c-9a3e-3b1f1d5a0001']
        ),
    )
)
def test_any_text_in_a_brief_payload_is_kept(payload: dict[str, str]) -> None:
    assert opened(squeezed(payload)) == payload


def test_lists_deeper_than_any_that_a_card_makes_are_refused() -> None:
    row = RowButton(USAGE, "x1ZbCtsD", 20)
    for _ in range(DEEPEST - 1):
        row = RowButton(USAGE, "x1ZbCtsD", 20, up=row)
    assert unpack(pack(MoreButton(USAGE, 20, up=row))) == MoreButton(USAGE, 20, up=row)
    assert unpack(pack(MoreButton(USAGE, 20, up=RowButton(USAGE, "x1ZbCtsD", 20, up=row)))) is None


@pytest.mark.parametrize(
    "up",
    [
        None,
        {},
        [],
        "up",
        {"row": "x1ZbCtsD", "rows": 20},
        {"command": USAGE, "rows": 20},
        {"command": USAGE, "row": "x1ZbCtsD"},
        {"command": USAGE, "row": "x", "rows": 20},
    ],
)
def test_list_around_a_list_that_no_card_makes_is_refused(up: object) -> None:
    assert unpack({"v": 2, "command": USAGE, "rows": 20, "replace": True, "up": up}) is None
    assert unpack({"v": 2, "command": USAGE, "up": up}) is None


def test_payload_that_is_nested_without_end_is_refused() -> None:
    deep: dict[str, Any] = {}
    for _ in range(100_000):
        deep = {"x": deep}
    endless: dict[str, Any] = {}
    endless["x"] = endless
    assert unpack({"v": 2, "command": deep}) is None
    assert unpack({"v": 2, "command": endless}) is None
    while deep:  # taken apart one by one: to forget it at once would need as deep a stack
        deep = deep.pop("x")


def test_unknown_fields_in_the_payload_are_ignored() -> None:
    assert unpack({**pack(AskButton(USAGE)), "msteams": {"type": "messageBack"}, "who": "me"}) == AskButton(USAGE)


class TestVersion1:
    """Buttons with a sentence, which are on cards that were posted before."""

    def test_button_that_asks_is_read(self) -> None:
        assert unpack({"v": 1, "do": "ask", "text": "usage", "replace": True}) == SentenceButton("usage", replace=True)
        assert unpack({"v": 1, "do": "ask", "text": "usage"}) == SentenceButton("usage")

    def test_button_that_shows_more_is_read(self) -> None:
        assert unpack({"v": 1, "do": "more", "text": "usage", "shown": 24}) == SentenceButton("usage", 24, replace=True)

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
            {"v": 1, "command": USAGE},
        ],
    )
    def test_payload_not_made_by_the_old_release_is_refused(self, data: dict[str, Any]) -> None:
        assert unpack(data) is None


def test_buttons_are_keys_of_a_cache_and_differ_by_their_command() -> None:
    help_button, usage_button = AskButton({"v": 1, "verb": "help"}), AskButton({"v": 1, "verb": "usage"})
    assert {help_button: "help", usage_button: "usage"}[AskButton({"v": 1, "verb": "help"})] == "help"
    assert len({MoreButton({"verb": "usage"}, 24), MoreButton({"verb": "usage"}, 48)}) == 2


@pytest.mark.parametrize("chosen", ["0112", "Contoso", " Contoso "])
def test_a_name_that_was_chosen_is_read_from_the_box(chosen: str) -> None:
    data = pack(FillButton(USAGE, "cont")) | {"name": chosen}
    assert unpack(data) == FillButton(USAGE, "cont", chosen.strip())


@pytest.mark.parametrize("chosen", ["", "  ", None, 7, ["Contoso"], "x" * 501, "\ud800"])
def test_a_choice_that_is_no_name_counts_as_none(chosen: object) -> None:
    assert unpack(pack(FillButton(USAGE, "cont")) | {"name": chosen}) == FillButton(USAGE, "cont")


@pytest.mark.parametrize("change", [{"fill": ""}, {"fill": 7}, {"fill": "x" * 501}, {"rows": 24}, {"replace": False}])
def test_a_payload_that_fills_no_name_is_refused(change: dict[str, Any]) -> None:
    assert unpack(pack(FillButton(USAGE, "cont")) | change) is None


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (" 9:30 ", "9:30"),
        (50, "50"),
        ("50\u202f%", "50 %"),
        ("\u202eNew\u00a0York\u200b", "New York"),
        (None, ""),
        ("\ud800", ""),
        ("1" * 500, "1" * INPUT_LIMIT),
    ],
)
def test_input_of_a_form_is_read_as_the_text_that_people_see(sent: object, read: str) -> None:
    assert inputs_in({"zone": sent}).zone == read


@pytest.mark.parametrize("sent", [True, [], {}, ["2027-01-11"], [[[]]]])
def test_input_of_a_form_that_is_no_text_is_not_taken_for_empty(sent: object) -> None:
    assert inputs_in({"until": sent}).until == UNREADABLE


def test_no_to_a_question_holds_no_command() -> None:
    assert pack(KeepButton("stop digest 3")) == {"v": 2, "keep": "stop digest 3"}
    assert unpack({"v": 2, "keep": "stop digest 3", "command": USAGE}) is None
    assert unpack({"v": 2, "keep": " "}) is None
