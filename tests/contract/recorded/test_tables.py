"""The tables hold names only, and say where each was seen."""

import re

import pytest

from tests.contract.recorded.shapes import TABLES, Shape, paths, shapes, table

NAME = re.compile(r"[A-Za-z@][A-Za-z0-9_@-]*(\[[A-Za-z/]*\])*(\.[A-Za-z@][A-Za-z0-9_@-]*(\[[A-Za-z/]*\])*)*")
PLACE = re.compile(r"https://(learn\.microsoft\.com|datatracker\.ietf\.org)/\S+|[\w.-]+/[\w.-]+ \S+|npm @?[\w/.-]+")


@pytest.mark.parametrize("name", TABLES)
def test_each_shape_is_a_list_of_names_with_a_source(name: str) -> None:
    written, found = table(name), shapes(name)
    assert len(found) > 5
    for shape in found.values():
        assert shape.seen
        assert set(shape.seen) <= written["sources"].keys()
        every = shape.required | shape.optional | set(shape.open) | shape.invented.keys()
        assert all(NAME.fullmatch(each) for each in every), every
        assert not shape.required & shape.optional
        assert all(len(reason) > 30 for reason in shape.invented.values())
    assert {each for shape in found.values() for each in shape.seen} == written["sources"].keys()
    assert all(PLACE.fullmatch(place) for place in written["sources"].values())


def test_difference_in_either_direction_is_told() -> None:
    shape = Shape(("x",), frozenset({"id", "from.id"}), frozenset({"text"}), ("data",))
    assert shape.differences({"id": 1, "from": {"id": 2}, "data": {"any": [1]}}) == []
    assert shape.differences({"id": 1, "from": {"name": 2}, "text": ""}) == [
        "missing: from.id",
        "never recorded: from.name",
    ]


def test_invented_field_that_is_not_sent_is_told() -> None:
    shape = Shape(("x",), frozenset({"id"}), invented={"roles[]": "a reason"})
    assert shape.differences({"id": 1, "roles": ["a"]}) == []
    assert shape.differences({"id": 1}) == ["invented, but not sent: roles[]"]


def test_names_go_through_lists_and_kinds() -> None:
    entities = [{"type": "mention", "mentioned": {"id": 1}}, {"type": "clientInfo", "locale": "x"}]
    sent = {"entities": entities, "members": [{"id": 1}, {"id": 2, "name": 3}], "codes": [1], "none": []}
    assert set(paths(sent)) == {
        "entities[mention].type",
        "entities[mention].mentioned.id",
        "entities[clientInfo].type",
        "entities[clientInfo].locale",
        "members[].id",
        "members[].name",
        "codes[]",
        "none[]",
    }
