"""The words of one language as data: no parser code names an English word. Reads its packaged file, no other I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from itertools import product

import msgspec

from bot.commands.command import DigestAction
from bot.domain.licensing import Dimension
from bot.language.text.schedule_lexicon import ScheduleLexicon


class PhraseRole(StrEnum):
    """What a phrase does in a sentence."""

    USAGE = "usage"
    HELP = "help"
    HELLO = "hello"
    CUSTOMERS = "customers"
    WORKLOADS = "workloads"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    WHO_AM_I = "who_am_i"
    FORGET_ME = "forget_me"
    DIGEST = "digest"  # what follows is to be answered again and again
    DIGESTS = "digests"
    FILTER = "filter"
    TOP = "top"
    BOTTOM = "bottom"
    FOR = "for"
    ON = "on"
    IN = "in"
    VIA = "via"
    OF = "of"  # a name follows, of whatever kind
    NOT = "not"
    BY = "by"
    BY_CUSTOMER = "by_customer"
    AS_OF = "as_of"
    PERIOD = "period"  # a day follows, but figures are of one day and not of a time
    BELOW = "below"
    ABOVE = "above"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    AND = "and"
    SOFT_AND = "soft_and"  # joins two names only where both are known: "O'Brien & Sons" is one
    ASK = "ask"  # a question begins, about whatever
    UNUSED = "unused"  # a share of nothing
    THANKS = "thanks"  # says nothing, and alone wants no more than a kind word
    POLITE = "polite"  # says nothing


class Spelling(msgspec.Struct, frozen=True):
    """Phrases with the same roles. `a|b` is one word or the other, a bare `|` end leaves it out.

    `opening`: only at the start of a sentence, because elsewhere it would cut names apart.
    """

    roles: tuple[PhraseRole, ...]
    words: tuple[str, ...]
    opening: bool = False


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of `locales/`, as it stands there."""

    phrases: tuple[Spelling, ...]
    typos: frozenset[PhraseRole]  # whose single words are recognised with a typing error too
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
    leading: frozenset[str]  # words before a name that are not part of it, where the rest is known
    trailing: frozenset[str]  # the same behind it
    schedule: ScheduleLexicon
    orders: dict[DigestAction, tuple[str, ...]]  # what to do with a digest that exists
    changes: tuple[str, ...]  # the same, where a schedule follows
    changed_to: frozenset[str]
    handled: frozenset[str]
    handled_before: frozenset[str]
    numbered: frozenset[str]
    number_signs: str
    forms: dict[str, str]  # what `expected` says would work


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row and what they do."""

    words: tuple[str, ...]
    roles: tuple[PhraseRole, ...]
    opening: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`phrases` by first word, longest first; `canonical` is how a role is printed; `dimensions` by word;
    `joints` are the single words that join two things."""

    data: Language
    phrases: Mapping[str, tuple[Phrase, ...]]
    canonical: Mapping[PhraseRole, str]
    dimensions: Mapping[str, Dimension]
    misspellable: Mapping[str, Phrase]
    joints: frozenset[str]

    @classmethod
    def load(cls, language: str) -> "Lexicon":
        """The lexicon of `language`; FileNotFoundError where there is none."""
        content = resources.files("bot.language.text").joinpath("locales", f"{language}.json").read_bytes()
        return cls.of(msgspec.json.decode(content, type=Language))

    @classmethod
    def of(cls, data: Language) -> "Lexicon":
        """The lexicon of `data`."""
        phrases: dict[str, list[Phrase]] = {}
        canonical: dict[PhraseRole, str] = {}
        misspellable: dict[str, Phrase] = {}
        for spelling in data.phrases:
            for line in spelling.words:
                for words in _spelt_out(line):
                    phrase = Phrase(words, spelling.roles, spelling.opening)
                    phrases.setdefault(words[0], []).append(phrase)
                    if len(spelling.roles) == 1:
                        canonical.setdefault(spelling.roles[0], " ".join(words))
                        if len(words) == 1 and words[0].isalpha() and spelling.roles[0] in data.typos:
                            misspellable.setdefault(words[0], phrase)
        return cls(
            data=data,
            phrases={first: tuple(sorted(some, key=lambda p: -len(p.words))) for first, some in phrases.items()},
            canonical=canonical,
            dimensions={word: dimension for dimension, words in data.dimensions.items() for word in words},
            misspellable=misspellable,
            joints=frozenset(
                first for first, some in phrases.items() for each in some if each.words == (first,) and _joins(each)
            ),
        )

    def dimension_word(self, dimension: Dimension) -> str:
        """How `dimension` is printed."""
        return self.data.dimensions[dimension][0]


def _joins(phrase: Phrase) -> bool:
    return phrase.roles[0] in (PhraseRole.AND, PhraseRole.SOFT_AND)


def _spelt_out(line: str) -> tuple[tuple[str, ...], ...]:
    """Every way to say `line`; never the empty one."""
    choices = [word.split("|") if len(word) > 1 else [word] for word in line.split(" ")]
    ways = (tuple(word for word in way if word) for way in product(*choices))
    return tuple(dict.fromkeys(way for way in ways if way))


ENGLISH = Lexicon.load("en")
