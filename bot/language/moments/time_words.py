"""The words and templates for times of one language, as data.

Reads its packaged file; no other I/O.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib import resources
from inspect import signature
from typing import Any

import msgspec

from bot.language.moments.builtin_rules import FIGURES, LISTS, REGIONS, ZONE
from bot.language.moments.rules import FRAMES, SHARED, Frame
from bot.language.moments.template import IGNORED, Node, Slot, sequences
from bot.language.moments.word_units import Splitter, Unit, is_digit, plain


class PrintedWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How schedules are printed: texts with placeholders, and names of days.

    `every_weekdays` follow `every`, `on_weekdays` follow every so many weeks, `month_weekdays` follow `nth`. Without
    `month_days`, the days of a month are numbers; without `minute`, one minute is printed like several.
    """

    every_day: str
    every_weekday: str
    every: str
    few_weeks: str
    month_day: str
    last_day: str
    nth_weekday: str
    one_day: str
    minutes: str
    at: str
    starting: str
    until: str
    conjunction: str
    nth: tuple[str, str, str, str, str]
    every_weekdays: tuple[str, str, str, str, str, str, str]
    on_weekdays: tuple[str, str, str, str, str, str, str]
    month_weekdays: tuple[str, str, str, str, str, str, str]
    month_days: tuple[str, ...] = ()
    minute: str = ""


_FIGURE = "#"  # any figure


class TimeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file `times.json`.

    `order`: how a date of figures is read if the year is not first: "dmy", "ymd" where a day without a year is the
    month and then the day, "" if readers differ. `words`: lists of words with their values; each list is a rule.
    `suffixes`: classes of case endings, which the words of the lists in `inflected` take. `templates`: by frame.
    `doubtful`: single words that often mean something else.
    """

    language: str
    order: str
    words: dict[str, dict[str, int | str]]
    templates: dict[str, tuple[str, ...]]
    suffixes: dict[str, tuple[str, ...]] = {}
    inflected: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()
    printed: PrintedWords | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A list of words ends with a value."""

    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """The words of a language, indexed for the chart.

    `rules`: the tree of each rule. `starts`: the words with which each rule may begin; `figured`: the rules that
    may begin with a figure. `opening`: every word with which a rule may begin. `known`: every word. `doubtful`: as
    in the file, folded. `alone` remembers which words are a phrase by themselves. `splitter`: splits the words of a
    sentence as those of the templates are split.
    """

    data: TimeFile
    rules: Mapping[str, Node]
    starts: Mapping[str, frozenset[str]]
    figured: frozenset[str]
    splitter: Splitter
    opening: frozenset[str]
    known: frozenset[str]
    doubtful: frozenset[str]
    alone: dict[str, bool]

    def openers(self, units: Sequence[Unit]) -> list[str]:
        """Return for each unit what `openings` knows it by, "" if no rule begins with it."""
        return [unit.text if unit.text in self.opening else _FIGURE * unit.figure for unit in units]

    def openings(self, node: Node, opener: str) -> tuple[tuple[Slot, Node], ...]:
        """Return the slots of `node` that may begin with a unit, and their nodes.

        `node.openings` remembers them.
        """
        figure = opener == _FIGURE or is_digit(opener[:1])
        known = node.openings[opener] = tuple(
            (slot, after)
            for slot, after in node.slots.items()
            if opener in self.starts[slot.rule] or (figure and slot.rule in self.figured)
        )
        return known

    @staticmethod
    @cache
    def load(language: str) -> "TimeWords":
        """Return the words of `language`. Raises FileNotFoundError when there are none."""
        file = resources.files("bot.language").joinpath("vocabulary", language, "times.json")
        return TimeWords.of(msgspec.json.decode(file.read_bytes(), type=TimeFile))

    @staticmethod
    def of(data: TimeFile) -> "TimeWords":
        """Return the words of `data`.

        Raises ValueError for an unknown frame, a bad template or rules that form a circle.
        """
        if unknown := set(data.templates) - set(FRAMES):
            raise ValueError(f"no frame is called {min(unknown)!r}")
        rules: dict[str, Node] = {}
        splitter = _splitter(data)
        for rule, words in data.words.items():
            _fill(rules, rule, ((form, Constant(value)) for form, value in words.items()), data, splitter)
        for templates in (SHARED, data.templates):
            for name, some in templates.items():
                frame = FRAMES[name]
                _fill(rules, frame.rule, ((template, frame) for template in some), data, splitter)
        _check_order(rules)
        starts = {rule: frozenset(_starts(rule, rules)) for rule in {*rules, *LISTS, *FIGURES, *_used(rules)}}
        return TimeWords(
            data=data,
            rules=rules,
            starts=starts,
            figured=frozenset(rule for rule, some in starts.items() if any(each[0] == "#" for each in some)) | FIGURES,
            splitter=splitter,
            known=frozenset(word for tree in rules.values() for node in _below(tree) for word in node.words),
            doubtful=frozenset(plain(word.casefold()) for word in data.doubtful),
            alone={},
            opening=frozenset(word for some in starts.values() for word in some),
        )


