import json

import pytest
from adaptivecards.adaptivecard import AdaptiveCard

from cards.elements import (
    ActionSet,
    Card,
    Column,
    ColumnSet,
    Execute,
    OpenUrl,
    Submit,
    TextBlock,
    TextRun,
)


def test_a_misspelled_property_raises_and_names_the_element() -> None:
    with pytest.raises(TypeError, match="TextBlock has no property 'warp'"):
        TextBlock(text="hello", warp=True)


@pytest.mark.parametrize("wrong", [{"text": 1}, {"color": "blue"}, {"wrap": "yes"}, {"subtle": 1}, {"spacing": "huge"}])
def test_a_value_of_the_wrong_kind_is_an_error(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        TextBlock(**wrong)


def test_a_property_set_later_is_checked_too() -> None:
    block = TextBlock(text="hello")
    with pytest.raises(TypeError):
        block.size = "gigantic"


def test_a_property_that_is_none_is_absent() -> None:
    assert TextBlock(text="hello", size=None).render() == {"type": "TextBlock", "text": "hello"}


def test_a_card_has_the_newest_version_that_teams_draws() -> None:
    card = Card(body=[TextBlock(text="hello")], lang="en")
    assert isinstance(card, AdaptiveCard)
    assert card.render()["version"] == "1.5"


def test_render_returns_plain_data_independent_of_the_card() -> None:
    data = {"payload": ["deep"]}
    card = Card(body=[ActionSet(actions=[Execute(title="Go", data=data, fallback=Submit(title="Go", data=data))])])
    rendered = card.render()
    rendered["body"][0]["actions"][0]["data"]["payload"].append("changed")
    assert data == {"payload": ["deep"]}
    assert json.loads(json.dumps(card.render())) == card.render()


def test_names_are_written_as_the_schema_writes_them() -> None:
    column = Column(width="auto", items=[TextBlock(text="x")], vertical_content_alignment="center")
    assert ColumnSet(columns=[column], horizontal_alignment="right").render() == {
        "type": "ColumnSet",
        "columns": [
            {
                "type": "Column",
                "width": "auto",
                "items": [{"type": "TextBlock", "text": "x"}],
                "verticalContentAlignment": "center",
            }
        ],
        "horizontalAlignment": "right",
    }


@pytest.mark.parametrize("name", ["id", "requires", "height"])
def test_a_property_that_only_the_library_declares_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=f"no property '{name}'"):
        TextBlock(text="hello", **{name: "x"})


def test_buttons_and_runs_name_their_type_first() -> None:
    opened = ActionSet(actions=[OpenUrl(title="Go", url="https://x.y")]).render()
    assert opened["actions"] == [{"type": "Action.OpenUrl", "title": "Go", "url": "https://x.y"}]
    assert TextRun(text="a", subtle=True).render() == {"type": "TextRun", "text": "a", "isSubtle": True}
