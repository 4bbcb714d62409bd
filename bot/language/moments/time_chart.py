"""Find the phrases of one language in the units of a sentence. Pure.

Each rule is tried once at each unit, and the rules hold no circle, so the work grows with the length of the sentence
only; `_MOST_STEPS` bounds it.
"""

from collections.abc import Sequence
from typing import Any

from bot.language.moments.builtin_rules import FIGURES, LISTED, LISTS, SHORTEST_DATE, ZONE, figure, zone
from bot.language.moments.readings import Context
from bot.language.moments.rules import DOUBTFUL
from bot.language.moments.template import IGNORED, Node
from bot.language.moments.time_words import Constant, TimeWords
from bot.language.moments.word_units import Unit, is_digit

_MOST_STEPS = 6_000
_AND = "and"

Found = dict[tuple[int, Any], float]  # the cost by end and value


class TimeChart:
    """The rules of one language over the units of one sentence."""

    def __init__(self, units: Sequence[Unit], words: TimeWords, context: Context) -> None:
        self._units = units
        self._words = words
        self._context = context
        self._known: dict[tuple[str, int], Found] = {}
        self._steps = 0

    @property
    def exhausted(self) -> bool:
        """True if the sentence holds so many times that the rest of it is left unread."""
        return self._steps > _MOST_STEPS

    def may_begin(self, rule: str, at: int) -> bool:
        """Return False if the unit at `at` begins nothing of this rule."""
        if at >= len(self._units):
            return False
        text = self._units[at].text
        if text in self._words.starts.get(rule, ()):
            return True
        return rule in self._words.figured and is_digit(text[:1])

    def find(self, rule: str, at: int) -> Found:
        """Return the ends and values of the rule at unit `at`."""
        known = self._known.get((rule, at))
        if known is None:
            known = self._known[rule, at] = self._find(rule, at)
        return known

    def _find(self, rule: str, at: int) -> Found:
        found: Found = {}
        if rule in FIGURES and is_digit(self._units[at].text[:1]):
            unit = self._units[at]
            value = figure(rule, unit, self._context)
            if value is not None:
                # 24/12 may be a part of a whole.
                two = rule == "date_figures" and len(unit.text) < SHORTEST_DATE and not unit.dotted
                found[at + 1, value] = DOUBTFUL if two else 0.0
        elif rule == ZONE and (named := zone(self._units, at)):
            found[named] = 0.0
        elif rule in LISTS:
            self._list(rule, at, frozenset(), 0.0, 0, found)
        tree = self._words.rules.get(rule)
        if tree is not None:
            self._walk(tree, at, (), 0.0, found)
        return found

    def _walk(self, node: Node, at: int, slots: tuple[tuple[str, Any], ...], cost: float, found: Found) -> None:
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return
        for end in node.ends:
            self._end(end, at, slots, cost, found)
        if at >= len(self._units):
            return
        following = node.words.get(self._units[at].text)
        if following is not None:
            self._walk(following, at + 1, slots, cost, found)
        for slot, after in node.slots.items():
            if self.may_begin(slot.rule, at):
                for (end, value), more in self.find(slot.rule, at).items():
                    self._walk(after, end, (*slots, (slot.name, value)), cost + more, found)

    def _end(self, end: Any, at: int, slots: tuple[tuple[str, Any], ...], cost: float, found: Found) -> None:
        if isinstance(end, Constant):
            value = end.value
        else:
            value = end.build(self._context, **{name: value for name, value in slots if name != IGNORED})
            cost += end.cost
        if value is not None and cost < found.get((at, value), cost + 1):
            found[at, value] = cost

    def _list(self, rule: str, at: int, so_far: frozenset[int], cost: float, count: int, found: Found) -> None:
        """Read items with `and`, a comma, both or nothing between them."""
        for (end, items), more in self.find(LISTS[rule], at).items():
            found.setdefault((end, so_far | items), cost + more)
            following = self._joined(end)
            if count < LISTED and self.may_begin(LISTS[rule], following):
                self._list(rule, following, so_far | items, cost + more, count + 1, found)

    def _joined(self, at: int) -> int:
        after = at
        while self.may_begin(_AND, after) and after < at + 2:
            after = next(iter(self.find(_AND, after)), (after + 1, None))[0]
        return after