def _splitter(data: TimeFile) -> Splitter:
    """Return the splitter: the single words of the inflected lists are the stems."""
    forms = [form for rule in data.inflected for form in data.words[rule]]
    stems = {sequence[0] for form in forms for sequence in sequences(form) if len(sequence) == 1}
    endings = {ending for some in data.suffixes.values() for ending in some}
    by_length = sorted(endings, key=lambda ending: (-len(ending), ending))
    return Splitter(frozenset(each for each in stems if isinstance(each, str)), tuple(by_length))


def _fill(
    rules: dict[str, Node],
    rule: str,
    entries: Iterable[tuple[str, Constant | Frame]],
    data: TimeFile,
    splitter: Splitter,
) -> None:
    tree = rules.setdefault(rule, Node())
    for template, end in entries:
        for sequence in sequences(template, splitter, data.suffixes):
            if isinstance(end, Frame):
                slots = frozenset(each.name for each in sequence if isinstance(each, Slot))
                try:
                    _check(end, slots - {IGNORED})
                except TypeError as error:
                    raise ValueError(f"{template!r} has the wrong slots: {error}") from error
            tree.add(sequence, end)


@cache
def _check(frame: Frame, slots: frozenset[str]) -> None:
    """Raise TypeError if the builder of a frame cannot be called with these slots."""
    signature(frame.build).bind(None, **dict.fromkeys(slots))


def _used(rules: Mapping[str, Node]) -> set[str]:
    """Return the rules that some template names; a language may leave their words out."""
    return {slot.rule for tree in rules.values() for node in _below(tree) for slot in node.slots}


def _below(tree: Node) -> Iterator[Node]:
    yield tree
    for node in (*tree.words.values(), *tree.slots.values()):
        yield from _below(node)


def _check_order(rules: Mapping[str, Node]) -> None:
    """Raise ValueError if a rule holds itself: the work would not be bounded."""
    slots = {rule: {slot.rule for node in _below(tree) for slot in node.slots} for rule, tree in rules.items()}
    try:
        TopologicalSorter(slots | {name: {item} for name, item in LISTS.items()}).prepare()
    except CycleError as error:
        raise ValueError(f"the rules form a circle: {' > '.join(error.args[1])}") from error


def _starts(rule: str, rules: Mapping[str, Node]) -> Iterator[str]:
    """Yield the words that may begin `rule`, and the names of the figures, after a #."""
    if rule in FIGURES:
        yield f"#{rule}"
    if rule == ZONE:
        yield from REGIONS
    tree = rules.get(LISTS.get(rule, rule), Node())
    yield from tree.words
    for slot in tree.slots:
        yield from _starts(slot.rule, rules)
