"""Costs as sums: a sentence is taken into marks once while they are fitted.

A `Linear` is a number that knows how often each cost was added to it. Marks are made with Costs of such numbers; what
they cost with other values is then a sum.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from bot.language.marking.costs import Costs


class Linear:
    """A number that is a sum of costs. It compares like the number."""

    __slots__ = ("counts", "value")

    def __init__(self, value: float, counts: Mapping[str, float]) -> None:
        self.value = value
        self.counts = counts

    def __add__(self, other: "Linear | float") -> "Linear":
        if not isinstance(other, Linear):
            return Linear(self.value + other, self.counts)
        names = {*self.counts, *other.counts}
        both = {each: self.counts.get(each, 0.0) + other.counts.get(each, 0.0) for each in names}
        return Linear(self.value + other.value, both)

    def __mul__(self, times: float) -> "Linear":
        return Linear(self.value * times, {each: count * times for each, count in self.counts.items()})

    def __sub__(self, other: "Linear | float") -> "Linear":
        return self + other * -1

    def __rsub__(self, other: float) -> "Linear":
        return self * -1 + other

    __radd__, __rmul__ = __add__, __mul__

    def __lt__(self, other: "Linear | float") -> bool:
        return self.value < (other.value if isinstance(other, Linear) else other)

    def __gt__(self, other: "Linear | float") -> bool:
        return self.value > (other.value if isinstance(other, Linear) else other)

    def at(self, values: Mapping[str, float], base: Mapping[str, float]) -> float:
        """Return the number if the costs had these `values` instead of those of `base`."""
        return self.value + sum(count * (values[each] - base[each]) for each, count in self.counts.items())


def flat(costs: Costs) -> dict[str, float]:
    """Return the costs by name: `words.phrase`."""
    return {
        f"{room}.{name}": value for room, fields in msgspec.to_builtins(costs).items() for name, value in fields.items()
    }


def nested(values: Mapping[str, Any]) -> Costs:
    """Return the costs with these values, which are not checked."""
    rooms: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        room, _, field = name.partition(".")
        rooms.setdefault(room, {})[field] = value
    types = {field.name: field.type for field in msgspec.structs.fields(Costs)}
    return Costs(**{room: types[room](**fields) for room, fields in rooms.items()})


def linear(costs: Costs) -> Costs:
    """Return the costs as numbers that know their names."""
    return nested({name: Linear(value, {name: 1.0}) for name, value in flat(costs).items()})
