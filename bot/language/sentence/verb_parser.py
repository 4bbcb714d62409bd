"""Choose between a verb that takes the whole sentence and a usage question. Pure.

Verbs that take the whole sentence are for example help, customers and sign in.
"""

import re
from functools import cached_property

from bot.commands.clauses import CLAUSE_OF_ROLE
from bot.commands.command import Command, Help, NewDigest, NotUnderstood, ParseProblem, Usage
from bot.commands.verbs import TOPICS, VerbArgument, VerbSpec
from bot.language.sentence.digest_action_phrase import DigestActionPhrases, Order
from bot.language.sentence.question_parser import BestParse, QuestionParser, SentenceWords
from bot.language.sentence.role_sets import (
    ALONE,
    ASKED,
    COURTESIES,
    GREETING,
    LISTS,
    NAMING,
    NOT,
    PLAIN,
    TOPIC_OF_ROLE,
    VERB_OF_ROLE,
    WHOLE,
)
from bot.language.sentence.sentence_parts import DimensionPart, NamePart, SentencePart
from bot.language.text.lexicon import PhraseRole
from bot.language.text.tokenizer import TokenKind, name_text

_CODE = re.compile(r"[a-z]{2,3}")
_FOUND_LIMIT = 60
_CERTAIN = 0.4  # a parse that costs less has no unknown name and no doubtful word
_SILENT = frozenset({PhraseRole.POLITE, PhraseRole.THANKS})
_GREETINGS = GREETING | {PhraseRole.THANKS}
_ASKS = (PLAIN | NAMING.keys() | CLAUSE_OF_ROLE.keys() | NOT) - COURTESIES


