"""Cards use every element and property of cards/elements, and nothing else."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from adaptivecards.baseobject import BareObject

import cards
from cards import elements
from cards.elements.element import Property, Strict

ROOT = Path(cards.__path__[0])
ROOM = ROOT / "elements"
CARDS = [file for file in sorted(ROOT.rglob("*.py")) if ROOM not in file.parents]
TREES = {file: ast.parse(file.read_text("utf-8")) for file in CARDS}


def classes() -> Iterator[type]:
    """Yield every class that the package defines, including base classes."""
    for found in iter_modules(elements.__path__):
        module = import_module(f"cards.elements.{found.name}")
        for _, each in inspect.getmembers(module, inspect.isclass):
            if each.__module__ == module.__name__ and each is not Property:
                yield each


def nodes() -> Iterator[ast.AST]:
    for tree in TREES.values():
        yield from ast.walk(tree)


CALLED = {node.func.id for node in nodes() if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
# As a keyword argument, as a key of a dict that is passed with **, or set later.
SET = (
    {node.arg for node in nodes() if isinstance(node, ast.keyword)}
    | {
        key.value
        for node in nodes()
        if isinstance(node, ast.Dict)
        for key in node.keys
        if isinstance(key, ast.Constant)
    }
    | {node.attr for node in nodes() if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}
)
PROPERTIES = sorted(
    {(each.__name__, name) for each in classes() for name, value in vars(each).items() if isinstance(value, Property)}
)


def test_every_exported_element_is_drawn_by_a_card() -> None:
    # Cards use Element itself only in annotations.
    assert set(elements.__all__) - {"Element"} <= CALLED


def test_every_class_is_an_element_that_is_exported_or_the_base_of_one() -> None:
    exported = [getattr(elements, name) for name in elements.__all__]
    assert [each.__name__ for each in classes() if not any(issubclass(one, each) for one in exported)] == []


def test_every_element_is_built_on_the_library() -> None:
    assert all(issubclass(each, BareObject) and issubclass(each, Strict) for each in classes())


@pytest.mark.parametrize(("element", "name"), PROPERTIES)
def test_every_property_is_set_by_a_card(element: str, name: str) -> None:
    assert name in SET, f"no card sets {element}.{name}"


def test_no_card_builds_an_element_by_hand() -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Dict)
        and any(isinstance(key, ast.Constant) and key.value == "type" for key in node.keys)
    ]
    assert found == []
