"""Whether a name needs quotes in a printed sentence: what its words would be taken for without them. Pure.

The parser prefers one unknown name to several, so a name is misread only where a keyword, a day, a schedule or the
known name of a workload stands in it. The rules are those of `name_spans` and `question_parser`, for one name: no
sentence is read.
"""

import re
from collections.abc import Iterator
from datetime import date

from bot.commands.clauses import CLAUSE_OF_ROLE, ValueKind
from bot.commands.command import Clause
from bot.domain.guid import GUID
from bot.language.sentence.role_sets import NAMING, NOT, PLAIN
from bot.language.text.lexicon import Lexicon
from bot.language.text.message_text import plain
from bot.language.text.phrase_matcher import misspelt_roles, typing_error
from bot.language.text.token_window import TokenWindow
from bot.language.text.tokenizer import fold, tokens
from bot.language.timing.calendar_day import day
from bot.language.timing.schedule_phrase import SchedulePhrases
from bot.names import workload_aliases as aliases

_PLAIN_NAME = re.compile(r"[\w'’./+&-]+(?: [\w'’./+&-]+)*")
_APOSTROPHES = "'’"
_LONGEST = 16  # words: with more, the parser does not look for known names


class NameQuoting:
    """The rules of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def is_plain(self, name: str, clause: Clause | None) -> bool:
        """No word of the name is a keyword, nor the name that of a workload where it stands for something else."""
        if not _PLAIN_NAME.fullmatch(name) or (clause is not Clause.ON and aliases.meanings(name)):
            return False
        return not any(self._begins_a_phrase(word.casefold()) for word in name.split())

    def is_misread(self, name: str, clause: Clause | None, keyword: str, *, scheduled: bool) -> bool:
        """A plain name behind `keyword` would not be read as it is; `scheduled`: in a sentence that asks for a digest.

        `clause` is None for what is searched for, which goes on to the end of the sentence whatever its words are.
        """
        if GUID.fullmatch(name) or (clause is Clause.ON and aliases.meanings(name)):
            return False
        words = name.split(" ")
        folded = [fold(word) for word in words]
        if not folded[0] or not folded[-1] or any(word[0] in _APOSTROPHES for word in words):
            return True
        if any(self._begins_a_phrase(word) for word in folded):
            return True
        if clause is None:
            return False
        if self._lexicon.timely.isdisjoint(folded) and not any(word[0].isdigit() for word in folded if word):
            timed = False
        else:
            timed = self._is_timed(keyword, name, scheduled=scheduled)
        return timed or len(words) > _LONGEST or self._is_known(words) or self._is_misspelt(words, folded)

    def _begins_a_phrase(self, word: str) -> bool:
        """Phrases that open a sentence do not count: no name stands there."""
        return any(not phrase.opening for phrase in self._lexicon.phrases.get(word, ()))

    def _is_timed(self, keyword: str, name: str, *, scheduled: bool) -> bool:
        """A day or a schedule begins within the name, or with the keyword before it ("in 5 minutes")."""
        found = tokens(plain(f"{keyword} {name}"))
        first = next(index for index, token in enumerate(found) if token.start > len(keyword) - 1)
        if any((each := day(found, at, date.max, self._lexicon.data)) and each.sure for at in range(len(found))):
            return True
        schedules = SchedulePhrases(TokenWindow(found), self._lexicon)
        # Behind a keyword that takes a name, "Daily Planet" is one.
        return any(at > first for at in schedules.starts) or any(
            schedules.at(at, asked=scheduled) for at in range(first)
        )

    def _is_known(self, words: list[str]) -> bool:
        """The name is a row of names that are known without a directory: those of workloads, and ids."""
        ends = {0}
        for start in range(len(words)):
            if start in ends:
                ends |= {end for end in range(start + 1, len(words) + 1) if self._names_something(words[start:end])}
        return len(words) in ends

    def _names_something(self, words: list[str]) -> bool:
        if len(words) == 1 and GUID.fullmatch(words[0]):
            return True
        return any(aliases.meanings(text) for text in self._variants(words))

    def _variants(self, words: list[str]) -> Iterator[str]:
        """The words as they are, then without what people put around a name."""
        language = self._lexicon.data
        leading = len(words) > 1 and fold(words[0]) in language.leading
        trailing = len(words) > 1 and fold(words[-1]) in language.trailing
        for start in (0, 1) if leading else (0,):
            for end in (len(words), len(words) - 1) if trailing else (len(words),):
                yield " ".join(words[start:end])
        text = " ".join(words)
        for ending in language.possessives:
            if text.casefold().endswith(ending):
                yield text[: -len(ending)]

    def _is_misspelt(self, words: list[str], folded: list[str]) -> bool:
        """A word within the name is a keyword with a typing error, and what follows is something it takes."""
        for at in range(1, len(words) - 1):
            for role in misspelt_roles(folded[at], self._lexicon):
                if self._takes(role, words[at + 1 :], folded[at + 1]):
                    return True
        return False

    def _takes(self, role: str, words: list[str], following: str) -> bool:
        if role in PLAIN or role in NAMING or role in NOT:
            return any(self._names_something(words[:end]) for end in range(1, len(words) + 1))
        clause = CLAUSE_OF_ROLE.get(role)
        if clause is not None and clause.value is ValueKind.DIMENSIONS:
            return any(word == following or typing_error(following, word) for word in self._lexicon.dimensions)
        return clause is not None and (following[:1].isdigit() or following in self._lexicon.data.numbers)