class VerbParser:
    """The parser of one sentence of at least one word."""

    def __init__(self, words: SentenceWords) -> None:
        self._source = words
        self._typed = words.typed
        self._words = words.tokens
        self._lexicon = words.lexicon
        self._phrases = words.phrases

    def command(self, reader: QuestionParser, *, any_known: bool) -> Command | NotUnderstood:
        """Return the command. `any_known`: the reader has the names of a directory."""
        return self._order or self._listing(reader, any_known=any_known) or self._question(reader)

    def without_names(self) -> Command | NotUnderstood | None:
        """Return the command if the lexicon alone decides it, None if names may change it."""
        if self._order:
            return self._order
        nameless = QuestionParser(self._source, None)
        role = self._verb[1]
        if role in LISTS:
            return None
        if found := self._listing(nameless, any_known=False):
            return found
        return self._question(nameless) if self._may_greet() else None

    def _may_greet(self) -> bool:
        """Return True if the sentence holds a greeting and nothing that asks."""
        said = [match for at in range(len(self._words)) for match in self._phrases.at(at, opening=True)]
        asks = any(not match.typo and not _ASKS.isdisjoint(match.roles) for match in said)
        return not asks and any(not _GREETINGS.isdisjoint(match.roles) for match in said)

    def _question(self, reader: QuestionParser) -> Command | NotUnderstood:
        """Return a usage question or a greeting."""
        found = reader.whole().value
        if isinstance(found, NotUnderstood) and found.problem is ParseProblem.UNKNOWN:
            rest = " ".join(self._typed.text[self._words[0].left : self._words[-1].right].split())
            expected = tuple(self._lexicon.canonical[role] for role in ASKED)
            return NotUnderstood(ParseProblem.UNKNOWN, self._words[0].start, rest[:_FOUND_LIMIT], expected)
        return found

    @cached_property
    def _order(self) -> Order | None:
        """The action on a digest, for example `stop digest 3`; None if the sentence is no such action."""
        if self._lexicon.data.handled.isdisjoint(word.folded for word in self._words):
            return None
        orders = DigestActionPhrases(self._source.payloads, self._lexicon, self._after_courtesies)
        at = 0
        while at < len(self._words):
            if found := orders.at(at):
                return found
            courtesy = self._courtesy(at, opening=True)
            if courtesy == at:
                break
            at = courtesy
        return None

    def _listing(self, reader: QuestionParser, *, any_known: bool) -> Command | NotUnderstood | None:
        """Return the command of a verb that takes the whole sentence, None if there is no such verb."""
        if topic := self._topic_first():
            return Help(topic)
        at, role, end = self._verb
        if role is None or (any_known and self._begins_with_a_known_name(reader)):
            return None
        rest = self._after_courtesies(end)
        end = rest if rest == len(self._words) else end
        if role in ALONE:  # such a verb takes nothing; a sentence with more words asks for something else
            return VERB_OF_ROLE[role].made() if end == len(self._words) else None
        if VERB_OF_ROLE[role].argument is VerbArgument.TOPIC:
            return self._help(at, end)
        if VERB_OF_ROLE[role].argument is VerbArgument.LANGUAGE:
            return self._language(end, VERB_OF_ROLE[role])
        return self._list(at, end, role, reader)

    def _topic_first(self) -> str | None:
        """Return the topic of `digest help`, or None."""
        helps = tuple(role for role in WHOLE if VERB_OF_ROLE[role].argument is VerbArgument.TOPIC)
        for match in self._phrases.at(0, opening=True):
            topic = TOPIC_OF_ROLE.get(match.roles[0])
            if topic and not match.typo and VERB_OF_ROLE[match.roles[0]].role == match.roles[0]:
                asked = next(filter(None, (self._phrases.role(match.end, role) for role in helps)), None)
                if asked and asked.end == len(self._words):
                    return topic
        return None

    @cached_property
    def _verb(self) -> tuple[int, str | None, int]:
        """The first verb after the courtesies: its index, its role (None if there is none) and its end."""
        at = 0
        while at < len(self._words):
            courtesy = self._courtesy(at, opening=True)
            found = (match for match in self._phrases.at(at) if match.roles[0] in WHOLE)
            match = next(found, None)
            if match and match.end >= courtesy:  # "what can you do" begins with a courtesy, "can you do" is one
                return at, match.roles[0], match.end
            if courtesy == at:
                break
            at = courtesy
        return at, None, at

    def _courtesy(self, at: int, *, opening: bool) -> int:
        """Return the end of a courtesy at `at`, or `at` if there is none."""
        if opening and self._words[at].kind is TokenKind.COMMA:
            return at + 1
        silent = COURTESIES if opening else _SILENT
        matches = self._phrases.at(at, opening=opening)
        return max((match.end for match in matches if silent.issuperset(match.roles) and not match.typo), default=at)

    def _after_courtesies(self, at: int) -> int:
        """Return the end of all courtesies at `at`."""
        while at < len(self._words):
            end = self._courtesy(at, opening=False)
            if end == at and self._words[at].kind is not TokenKind.COMMA:
                break
            at = max(end, at + 1)
        return at

    def _begins_with_a_known_name(self, reader: QuestionParser) -> bool:
        """Return True for `Help for Heroes on Exchange`, if there is a customer of that name."""
        outcome = reader.whole()
        first = next((part for part in outcome.parts if isinstance(part.value, NamePart)), None)
        if outcome.cost >= _CERTAIN or not isinstance(outcome.value, Usage | NewDigest) or first is None:
            return False
        return first is next(part for part in outcome.parts if part.value != PhraseRole.POLITE)

    def _help(self, at: int, end: int) -> Command | NotUnderstood | None:
        if end >= len(self._words):
            return Help()
        for index in range(end, min(end + 3, len(self._words))):
            for match in sorted(self._phrases.at(index, opening=True), key=lambda match: match.typo):
                topic = TOPIC_OF_ROLE.get(match.roles[0])
                if topic and self._after_courtesies(match.end) >= len(self._words):
                    return Help(topic)
        if at:  # courtesies are before it: "can you help me, …" asks for help, whatever follows
            return Help()
        return self._unexpected(end, tuple(self._lexicon.canonical[topic.role] for topic in TOPICS))

    def _language(self, end: int, verb: VerbSpec) -> Command | NotUnderstood:
        """Return the command of `language` or `language nl`. Only codes are printed."""
        if end >= len(self._words):
            return verb.made()
        code = self._words[end].folded
        if self._after_courtesies(end + 1) < len(self._words) or not _CODE.fullmatch(code):
            return self._unexpected(end, ())
        return verb.made(code)

    def _list(self, at: int, end: int, role: str, reader: QuestionParser) -> Command | NotUnderstood:
        verb = VERB_OF_ROLE[role]
        if end >= len(self._words):
            return verb.made()
        outcome = self._clauses(at, end, role, reader)
        if outcome and isinstance(outcome.value, Usage | NewDigest):
            return outcome.value
        if verb.argument is VerbArgument.SEARCH:
            return verb.made(self._searched(end))
        if outcome and isinstance(outcome.value, NotUnderstood):
            return outcome.value
        return self._unexpected(end, ())

    def _clauses(self, at: int, end: int, role: str, reader: QuestionParser) -> BestParse | None:
        """Return the question of `customers on Exchange below 50%`: usage by customer."""
        follows = any(not match.typo and match.roles[0] not in WHOLE for match in self._phrases.at(end))
        if role not in LISTS or not follows:
            return None
        start = self._words[at]
        return reader.read(end, said=(SentencePart(DimensionPart((LISTS[role],)), start.start, start.text),))

    def _searched(self, end: int) -> str | None:
        rest = self._words[end:]
        if len(rest) == 1 and rest[0].kind is TokenKind.QUOTED:
            return rest[0].text or None
        return name_text(self._typed, rest, last=True)

    def _unexpected(self, index: int, expected: tuple[str, ...]) -> NotUnderstood:
        word = self._words[index]
        return NotUnderstood(ParseProblem.UNEXPECTED, word.start, word.text[:_FOUND_LIMIT], expected)
