"""Decide whether a name needs quotes in a printed sentence. Pure.

A name needs quotes if the parser would read its words as something else. The rules here decide it; no sentence is read.
The parser prefers one unknown name to two, and a name of words without a meaning to a name that is split
(`name_spans`). So a name is misread only if all its words mean something else, or all words from a keyword, day or
schedule inside it to its end.
"""

import re
from collections.abc import Iterator, Sequence, Set
from datetime import date
from functools import cached_property

from bot.commands.clauses import CLAUSE_OF_ROLE, ValueKind
from bot.commands.command import Clause
from bot.domain.guid import parse_guid, pasted_guid
from bot.language.sentence.role_sets import NAMING, NOT, PLAIN
from bot.language.text.lexicon import Lexicon
from bot.language.text.message_text import plain
from bot.language.text.phrase_matcher import is_near, misspelt_roles
from bot.language.text.phrase_problem import PhraseProblem
from bot.language.text.token_window import TokenWindow
from bot.language.text.tokenizer import fold, tokens
from bot.language.timing.calendar_day import day
from bot.language.timing.schedule_phrase import SchedulePhrases
from bot.names import workload_aliases as aliases

_PLAIN_NAME = re.compile(r"[\w'’./+&-]+(?: [\w'’./+&-]+)*")
_APOSTROPHES = "'’"
_LONGEST = 16  # words: with more, the parser does not look for known names


def is_plain(name: str, clause: Clause | None, lexicon: Lexicon) -> bool:
    """Return True if no word is a keyword and the name fits its clause.

    A name of a workload fits only ON.
    """
    if not _PLAIN_NAME.fullmatch(name) or (clause is not Clause.ON and aliases.meanings(name)):
        return False
    return not any(_begins_a_phrase(word.casefold(), lexicon) for word in name.split())


def is_misread(name: str, clause: Clause | None, before: str, lexicon: Lexicon, *, scheduled: bool) -> bool:
    """Return True if a plain name needs quotes because it would be misread.

    `before` is the keyword before the name, "" for a further name of a list: another clause may be read there. `clause`
    is None for a search text, which takes all words to the end of the sentence. `scheduled`: the sentence asks for a
    digest.
    """
    if parse_guid(name):
        return False
    words = name.split(" ")
    folded = [fold(word) for word in words]
    if not all(folded[:: len(folded) - 1 or 1]) or any(word[0] in _APOSTROPHES for word in words):
        return True
    if any(_begins_a_phrase(word, lexicon) for word in folded) or _is_longer_phrase(before, folded, lexicon):
        return True
    if clause is None or (clause is Clause.ON and aliases.meanings(name)):
        return False
    return len(words) > _LONGEST or _NameWords(words, folded, lexicon).are_misread(before, scheduled=scheduled)


def _begins_a_phrase(word: str, lexicon: Lexicon) -> bool:
    """Return True if a phrase begins with `word`. Opening phrases do not count: a name is never at the start."""
    return any(not phrase.opening for phrase in lexicon.phrases.get(word, ()))


def _is_longer_phrase(before: str, folded: Sequence[str], lexicon: Lexicon) -> bool:
    """Return True if the keyword and the first words of the name are a longer phrase.

    Examples: "for everybody", "for each customer".
    """
    keyword = tuple(before.split())
    said = (*keyword, *folded)
    for phrase in lexicon.phrases.get(before and said[0], ()):
        size = len(phrase.words)
        if not phrase.opening and size > len(keyword) and said[:size] == phrase.words:
            clause = CLAUSE_OF_ROLE.get(phrase.roles[-1])
            lists = clause is not None and clause.value is ValueKind.DIMENSIONS
            if not lists or any(is_near(word, lexicon.dimensions) for word in said[size : size + 1]):
                return True
    return False


