"""Print a command as its canonical sentence. Pure.

Reading the sentence returns the same command. A name is quoted if its words could be read as something else. Inside
quotes a double quote is doubled, and text that looks like an HTML entity or tag is escaped, because Teams sends markup.
Days are in the ISO form, ratios are percentages.
"""

from typing import Any

from bot.commands.answer_kind import AnswerKind
from bot.commands.clauses import Position, names_of
from bot.commands.command import ChangeDigest, Command, ExportForm, Usage
from bot.commands.run_condition import RunCondition
from bot.commands.verb_spec import VerbArgument
from bot.commands.verbs import VERBS, verb_of
from bot.domain.recurrence import Schedule
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.moments.schedule_words import schedule_words
from bot.language.moments.time_words import TimeWords
from bot.language.sentence.clause_sentence import USAGE_ROLE, ClausePrinter
from bot.language.sentence.printed_words import PrintedWords, printed_languages
from cards.wording.language_tag import language_of

_QUOTED_FROM = 500  # characters: a quoted name is one word, and a sentence has a limit of words
_ALERT = "alert"
_ROLES = {verb.name: verb.role for verb in VERBS}


def sentence_of(command: Command, language: str = ENGLISH) -> str:
    """Return the canonical sentence of `command`.

    `language` is a tag like `nl-BE`. The sentence is in English if that language does not print what the command says.
    """
    code = printed_language(language)
    try:
        return _printed(command, code)
    except KeyError:  # the file of the language leaves it out
        if code == ENGLISH:
            raise
    return _printed(command, ENGLISH)


def printed_language(language: str) -> str:
    """Return the code of the language that is printed for a reader's tag."""
    code = language_of(language)
    return code if code in printed_languages() else ENGLISH


def example_in(language: str, text: str, key: str, command: object) -> str:
    """Return the example `text`, which asks `command`, as it is typed in `language`.

    A sentence that says days otherwise than it is printed, as `last month`, is in the file of the language by its key.
    """
    if language == ENGLISH:
        return text
    said = PrintedWords.load(language).examples.get(key)
    return said or (sentence_of(command, language) if isinstance(command, Command) else text)


def _printed(command: Command, language: str) -> str:
    sentence = _Printer(language, quote_all=False).sentence(command)
    return sentence if len(sentence) <= _QUOTED_FROM else _Printer(language, quote_all=True).sentence(command)


class _Printer:
    """Prints one command. Raises KeyError if the language has no words for it."""

    def __init__(self, language: str, *, quote_all: bool) -> None:
        self._language = language
        self._said = PrintedWords.load(language)
        self._clauses = ClausePrinter(language, quote_all=quote_all)

    def sentence(self, command: Any) -> str:  # noqa: PLR0911 - one for each kind of argument
        verb = verb_of(command)
        said = self._said
        match verb.argument:
            case VerbArgument.QUESTION:
                return self._question(command)
            case VerbArgument.SCHEDULE:
                only = None if command.is_alert else command.only
                question = self._question(command.question, self._only(only, command.question))
                role = _ALERT if command.is_alert else verb.role
                return self._behind(role, when=self._when(command.schedule), question=question)
            case VerbArgument.FILE:
                form = "" if command.form is ExportForm.CSV else said.files[command.form]
                return self._behind(verb.role, form=form, question=self._question(command.question))
            case VerbArgument.NUMBER | VerbArgument.NEW_SCHEDULE:
                return self._action(verb.role, command)
            case VerbArgument.TOPIC if command.topic:
                return self._behind(verb.role, topic=said.words[_ROLES[command.topic]])
            case VerbArgument.LANGUAGE if command.code:
                return self._behind(verb.role, code=command.code)
            case VerbArgument.NAMED:
                return self._behind(verb.role, names=self._clauses.customers(command.customers))
            case VerbArgument.LEFT_OUT:
                return self._behind(self._left_out_role(verb.role, command), names=self._left_out(command))
            case VerbArgument.SEARCH if command.search:
                return self._behind(verb.role, search=self._clauses.searched(command.search))
        return said.words[verb.role]

    def _behind(self, role: str, **parts: str) -> str:
        """Print a verb with what is behind it, which may be nothing."""
        form = self._said.sentences[role]
        for part in (name for name, text in parts.items() if not text):
            form = form.replace(f"{{{part}}} ", "")
        return form.format_map(parts)

    def _left_out_role(self, role: str, command: Any) -> str:
        return f"{role}_digests" if getattr(command, "digests", False) else role

    def _left_out(self, command: Any) -> str:
        """Print `TEST COMPANY and trials`."""
        names = [self._clauses.customers((each,)) for each in command.customers]
        return self._clauses.listed([*names, *([self._said.lists["trials"]] if command.trials else [])])

    def _action(self, role: str, command: Any) -> str:
        """Print an action on existing digests."""
        printed = self._said.digests
        if not isinstance(command, ChangeDigest):
            which = self._which(command.numbers, every=command.every)
            if command.until:
                return printed[f"{role}_until"].format(digests=which, day=command.until.isoformat())
            return printed[role].format(digests=which)
        which = self._which(() if command.number is None else (command.number,))
        when = command.at.isoformat("minutes") if command.at else self._when(command.schedule)
        when = " ".join(filter(None, (when, self._only(command.only))))
        return printed[f"{role}_to" if when else role].format(digests=which, when=when)

    def _which(self, numbers: tuple[int, ...], *, every: bool = False) -> str:
        """Print `digest 2`, `digests 2 and 4`, `all digests` or `it`."""
        form = "all" if every else "it" if not numbers else "one" if len(numbers) == 1 else "several"
        printed = self._said.digests
        listed = self._clauses.listed(printed["number"].format(number=each) for each in numbers) if numbers else ""
        return printed[form].format(numbers=listed)

    def _when(self, schedule: Schedule | None) -> str:
        return schedule_words(schedule, TimeWords.load(self._language)) if schedule else ""

    def _only(self, only: RunCondition | None, question: Usage | None = None) -> str:
        """Print `only if something changed`; "" for no condition."""
        if only is None:
            return ""
        printed = self._said.conditions
        if only.unused_above is not None:
            of_seats = question is not None and question.seats is not None
            return printed["unassigned" if of_seats else "unused"].format(number=only.unused_above)
        for form, share in (("below", only.below), ("dropped", only.drops_below)):
            if share is not None:
                return printed[form].format(percent=self._clauses.percent(share))
        return printed["changed" if only.changed else "always"]

    def _question(self, usage: Usage, only: str = "") -> str:
        """Print a question, with what must `only` hold before a filter, which lasts until the end."""
        said = {position: tuple(self._clauses.clauses(usage, position)) for position in Position}
        first = said[Position.FIRST]
        if usage.kind is AnswerKind.TREND and not _names(usage):  # "trend" alone asks of what
            first = (self._said.words[USAGE_ROLE], *first)
        if not first and (said[Position.MIDDLE] or not said[Position.LAST]):
            first = (self._said.words[USAGE_ROLE],)
        *others, last = (*first, *said[Position.MIDDLE], *said[Position.LAST])
        parts = (*others, only, last) if usage.expression is not None else (*others, last, only)
        return " ".join(filter(None, parts))


def _names(usage: Usage) -> bool:
    """Return True if the question says what it is about."""
    named = any(names for _, names in names_of(usage))
    return named or bool(usage.excluded or usage.expression is not None)
