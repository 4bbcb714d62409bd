"""What was typed -> a Command, or where and why it is none. Pure and total: no text makes it raise."""

from datetime import date

from bot.commands.command import (
    Account,
    Command,
    Customers,
    ForgetMe,
    HandleDigest,
    Help,
    ListDigests,
    NewDigest,
    NotUnderstood,
    ParseProblem,
    SignIn,
    SignOut,
    Usage,
    WhoAmI,
    Workloads,
)
from bot.language.sentence.digest_action_phrase import DigestActionPhrases, Order
from bot.language.sentence.name_spans import NameLookup
from bot.language.sentence.question_parser import LISTS, BestParse, QuestionParser
from bot.language.sentence.sentence_parts import DimensionPart, NamePart, SentencePart
from bot.language.sentence.suggestions import suggestions
from bot.language.text.lexicon import ENGLISH, Lexicon, PhraseRole
from bot.language.text.message_text import MessageText, plain
from bot.language.text.tokenizer import Token, TokenKind, name_text, tokens

LENGTH_LIMIT = 2_000  # characters
WORD_LIMIT = 250  # the work grows with every word
_FOUND_LIMIT = 60
_ALONE: dict[PhraseRole, Account | ListDigests] = {
    PhraseRole.SIGN_IN: SignIn(),
    PhraseRole.SIGN_OUT: SignOut(),
    PhraseRole.WHO_AM_I: WhoAmI(),
    PhraseRole.FORGET_ME: ForgetMe(),
    PhraseRole.DIGESTS: ListDigests(),
}
_QUESTIONS = (
    PhraseRole.USAGE,
    PhraseRole.TOP,
    PhraseRole.FILTER,
    PhraseRole.CUSTOMERS,
    PhraseRole.WORKLOADS,
    PhraseRole.DIGEST,
)
_TOPICS = (*_QUESTIONS, PhraseRole.HELP, PhraseRole.HELLO, *_ALONE)
_WHOLE = (PhraseRole.HELP, PhraseRole.CUSTOMERS, PhraseRole.WORKLOADS, *_ALONE)
_CERTAIN = 0.4  # a reading that costs less holds no unknown name and no doubtful word


def parse(
    text: str,
    *,
    today: date,
    lexicon: Lexicon = ENGLISH,
    knows: NameLookup | None = None,
    suggest: bool = True,
) -> Command | NotUnderstood:
    """The command that `text` is.

    `knows(clause, name)` says how well the directory knows a name there: 1 (or True) by its full name, id or an alias,
    a fraction for the beginning of one, 0 (or False) not at all. Without it every keyword outside quotes is one.
    `suggest`: look for sentences near one that is not understood, which takes several times as long as reading it.
    """
    found = _read(text, today, lexicon, knows)
    if not isinstance(found, NotUnderstood) or not suggest:
        return found

    def understood(sentence: str) -> bool:
        """A button does not do at once what cannot be undone."""
        command = _read(sentence, today, lexicon, knows)
        return not isinstance(command, NotUnderstood | HandleDigest | ForgetMe)

    return NotUnderstood(
        found.problem, found.at, found.found, found.expected, suggestions(text, found, lexicon, understood)
    )


def _read(text: str, today: date, lexicon: Lexicon, knows: NameLookup | None) -> Command | NotUnderstood:
    if len(text) > LENGTH_LIMIT:
        return NotUnderstood(ParseProblem.TOO_LONG, LENGTH_LIMIT, "")
    typed = plain(text)
    words = tokens(typed)
    if len(words) > WORD_LIMIT:
        return NotUnderstood(ParseProblem.TOO_LONG, words[WORD_LIMIT].start, words[WORD_LIMIT].text[:_FOUND_LIMIT])
    if not words:
        return Help() if "?" in typed.text or "？" in typed.text else NotUnderstood(ParseProblem.EMPTY, 0, "")
    sentence = _Sentence(typed, words, lexicon, today, knows)
    return sentence.order() or sentence.listing() or sentence.question()


