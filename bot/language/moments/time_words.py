"""The words and templates for times of one language, as data.

Reads its packaged file; no other I/O.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from inspect import signature
from typing import Any

import msgspec

from bot.language.moments.builtin_rules import FIGURES, LISTS, REGIONS, ZONE
from bot.language.moments.rules import FRAMES, SHARED, Frame
from bot.language.moments.template import IGNORED, Node, Slot, sequences
from bot.language.moments.word_units import Splitter


class TimeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file `times.json`.

    `order`: how a date of figures is read if the year is not first: "dmy", "ymd" where a day without a year is the
    month and then the day, "" if readers differ. `words`: lists of words with their values; each list is a rule.
    `suffixes`: classes of case endings, which the words of the lists in `inflected` take. `templates`: by frame. `doubtful`: single words that often mean something else.
    """

    language: str
    order: str
    words: dict[str, dict[str, int | str]]
    templates: dict[str, tuple[str, ...]]
    suffixes: dict[str, tuple[str, ...]] = {}
    inflected: tuple[str, ...] = ()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Constant:
    """A list of words ends with a value."""

    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """The words of a language, indexed for the chart.

    `rules`: the tree of each rule. `starts`: the words with which each rule may begin; `figured`: the rules that may
    begin with a figure. `splitter`: splits the words of a sentence as those of the templates are split.
    """

    data: TimeFile
    rules: Mapping[str, Node]
    starts: Mapping[str, frozenset[str]]
    figured: frozenset[str]
    splitter: Splitter

    @staticmethod
    @cache
    def load(language: str) -> "TimeWords":
        """Return the words of `language`. Raises FileNotFoundError when there are none."""
        file = resources.files("bot.language").joinpath("vocabulary", language, "times.json")
        return TimeWords.of(msgspec.json.decode(file.read_bytes(), type=TimeFile))

    @staticmethod
    def of(data: TimeFile) -> "TimeWords":
        """Return the words of `data`. Raises ValueError for an unknown frame, a bad template or rules in a circle."""
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
        starts = {rule: frozenset(_starts(rule, rules, ())) for rule in (*rules, *LISTS)}
        return TimeWords(
            data=data,
            rules=rules,
            starts=starts,
            figured=frozenset(rule for rule, some in starts.items() if any(each[0] == "#" for each in some)) | FIGURES,
            splitter=splitter,
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


def _starts(rule: str, rules: Mapping[str, Node], above: tuple[str, ...]) -> Iterator[str]:
    """Yield the words that may begin `rule`, and the names of the figures, after a #."""
    if rule in above:
        raise ValueError(f"the rules go in a circle: {' > '.join((*above, rule))}")
    if rule in FIGURES:
        yield f"#{rule}"
    if rule == ZONE:
        yield from REGIONS
    tree = rules.get(LISTS.get(rule, rule), Node())
    yield from tree.words
    for slot in tree.slots:
        yield from _starts(slot.rule, rules, (*above, rule))
