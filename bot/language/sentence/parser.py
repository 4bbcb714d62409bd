"""Turn a typed text into a command, or report where and why it is none.

Pure and total: no text makes it raise.
"""

from datetime import date

from bot.commands.command import Command, Help, NewDigest, NotUnderstood, ParseProblem
from bot.commands.verbs import VerbNeeds, verb_of
from bot.language.sentence.name_spans import NameLookup
from bot.language.sentence.question_parser import QuestionParser, SentenceWords
from bot.language.sentence.suggestions import suggestions
from bot.language.sentence.verb_parser import VerbParser
from bot.language.text.lexicon import ENGLISH, Lexicon
from bot.language.text.message_text import plain
from bot.language.text.paste_marks import without_marks
from bot.language.text.tokenizer import tokens

LENGTH_LIMIT = 2_000  # characters
WORD_LIMIT = 250  # the work grows with the number of words
_FOUND_LIMIT = 60


def parse(
    text: str,
    *,
    today: date,
    lexicon: Lexicon = ENGLISH,
    knows: NameLookup | None = None,
    suggest: bool = True,
) -> Command | NotUnderstood:
    """Return the command of `text`, or why it is none.

    `knows(clause, name)` returns the score of a name in the directory: 1 (or True) for a full name, an id or an alias,
    a fraction for the beginning of a name, 0 (or False) if it is unknown. Without it, every keyword outside quotes is
    read as a keyword. `suggest`: also look for similar sentences if it is not understood, which takes several times as
    long as parsing.
    """
    sentence = TypedSentence(text, today=today, lexicon=lexicon)
    return sentence.command(knows) if suggest else sentence.read(knows)


class TypedSentence:
    """A typed text that is split into words once.

    It is read first for verbs that need no names, then with the names.
    """

    def __init__(self, text: str, *, today: date, lexicon: Lexicon = ENGLISH) -> None:
        self.text = text
        self._today = today
        self._lexicon = lexicon
        self._words: SentenceWords | None = None
        self._wordless: Command | NotUnderstood = NotUnderstood(ParseProblem.TOO_LONG, LENGTH_LIMIT, "")
        if len(text) > LENGTH_LIMIT:
            return
        typed = plain(text)
        words = without_marks(tokens(typed), lexicon)
        if len(words) > WORD_LIMIT:
            first = words[WORD_LIMIT]
            self._wordless = NotUnderstood(ParseProblem.TOO_LONG, first.start, first.text[:_FOUND_LIMIT])
        elif words:
            self._words = SentenceWords.of(typed, words, lexicon, today)
            self._verbs = VerbParser(self._words)
        else:
            is_asking = "?" in typed.text or "？" in typed.text
            self._wordless = Help() if is_asking else NotUnderstood(ParseProblem.EMPTY, 0, "")

    def without_names(self) -> Command | None:
        """Return the command if its verb needs no names, otherwise None.

        It is also None if the text is no command without the names.
        """
        found = self._wordless if self._words is None else self._verbs.without_names()
        return None if isinstance(found, NotUnderstood) or not _is_nameless(found) else found

    def command(self, knows: NameLookup | None = None) -> Command | NotUnderstood:
        """Return the command, or why it is none, with suggestions.

        `knows` is as in `parse`.
        """
        found = self.read(knows)
        if not isinstance(found, NotUnderstood):
            return found

        def understood(sentence: str) -> bool:
            """Return True if `sentence` is a command that a button may suggest.

            It must change nothing, because the user may not mean it. A digest for one day leads to no other digest.
            """
            command = TypedSentence(sentence, today=self._today, lexicon=self._lexicon).read(knows)
            if found.problem is ParseProblem.SINGLE_DAY and isinstance(command, NewDigest):
                return False
            return not isinstance(command, NotUnderstood) and not verb_of(command).changes

        offered = suggestions(self.text, found, self._lexicon, understood)
        return NotUnderstood(found.problem, found.at, found.found, found.expected, offered)

    def read(self, knows: NameLookup | None = None) -> Command | NotUnderstood:
        """Return what `command` returns, without suggestions."""
        if self._words is None:
            return self._wordless
        return self._verbs.command(QuestionParser(self._words, knows), any_known=knows is not None)


def _is_nameless(command: Command | None) -> bool:
    return command is not None and verb_of(command).needs < VerbNeeds.NAMES
