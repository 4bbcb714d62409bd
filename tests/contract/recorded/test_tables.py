"""The tables hold names only, and say where each was seen."""

import ast
import re

import pytest

from tests.contract.recorded.shapes import FOLDER, TABLES, Shape, paths, shapes, table

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


def compared(name: str) -> set[str]:
    """Return the shapes that the tests of a table compare.

    They are named in `SHAPES["name"]`, or are the keys of what `parametrize` gets as `name`.
    """
    tree = ast.parse((FOLDER / f"test_{name}.py").read_text("utf-8"))
    found = {each.slice.value for each in ast.walk(tree) if _is_shape(each)}
    rows = {
        call.args[1].id
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "parametrize"
        if isinstance(call.args[1], ast.Name) and ast.unparse(call.args[0]) == "'name'"
    }
    if "SHAPES" in rows:  # each shape is a row
        return found | shapes(name).keys()
    for each in tree.body:
        if isinstance(each, ast.AnnAssign) and ast.unparse(each.target) in rows and isinstance(each.value, ast.Dict):
            found |= {key.value for key in each.value.keys if isinstance(key, ast.Constant)}
    return found


def _is_shape(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "SHAPES"
        and isinstance(node.slice, ast.Constant)
    )


@pytest.mark.parametrize("name", TABLES)
def test_each_shape_is_compared_with_what_is_sent(name: str) -> None:
    assert compared(name) == shapes(name).keys()


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
