"""Find the phrases of one language in the units of a sentence. Pure.

Each rule is tried once at each unit, and the rules hold no circle, so the work grows with the length of the sentence
only; the effort of the reader bounds it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from bot.language.moments.builtin_rules import FIGURES, LISTED, LISTS, SHORTEST_DATE, ZONE, figure, zone
from bot.language.moments.readings import Context
from bot.language.moments.rules import DOUBTFUL, TOP, Frame
from bot.language.moments.template import IGNORED, Node
from bot.language.moments.time_words import Constant, TimeWords
from bot.language.moments.word_units import Unit
from bot.language.text.reading_effort import ReadingEffort, Work

_AND = "and"
# On the first day of all years, "yesterday" is no phrase; what is remembered of a word must not depend on the day.
_ANY_DAY = datetime(2020, 6, 15, 12, tzinfo=UTC)

Found = dict[tuple[int, Any], float]  # the cost by end and value


class TimeChart:
    """The rules of one language over the units of one sentence."""

    def __init__(
        self, units: Sequence[Unit], words: TimeWords, context: Context, effort: ReadingEffort | None = None
    ) -> None:
        self.units = units
        self.words = words
        self._openers = words.openers(units)
        self._context = context
        self._known: dict[tuple[str, int], Found] = {}
        self._effort = effort or ReadingEffort()

    def phrases(self, at: int) -> Found:
        """Return the ends and values of whole phrases at unit `at`."""
        if not self.may_begin(TOP, at):
            return {}
        following = self.units[at + 1] if at + 1 < len(self.units) else None
        continued = following is not None and (following.figure or following.text in self.words.known)
        if not continued and not self._is_alone(at):
            return {}
        return self.find(TOP, at)

    def _is_alone(self, at: int) -> bool:
        """Return True if the unit may be a phrase by itself: `yesterday`, but not `the`."""
        text = self.units[at].text
        if self.units[at].figure:
            return True
        known = self.words.alone.get(text)
        if known is None:
            chart = TimeChart([self.units[at]], self.words, Context(_ANY_DAY, self._context.order))
            known = self.words.alone[text] = bool(chart.find(TOP, 0))
        return known

    def may_begin(self, rule: str, at: int) -> bool:
        """Return False if the unit at `at` begins nothing of this rule."""
        if at >= len(self.units):
            return False
        unit = self.units[at]
        return unit.text in self.words.starts.get(rule, ()) or (unit.figure and rule in self.words.figured)

    def find(self, rule: str, at: int) -> Found:
        """Return the ends and values of the rule at unit `at`."""
        known = self._known.get((rule, at))
        if known is None:
            known = self._known[rule, at] = self._find(rule, at)
        return known

    def _find(self, rule: str, at: int) -> Found:
        found: Found = {}
        if rule in FIGURES and self.units[at].figure:
            unit = self.units[at]
            value = figure(rule, unit, self._context)
            if value is not None:
                # 24/12 may be a part of a whole.
                two = rule == "date_figures" and len(unit.text) < SHORTEST_DATE and not unit.dotted
                found[at + 1, value] = DOUBTFUL if two else 0.0
        elif rule == ZONE and (named := zone(self.units, at)):
            found[named] = 0.0
        elif rule in LISTS:
            self._list(rule, at, frozenset(), 0.0, 0, found)
        tree = self.words.rules.get(rule)
        if tree is not None:
            self._walk(tree, at, (), 0.0, found)
        return found

    def _walk(self, node: Node, at: int, slots: tuple[tuple[str, Any], ...], cost: float, found: Found) -> None:
        self._effort.spend(Work.MOMENT)
        for end in node.ends:
            self._end(end, at, slots, cost, found)
        if at >= len(self.units):
            return
        following = node.words.get(self.units[at].text)
        if following is not None:
            self._walk(following, at + 1, slots, cost, found)
        opener = self._openers[at]
        if not opener:
            return
        openings = node.openings.get(opener)
        for slot, after in self.words.openings(node, opener) if openings is None else openings:
            for (end, value), more in self.find(slot.rule, at).items():
                self._walk(after, end, (*slots, (slot.name, value)), cost + more, found)

    def _end(self, end: Any, at: int, slots: tuple[tuple[str, Any], ...], cost: float, found: Found) -> None:
        if isinstance(end, Constant):
            value = end.value
        else:
            value = self._built(end, slots)
            cost += end.cost
        if value is not None and cost < found.get((at, value), cost + 1):
            found[at, value] = cost

    def _built(self, frame: Frame, slots: tuple[tuple[str, Any], ...]) -> Any:
        try:
            return frame.build(self._context, **{name: value for name, value in slots if name != IGNORED})
        except (ValueError, OverflowError):  # outside the years 1 to 9999
            return None

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