class _Sentence:
    """Decides between the verbs that take a whole sentence (help, customers, workloads) and a usage question."""

    def __init__(
        self, typed: MessageText, words: tuple[Token, ...], lexicon: Lexicon, today: date, knows: NameLookup | None
    ) -> None:
        self._typed = typed
        self._words = words
        self._lexicon = lexicon
        self._knows = knows
        self._reader = QuestionParser(typed, words, lexicon, today, knows)

    def question(self) -> Command | NotUnderstood:
        """A usage question, or a greeting."""
        found = self._reader.read().value
        if isinstance(found, NotUnderstood) and found.problem is ParseProblem.UNKNOWN:
            rest = " ".join(self._typed.text[self._words[0].left : self._words[-1].right].split())
            return NotUnderstood(ParseProblem.UNKNOWN, self._words[0].start, rest[:_FOUND_LIMIT], self._verbs())
        return found

    def order(self) -> Order | None:
        """`stop digest 3`, None where the sentence is nothing of that kind."""
        orders = DigestActionPhrases(self._reader.payloads, self._lexicon, self._after_courtesies)
        at = 0
        while at < len(self._words):
            if found := orders.at(at):
                return found
            courtesy = self._courtesy(at, opening=True)
            if courtesy == at:
                break
            at = courtesy
        return None

    def listing(self) -> Command | NotUnderstood | None:
        """`help`, `customers` or `workloads`, None where the sentence is none of them."""
        if topic := self._topic_first():
            return Help(topic)
        at, role, end = self._verb()
        if role is None or self._begins_with_a_known_name():
            return None
        rest = self._after_courtesies(end)
        end = rest if rest == len(self._words) else end
        if role in _ALONE:  # these take nothing: with more words it is something else
            return _ALONE[role] if end == len(self._words) else None
        if role is PhraseRole.HELP:
            return self._help(at, end)
        return self._list(at, end, role)

    def _topic_first(self) -> str | None:
        """`digest help`."""
        for match in self._reader.phrases.at(0, opening=True):
            asked = self._reader.phrases.role(match.end, PhraseRole.HELP)
            if asked and asked.end == len(self._words) and match.roles[0] in _TOPICS and not match.typo:
                return match.roles[0].value
        return None

    def _verb(self) -> tuple[int, PhraseRole | None, int]:
        """The first phrase behind the courtesies: its place, role and end."""
        at = 0
        while at < len(self._words):
            courtesy = self._courtesy(at, opening=True)
            found = (match for match in self._reader.phrases.at(at) if match.roles[0] in _WHOLE)
            match = next(found, None)
            if match and match.end >= courtesy:  # "what can you do" begins with a courtesy, "can you do" is one
                return at, match.roles[0], match.end
            if courtesy == at:
                break
            at = courtesy
        return at, None, at

    def _courtesy(self, at: int, *, opening: bool) -> int:
        """The end of a phrase at `at` that says nothing, `at` where there is none."""
        if opening and self._words[at].kind is TokenKind.COMMA:
            return at + 1
        silent = {PhraseRole.POLITE, PhraseRole.THANKS, *((PhraseRole.HELLO, PhraseRole.ASK) if opening else ())}
        matches = self._reader.phrases.at(at, opening=opening)
        return max((match.end for match in matches if set(match.roles) <= silent and not match.typo), default=at)

    def _after_courtesies(self, at: int) -> int:
        """The end of all such phrases at `at`."""
        while at < len(self._words):
            end = self._courtesy(at, opening=False)
            if end == at and self._words[at].kind is not TokenKind.COMMA:
                break
            at = max(end, at + 1)
        return at

    def _begins_with_a_known_name(self) -> bool:
        """`Help for Heroes on Exchange`, where somebody is called that."""
        if self._knows is None:
            return False
        outcome = self._reader.read()
        first = next((part for part in outcome.parts if isinstance(part.value, NamePart)), None)
        if outcome.cost >= _CERTAIN or not isinstance(outcome.value, Usage | NewDigest) or first is None:
            return False
        return first is next(part for part in outcome.parts if part.value is not PhraseRole.POLITE)

    def _help(self, at: int, end: int) -> Command | NotUnderstood | None:
        if end >= len(self._words):
            return Help()
        for index in range(end, min(end + 3, len(self._words))):
            for match in sorted(self._reader.phrases.at(index, opening=True), key=lambda match: match.typo):
                topic = PhraseRole.TOP if match.roles[0] is PhraseRole.BOTTOM else match.roles[0]
                if topic in _TOPICS and self._after_courtesies(match.end) >= len(self._words):
                    return Help(topic.value)
        if at:  # courtesies before it: "can you help me, …" asks for help whatever follows
            return Help()
        return self._unexpected(end, tuple(self._lexicon.canonical[role] for role in _TOPICS))

    def _list(self, at: int, end: int, role: PhraseRole) -> Command | NotUnderstood:
        if end >= len(self._words):
            return Customers() if role is PhraseRole.CUSTOMERS else Workloads()
        outcome = self._clauses(at, end, role)
        if outcome and isinstance(outcome.value, Usage | NewDigest):
            return outcome.value
        if role is PhraseRole.CUSTOMERS:
            return Customers(self._searched(end))
        if outcome and isinstance(outcome.value, NotUnderstood):
            return outcome.value
        return self._unexpected(end, ())

    def _clauses(self, at: int, end: int, role: PhraseRole) -> BestParse | None:
        """`customers on Exchange below 50%` asks for usage by customer."""
        if not any(not match.typo and match.roles[0] not in _WHOLE for match in self._reader.phrases.at(end)):
            return None
        start = self._words[at]
        return self._reader.read(end, said=(SentencePart(DimensionPart((LISTS[role],)), start.start, start.text),))

    def _searched(self, end: int) -> str | None:
        rest = self._words[end:]
        if len(rest) == 1 and rest[0].kind is TokenKind.QUOTED:
            return rest[0].text or None
        return name_text(self._typed, rest, last=True)

    def _unexpected(self, index: int, expected: tuple[str, ...]) -> NotUnderstood:
        word = self._words[index]
        return NotUnderstood(ParseProblem.UNEXPECTED, word.start, word.text[:_FOUND_LIMIT], expected)

    def _verbs(self) -> tuple[str, ...]:
        verbs = (
            PhraseRole.USAGE,
            PhraseRole.TOP,
            PhraseRole.CUSTOMERS,
            PhraseRole.WORKLOADS,
            PhraseRole.DIGEST,
            PhraseRole.HELP,
        )
        return tuple(self._lexicon.canonical[role] for role in verbs)
