"""The base of all elements of a card: strict properties in, plain dicts out.

The library (0.4.1, 2021) ignores misspelled properties, has no actions, and renders objects that JSON cannot represent.
Here a misspelled property or a value outside its list is a TypeError, and `render` returns plain dicts.
"""

from collections.abc import Iterable
from typing import Any

from adaptivecards.baseobject import BareObject, PropertyType
from adaptivecards.baseobject import Element as LibraryElement

SPACINGS = ("none", "small", "default", "medium", "large", "extraLarge", "padding")
ALIGNMENTS = ("left", "center", "right")


class Property(PropertyType):  # type: ignore[misc]  # the library has no types
    """A property of one of `types` and, if given, one of the values `among`.

    A bool is not an int here.
    """

    def __init__(self, *types: type, key: str | None = None, among: Iterable[str] = ()) -> None:
        super().__init__(type=types, key_name=key)
        self.among = tuple(among)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else super().__get__(instance, owner)

    def __set__(self, instance: Any, value: object) -> None:
        if (isinstance(value, bool) and bool not in self.type) or (self.among and value not in self.among):
            raise TypeError(f"{type(instance).__name__}.{self.key_name} cannot be {value!r}")
        super().__set__(instance, value)


class Strict(BareObject):  # type: ignore[misc]
    """An object with the properties declared here only, not the library's.

    None means absent. What has an `element_type` names it first.
    """

    element_type = ""
    _data: dict[str, Any]

    def __init__(self, **properties: object) -> None:
        super().__init__()
        if self.element_type:
            self._data["type"] = self.element_type
        for name, value in properties.items():
            if not isinstance(getattr(type(self), name, None), Property):
                raise TypeError(f"{type(self).__name__} has no property {name!r}")
            if value is not None:
                setattr(self, name, value)

    def render(self) -> dict[str, Any]:
        """Return the element as plain dicts, lists and scalars.

        They share nothing with this object.
        """
        return {key: plain(value) for key, value in self._data.items()}


def plain(value: Any) -> Any:
    """Return `value` without library objects and tuples."""
    if isinstance(value, BareObject):
        return {key: plain(inner) for key, inner in value._data.items()}  # noqa: SLF001
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list | tuple) else value


class Element(Strict, LibraryElement):  # type: ignore[misc]
    """The properties of every element in a card's body."""

    separator = Property(bool)
    spacing = Property(str, among=SPACINGS)
    horizontal_alignment = Property(str, key="horizontalAlignment", among=ALIGNMENTS)