class _NameWords:
    """The meanings of the words of one name, as they are and folded."""

    def __init__(self, words: Sequence[str], folded: Sequence[str], lexicon: Lexicon) -> None:
        self._words = words
        self._folded = folded
        self._lexicon = lexicon
        self._timed: dict[int, list[int]] = {}  # the ends of days and schedules by their start
        self._misspelt = misspelt_roles(folded, lexicon)
        self._specials = 0  # the number of words at which a day or schedule begins, correct or wrong

    def are_misread(self, before: str, *, scheduled: bool) -> bool:
        """Return True if the words would be misread; see `is_misread`."""
        timely = self._lexicon.may_say_when(self._folded)
        if timely and self._is_timed_from(before, scheduled=scheduled):
            return True
        # A filter continues to the end of the sentence, whatever it holds.
        if any(_takes(role) is ValueKind.FILTER for roles in self._misspelt for role in roles):
            return True
        if before and not self._timed and not self._may_be_known and not any(self._misspelt[1:]):
            return False
        within = self._timed.keys() - {0}
        further = within if before else self._timed.keys()
        # The cost of the words around a day or a schedule has no simple bound, so such a name gets quotes.
        if self._specials > 1 or (scheduled and further):
            return True
        if ((scheduled and timely) or within) and (any(self._known(0)) or any(self._misspelt)):
            return True
        return self._is_misread_from_its_start(before, within) or any(
            self._is_misread_from(at) for at in range(1, len(self._words))
        )

    def _is_misread_from_its_start(self, before: str, within: Set[int]) -> bool:
        """Return True if the first words are a known name and the other words do not belong to it.

        In a list, the first words may also be a keyword.
        """
        known = dict.fromkeys(self._known(0), True)
        reached = self._reached(known if before else known | dict(self._keywords(0)))
        if not ({len(self._words)} | within).isdisjoint(reached):
            return True
        return any(enough and not NAMING.keys().isdisjoint(self._misspelt[at]) for at, enough in reached.items())

    def _is_misread_from(self, at: int) -> bool:
        """Return True if the name would end before `at` and all words from there mean something else."""
        if at not in self._timed and not self._misspelt[at]:
            return False
        return self._reached(dict.fromkeys(self._known(at), True) | dict(self._keywords(at))).get(
            len(self._words), False
        )

    def _is_timed_from(self, before: str, *, scheduled: bool) -> bool:
        """Return True if a day begins the name, or if a schedule begins at the keyword before it ("in 5 minutes")."""
        found = tokens(plain(f"{before} {' '.join(self._words)}"))
        first = next((index for index, token in enumerate(found) if token.start > len(before)), 0)
        if len(found) - first != len(self._words):
            return True
        schedules = SchedulePhrases(TokenWindow(found), self._lexicon)
        for at in range(first, len(found)):
            if scheduled and any(isinstance(each.value, PhraseProblem) for each in schedules.at(at, asked=True)):
                return True
            said = schedules.at(at, asked=False)
            ends = [each.end - first for each in said if at in schedules.starts]
            if (date_ := day(found, at, date.max, self._lexicon.data)) and date_.sure:
                ends.append(date_.end - first)
            self._specials += bool(said or ends)
            if ends:
                self._timed[at - first] = ends
            if at == first and date_ and date_.sure:
                return True
        return any(schedules.at(at, asked=scheduled) for at in range(first))

    def _reached(self, ends: dict[int, bool]) -> dict[int, bool]:
        """Return where words that mean something else can end.

        The value is True if they are more than keywords that take what follows.
        """
        for at in range(1, len(self._words)):
            if at in ends:
                for end in self._known(at):
                    ends[end] = True
                for end, enough in self._keywords(at):
                    ends[end] = ends.get(end, False) or ends[at] or enough
        return ends

    def _known(self, at: int) -> Iterator[int]:
        """Yield the ends of names that are known without a directory: workloads and ids."""
        if self._may_be_known:
            for end in range(at + 1, len(self._words) + 1):
                if any(pasted_guid(text) or aliases.meanings(text) for text in self._variants(at, end)):
                    yield end

    def _keywords(self, at: int) -> Iterator[tuple[int, bool]]:
        """Yield the ends of days, schedules and misspelled keywords, each with its value.

        The flag is True for a day, a schedule or a keyword with its value, False for a keyword alone.
        """
        yield from ((end, True) for end in self._timed.get(at, ()))
        following = self._folded[at + 1] if at + 1 < len(self._folded) else ""
        for role in self._misspelt[at]:
            takes = _takes(role)
            if role in PLAIN or role in NAMING or role in NOT:
                yield at + 1, False
            elif (takes is ValueKind.DIMENSIONS and is_near(following, self._lexicon.dimensions)) or (
                takes is ValueKind.SHARE and self._is_number(following)
            ):
                yield at + 2, True

    @cached_property
    def _may_be_known(self) -> bool:
        """True if a word belongs to an alias or is an id; without one, no name is known."""
        bare = (word.removesuffix(end) for word in self._folded for end in ("", *self._lexicon.data.possessives))
        return not aliases.WORDS.isdisjoint(bare) or any(map(pasted_guid, self._words))

    def _is_number(self, word: str) -> bool:
        return word[:1].isdigit() or word in self._lexicon.data.numbers

    def _variants(self, start: int, end: int) -> Iterator[str]:
        """Yield the words as they are, then without the words that people add to a name."""
        language = self._lexicon.data
        several = end - start > 1
        for begin in (start, start + 1) if several and self._folded[start] in language.leading else (start,):
            yield " ".join(self._words[begin:end])
            if several and self._folded[end - 1] in language.trailing:
                yield " ".join(self._words[begin : end - 1])
        text = " ".join(self._words[start:end])
        yield from (text[: -len(each)] for each in language.possessives if text.casefold().endswith(each))


def _takes(role: str) -> ValueKind | None:
    return CLAUSE_OF_ROLE[role].value if role in CLAUSE_OF_ROLE else None
