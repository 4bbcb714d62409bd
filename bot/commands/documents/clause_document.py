"""The JSON object of one clause, which refuses unknown keys. Pure."""

import unicodedata
from typing import Annotated, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

Value = TypeVar("Value")
Id = Annotated[str, Meta(min_length=1, max_length=100)]


class ClauseDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An object that refuses unknown keys.

    An optional key without a value is left out: null is not a value.
    """


def unless_none(value: Value | None) -> Value | UnsetType:
    """Return the value as an optional key of a document."""
    return UNSET if value is None else value


def or_none(value: Value | UnsetType) -> Value | None:
    """Return the value of an optional key, None if the key is left out."""
    return None if isinstance(value, UnsetType) else value


def encodable(text: str) -> str:
    """Return the text with a replacement for what no document can hold."""
    if text.isprintable():
        return text
    return "".join("\ufffd" if unicodedata.category(each) in {"Cc", "Cs"} else each for each in text)


def legible_text(text: str) -> str:
    """Return the text.

    Raises ValueError if it is blank or holds what no document can hold.
    """
    if not text.strip() or encodable(text) != text:
        raise ValueError("no legible text")
    return text
