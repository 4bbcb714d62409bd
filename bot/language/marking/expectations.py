"""What a mark makes likelier behind it. Pure.

Behind `für` a customer is likelier, behind `more than` a number: `über 50 %` is a limit, `über Fabrikam` is not. The
tables say for each expectation what begins it, what keeps it, and what costs less or more while it holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from bot.domain.licensing import Dimension
from bot.language.marking.costs import Costs, PlaceCosts
from bot.language.marking.marks import Mark, MarkKind, NameMark

NOTHING = ""  # nothing is expected
_NUMBER, _LIMIT, _GREETING, _PRODUCT = "number", "limit", "greeting", "product"
_DIGEST, _CUSTOMER, _ASKED, _ASKED_FOR, _CALLED = "digest", "customer", "asked", "asked for", "called"
_ANY = None

# What begins an expectation: by the kind of a mark and its value.
_BEGINS: Mapping[str, Mapping[object, str]] = {
    MarkKind.NUMBER: {_ANY: _NUMBER},
    "cmp": {_ANY: _LIMIT},
    "than": {_ANY: _LIMIT},
    "act": {"digest": _DIGEST, "usage": _ASKED},
    "do": {_ANY: _DIGEST},
    "digests": {_ANY: _DIGEST},
    "small": {"hello": _GREETING},
    "search": {_ANY: _CALLED},
    "inof": {"in": _PRODUCT},  # also a preposition
    "prep": {
        _CUSTOMER: _CUSTOMER,
        "user": _CUSTOMER,
        "subject": "subject",
        "used": "subject",
        "product": _PRODUCT,
        "channel": "channel",
    },
}
# What a preposition usually precedes, and what it precedes too.
_NAMES: Mapping[str, tuple[Sequence[Dimension], Sequence[Dimension]]] = {
    _CUSTOMER: ((Dimension.CUSTOMER,), ()),
    "subject": ((Dimension.WORKLOAD, Dimension.SERVICE), (Dimension.PRODUCT,)),
    _PRODUCT: ((Dimension.PRODUCT,), (Dimension.WORKLOAD,)),
    "channel": ((Dimension.CHANNEL,), ()),
}
_KEPT: Mapping[str, object] = {"article": _ANY, "filler": _ANY}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is likely in a place.

    `kept_by`: behind these kinds of marks it still holds, with the value if only one does. `kinds`: what a mark of a
    kind costs more or less. `names`: the same for names of a dimension.
    """

    kept_by: Mapping[str, object]
    kinds: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[Dimension, float] = field(default_factory=dict)


class Expectations:
    """The table of expectations, with their costs."""

    def __init__(self, costs: Costs) -> None:
        place = costs.places
        behind = dict.fromkeys(("to", "inof", "tail"), place.after_number)  # `20 à 40`, `9 sur 10`
        limited = dict.fromkeys((MarkKind.NUMBER.value, "share", "than"), place.expected_number)
        greeted = dict.fromkeys((MarkKind.UNKNOWN.value, MarkKind.TIME.value), place.greeted)  # `Beste Jan`
        self._table = {
            _NUMBER: Expectation({"percent": _ANY, "article": _ANY, MarkKind.SIGN: "-"}, behind),
            _LIMIT: Expectation(_KEPT, limited, dict.fromkeys(Dimension, place.unexpected_name)),
            _GREETING: Expectation(_KEPT, greeted),
            # "pause 2 until friday": the number is a digest's, and begins no range of days
            _DIGEST: Expectation({**_KEPT, "sign": ""}, {MarkKind.NUMBER.value: place.digest_number}),
            _ASKED: Expectation({}),
            # "usage for Usage" is of a customer whose name is also a word
            _ASKED_FOR: Expectation(_KEPT, names={Dimension.CUSTOMER: place.asked_customer}),
            _CALLED: Expectation(_KEPT, names={Dimension.CUSTOMER: place.called_customer}),
            **{each: Expectation(_KEPT, names=_named(place, *usual)) for each, usual in _NAMES.items()},
        }
        self._place = place
        self._doubtful = costs.names.inner

    @staticmethod
    @cache
    def of(costs: Costs) -> "Expectations":
        """Return the table with these costs, which is made once."""
        return Expectations(costs)

    def after(self, state: str, mark: Mark) -> str:
        """Return what is expected behind the mark, which is where `state` is expected."""
        begins = _BEGINS.get(mark.kind)
        if begins is not None and (begun := begins.get(_ANY) or begins.get(mark.value)):
            return _ASKED_FOR if (state, begun) == (_ASKED, _CUSTOMER) else begun
        if not state or mark.kind not in (kept := self._table[state].kept_by):
            return NOTHING
        return state if kept[mark.kind] in (_ANY, mark.value) else NOTHING

    def fit(self, state: str, mark: Mark) -> float:
        """Return what the mark costs more or less where `state` is expected."""
        if not state:
            return 0.0
        expected = self._table[state]
        if isinstance(mark.value, NameMark):
            return self._fit_of_name(state, expected.names, mark, mark.value)
        return expected.kinds.get(mark.kind, 0.0)

    def _fit_of_name(self, state: str, expected: Mapping[Dimension, float], mark: Mark, named: NameMark) -> float:
        if not expected or not named.entries:
            return 0.0
        kind = named.entries[0].dimension
        if state == _PRODUCT and mark.cost >= self._doubtful and kind is Dimension.CUSTOMER:
            return self._place.place
        return expected.get(kind, self._place.unexpected_name)


def _named(place: PlaceCosts, usual: Sequence[Dimension], also: Sequence[Dimension]) -> dict[Dimension, float]:
    return dict.fromkeys(also, place.also_expected) | dict.fromkeys(usual, place.expected_name)
