import json

import pytest
from adaptivecards.adaptivecard import AdaptiveCard

from cards.elements import (
    ActionSet,
    Badge,
    Card,
    Column,
    ColumnSet,
    Execute,
    Image,
    OpenUrl,
    ProgressBar,
    Submit,
    Table,
    TableCell,
    TableRow,
    TextBlock,
    TextRun,
)


def test_a_misspelt_property_is_an_error_and_names_the_element() -> None:
    with pytest.raises(TypeError, match="TextBlock has no property 'warp'"):
        TextBlock(text="hello", warp=True)


@pytest.mark.parametrize(
    "wrong", [{"text": 1}, {"color": "blue"}, {"max_lines": True}, {"max_lines": "2"}, {"spacing": "huge"}]
)
def test_a_value_of_the_wrong_kind_is_an_error(wrong: dict[str, object]) -> None:
    with pytest.raises(TypeError):
        TextBlock(**wrong)


def test_a_property_set_later_is_checked_too() -> None:
    block = TextBlock(text="hello")
    with pytest.raises(TypeError):
        block.size = "gigantic"


def test_a_property_that_is_none_is_absent() -> None:
    assert TextBlock(text="hello", size=None).render() == {"type": "TextBlock", "text": "hello"}


def test_a_card_is_a_card_of_the_library_of_the_newest_version_teams_draws() -> None:
    card = Card(body=[TextBlock(text="hello")], lang="en")
    assert isinstance(card, AdaptiveCard)
    assert card.render()["version"] == "1.5"


def test_rendering_gives_plain_data_that_shares_nothing_with_the_card() -> None:
    data = {"payload": ["deep"]}
    card = Card(body=[ActionSet(actions=[Execute(title="Go", data=data, fallback=Submit(title="Go", data=data))])])
    rendered = card.render()
    rendered["body"][0]["actions"][0]["data"]["payload"].append("changed")
    assert data == {"payload": ["deep"]}
    assert json.loads(json.dumps(card.render())) == card.render()


def test_names_are_written_as_the_schema_writes_them() -> None:
    column = Column(width=2, items=[TextBlock(text="x")], vertical_content_alignment="center", target_width="narrow")
    assert ColumnSet(columns=[column]).render()["columns"] == [
        {
            "type": "Column",
            "width": 2,
            "items": [{"type": "TextBlock", "text": "x"}],
            "verticalContentAlignment": "center",
            "targetWidth": "narrow",
        }
    ]


def test_a_table_announces_its_first_row_in_the_spelling_clients_read() -> None:
    rows = [TableRow(cells=[TableCell(items=[TextBlock(text="Share")])])]
    table = Table(columns=[{"width": 1}], rows=rows, first_row_as_headers=True, show_grid_lines=False).render()
    assert table["firstRowAsHeaders"] is True
    assert table["rows"][0]["cells"][0]["items"][0]["text"] == "Share"


def test_teams_elements_carry_what_other_clients_draw_instead() -> None:
    plain = TextBlock(text="30%", wrap=True)
    bar = ProgressBar(value=30, fallback=plain).render()
    assert bar == {"type": "ProgressBar", "value": 30, "fallback": plain.render()}
    assert Badge(text="new", style="accent", fallback="drop").render()["fallback"] == "drop"


def test_a_picture_needs_words() -> None:
    with pytest.raises(TypeError):
        Image(url="https://example.com/a.png")  # type: ignore[call-arg]
    assert Image(url="https://example.com/a.png", alt_text="a").render()["altText"] == "a"


def test_a_cell_needs_items() -> None:
    with pytest.raises(TypeError):
        TableCell()  # type: ignore[call-arg]


def test_the_rest_of_the_card_is_rendered_as_given() -> None:
    refresh = {"action": Execute(verb="again", data={}), "userIds": []}
    card = Card(body=[], refresh=refresh, msteams={"width": "Full"}, actions=[OpenUrl(title="Go", url="https://x.y")])
    rendered = card.render()
    assert rendered["refresh"] == {"action": {"type": "Action.Execute", "verb": "again", "data": {}}, "userIds": []}
    assert rendered["actions"] == [{"type": "Action.OpenUrl", "title": "Go", "url": "https://x.y"}]
    assert TextRun(text="a", subtle=True).render() == {"type": "TextRun", "text": "a", "isSubtle": True}
