"""Fill the blanks of a declared file. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from bot.errors import PackageError

BLANK = re.compile(r"\{([a-z_]+)\}")


def fill(value: Any, values: Mapping[str, str]) -> Any:
    """Return a copy of the JSON `value` with {name} in its texts filled.

    `values[name]` replaces {name}; keys are left unchanged. Texts are filled after the JSON was parsed, so a value
    cannot change the structure. Raises PackageError if a blank has no value.
    """
    match value:
        case str():
            return BLANK.sub(lambda blank: _value(blank[1], values), value)
        case list():
            return [fill(item, values) for item in value]
        case dict():
            return {key: fill(item, values) for key, item in value.items()}
        case _:
            return value


def _value(name: str, values: Mapping[str, str]) -> str:
    if name not in values:
        raise PackageError(f"the blank {{{name}}} has no value. Blanks are {', '.join(sorted(values))}.")
    return values[name]
