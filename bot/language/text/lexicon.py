"""The words of one language as data, so that no parser names an English word.

Reads its packaged file; no other I/O.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from itertools import product

import msgspec

from bot.commands.clauses import CLAUSES
from bot.commands.verbs import VERBS
from bot.domain.licensing import Dimension
from bot.language.text.schedule_lexicon import ScheduleLexicon


class PhraseRole(StrEnum):
    """The roles of phrases that begin no verb and no clause.

    The other roles are in the two tables.
    """

    OF = "of"  # a name of any dimension follows
    BY_CUSTOMER = "by_customer"
    PERIOD = "period"  # a day follows, but figures are for a day and not for a period
    AND = "and"
    SOFT_AND = "soft_and"  # joins two names only if both are known: "O'Brien & Sons" is one name
    ASK = "ask"  # begins a question
    UNUSED = "unused"  # means 0 %
    THANKS = "thanks"  # asks for nothing; alone, it is answered with a greeting
    POLITE = "polite"  # asks for nothing


ROLES = frozenset(PhraseRole).union(*(row.roles for row in VERBS), *(row.roles for row in CLAUSES))


class Spelling(msgspec.Struct, frozen=True):
    """Phrases with the same roles.

    `a|b` means one word or the other; an empty side of `|` means that the word may be missing. `opening`: the phrases
    count only at the start of a sentence, because elsewhere they would split names.
    """

    roles: tuple[str, ...]
    words: tuple[str, ...]
    opening: bool = False


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of `locales/`, with the same fields."""

    phrases: tuple[Spelling, ...]
    typos: frozenset[str]  # the roles whose single words are also recognized with a typing error
    dimensions: dict[Dimension, tuple[str, ...]]
    numbers: dict[str, int]
    percent: tuple[str, ...]
    ranges: frozenset[str]  # between the two ends of `between`
    months: dict[str, int]
    weekdays: dict[str, int]  # Monday is 0
    days: dict[str, int]  # days from today
    last: frozenset[str]
    date_fillers: frozenset[str]
    ordinals: tuple[str, ...]
    possessives: tuple[str, ...]
    leading: frozenset[str]  # words before a name that do not belong to it if the rest is a known name
    trailing: frozenset[str]  # the same after a name
    schedule: ScheduleLexicon
    actions: dict[str, tuple[str, ...]]  # by role: the words for an action on an existing digest
    changed_to: frozenset[str]
    handled: frozenset[str]
    handled_before: frozenset[str]
    numbered: frozenset[str]
    number_signs: str
    forms: dict[str, str]  # the texts of `expected` in a NotUnderstood
    printed: dict[str, str]  # the canonical forms of numbers of licenses, with their placeholders


@dataclass(frozen=True, slots=True)
class Phrase:
    """Consecutive words and their roles."""

    words: tuple[str, ...]
    roles: tuple[str, ...]
    opening: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language, indexed for the parsers.

    `phrases`: by first word, the longest first. `canonical`: the printed form of each role. `dimensions`: by word.
    `joints`: the single words that join two things. `timely`: every day and every schedule without a figure holds one
    of these words.
    """

    data: Language
    phrases: Mapping[str, tuple[Phrase, ...]]
    canonical: Mapping[str, str]
    dimensions: Mapping[str, Dimension]
    misspellable: Mapping[str, Phrase]
    joints: frozenset[str]
    timely: frozenset[str]

    @classmethod
    def load(cls, language: str) -> "Lexicon":
        """Return the lexicon of `language`. Raises FileNotFoundError when there is none."""
        content = resources.files("bot.language.text").joinpath("locales", f"{language}.json").read_bytes()
        return cls.of(msgspec.json.decode(content, type=Language))

    @classmethod
    def of(cls, data: Language) -> "Lexicon":
        """Return the lexicon of `data`. Raises ValueError when a role is in neither table."""
        phrases: dict[str, list[Phrase]] = {}
        canonical: dict[str, str] = {}
        misspellable: dict[str, Phrase] = {}
        for spelling in data.phrases:
            if unknown := set(spelling.roles) - ROLES:
                raise ValueError(f"no verb and no clause has the role {min(unknown)!r}")
            for line in spelling.words:
                for words in _spelt_out(line):
                    phrase = Phrase(words, spelling.roles, spelling.opening)
                    phrases.setdefault(words[0], []).append(phrase)
                    if len(spelling.roles) == 1:
                        canonical.setdefault(spelling.roles[0], " ".join(words))
                        if len(words) == 1 and words[0].isalpha() and spelling.roles[0] in data.typos:
                            misspellable.setdefault(words[0], phrase)
        canonical |= {role: words[0] for role, words in data.actions.items()}
        return cls(
            data=data,
            phrases={first: tuple(sorted(some, key=lambda p: -len(p.words))) for first, some in phrases.items()},
            canonical=canonical,
            dimensions={word: each for each in Dimension for word in data.dimensions.get(each, (each.value,))},
            misspellable=misspellable,
            joints=frozenset(
                first for first, some in phrases.items() for each in some if each.words == (first,) and _joins(each)
            ),
            timely=frozenset(_timely(data)),
        )

    def may_say_when(self, words: Iterable[str]) -> bool:
        """Return False if these words hold no day and no schedule."""
        return any(word in self.timely or word[:1].isdigit() for word in words)

    def dimension_word(self, dimension: Dimension) -> str:
        """Return the printed form of `dimension`.

        It is its own name if the language has no word for it.
        """
        return self.data.dimensions.get(dimension, (dimension.value,))[0]


def _joins(phrase: Phrase) -> bool:
    return phrase.roles[0] in (PhraseRole.AND, PhraseRole.SOFT_AND)


def _timely(data: Language) -> Iterator[str]:
    """Yield the words of which each day and each schedule without a figure has at least one."""
    weekdays = (*data.weekdays, *(f"{day}{data.schedule.plural}" for day in data.weekdays))
    schedule = data.schedule
    every = (schedule.every, schedule.days, schedule.alone, schedule.weekly, schedule.monthly, schedule.odd)
    clock = (
        schedule.day,
        schedule.at,
        schedule.nth,
        schedule.nth_words,
        schedule.clock,
        schedule.parts,
        schedule.units,
    )
    single = (schedule.single, schedule.nexts)
    for phrases in (
        data.days,
        data.months,
        data.numbers,
        weekdays,
        *every,
        *clock,
        *single,
        schedule.units,
        schedule.halves,
    ):
        for phrase in phrases:
            yield from phrase.split()


def _spelt_out(line: str) -> tuple[tuple[str, ...], ...]:
    """Return every combination of the choices in `line`, except the empty one."""
    choices = [word.split("|") if len(word) > 1 else [word] for word in line.split(" ")]
    ways = (tuple(word for word in way if word) for way in product(*choices))
    return tuple(dict.fromkeys(way for way in ways if way))


ENGLISH = Lexicon.load("en")
