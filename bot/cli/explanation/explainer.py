"""Explain what the bot would do with a sentence, and why. Pure.

`names` are the names that the person can see.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial

from bot.cli.explanation.command_meaning import digest_meaning, simple_meaning, usage_meaning
from bot.cli.explanation.explanation import Explanation, OfferedSentence, Outcome, Why, WhyKind
from bot.cli.explanation.person_clock import PersonClock
from bot.cli.explanation.refused_sentence import RefusedSentence
from bot.cli.explanation.resolved_question import ResolvedQuestion, resolve
from bot.commands.command import ChangeDigest, Command, Hello, Help, NewDigest, NotUnderstood, ParseProblem, Usage
from bot.digests.schedule.schedule_choices import schedule_choices
from bot.digests.schedule.schedule_view import UTC
from bot.errors import ZoneError
from bot.language.sentence.command_sentence import sentence_of
from bot.language.sentence.parser import parse
from bot.language.understanding.sentence_spans import TextSpan, around, in_order
from bot.language.understanding.understood_words import understood_words
from bot.names.name_index import NameIndex
from bot.usage.command_buttons import sentence_on
from bot.usage.name_choice import which
from bot.usage.offline_names import OfflineNames, by_what_is_known
from cards.draw import summary
from cards.parts.schedule_text import in_words
from cards.views.answer_views import ErrorView, NoMatchView, PickerView
from cards.views.digest_views import ScheduleChoicesView
from cards.wording.locale_words import LocaleWords

MOST_CHOICES = 10
REMEMBERED = 256  # suggestions: most refused sentences get the same few examples


class Explainer:
    """Explains the sentences of one person.

    `names` is None if names are accepted unchecked.
    """

    def __init__(self, names: NameIndex | None, clock: PersonClock) -> None:
        self._clock = clock
        self._today = clock.today
        self._parse = partial(parse, today=self._today, knows=names.knows if names else None)
        self._read = partial(self._parse, suggest=False)
        self._answers = lru_cache(REMEMBERED)(self._is_answered)
        self._resolve = partial(resolve, directory=names) if names else _resolve_offline

    def explain(self, text: str, words: LocaleWords) -> Explanation:
        """Return what was understood of `text`; it raises for no text.

        `words` are those of the person's language.
        """
        command = self._parse(text)
        if isinstance(command, NotUnderstood):
            return self._refused(text, command, words)
        return self._understood(text, command, words)

    def _refused(self, text: str, problem: NotUnderstood, words: LocaleWords) -> Explanation:
        refused = RefusedSentence(text, problem)
        why, suggested = refused.why(words), self._answered(problem.suggestions)
        kept = self._kept(refused, words)
        if kept is None:
            return Explanation(refused.outcome, None, why, suggested, (), refused.not_understood())
        return replace(
            kept,
            outcome=refused.outcome,
            why=why,
            choices=tuple(dict.fromkeys((*kept.choices, *suggested)))[:MOST_CHOICES],
            not_understood=in_order((*refused.not_understood(), *kept.not_understood)),
        )

    def _kept(self, refused: RefusedSentence, words: LocaleWords) -> Explanation | None:
        """Return the meaning of the sentence without the words that were not understood, as its first choice."""
        found: Explanation | None = None
        for rest, gap in refused.without_the_problem():
            command = self._read(rest)
            if not isinstance(command, Usage | NewDigest):
                continue
            single = refused.problem.problem is ParseProblem.SINGLE_DAY
            if single and isinstance(command, NewDigest):  # the days that are left must not become "every day"
                command = replace(command, schedule=None)
            explained = _with_gap(self._understood(rest, command, words), gap)
            if single and isinstance(command, NewDigest):
                sentence = sentence_of(command.question)
                return replace(explained, choices=(OfferedSentence(sentence, sentence),))
            if explained.outcome is Outcome.ANSWER:
                sentence = sentence_of(command)
                return replace(explained, choices=(OfferedSentence(sentence, sentence),))
            found = found or explained
        return found

    def _answered(self, sentences: tuple[str, ...]) -> tuple[OfferedSentence, ...]:
        """Return those of `sentences` that are answered."""
        return tuple(OfferedSentence(sentence, sentence) for sentence in sentences if self._answers(sentence))

    def _is_answered(self, sentence: str) -> bool:
        match self._read(sentence):
            case NotUnderstood():
                return False
            case Usage() as question:
                return self._resolve(question).unresolved is None
            case NewDigest(question, schedule):
                return schedule is not None and self._resolve(question).unresolved is None
        return True

    def _understood(self, text: str, command: Command, words: LocaleWords) -> Explanation:
        try:
            match command:
                case Usage():
                    resolved = self._resolve(command)
                    explained = self._asked_back(resolved, command, words) or Explanation(
                        Outcome.ANSWER, usage_meaning(resolved)
                    )
                    return self._with_spans(text, command, explained, resolved)
                case NewDigest():
                    resolved = self._resolve(command.question)
                    return self._with_spans(text, command, self._digest(command, resolved, words), resolved)
                case _:
                    return self._with_spans(text, command, self._simple(command, words))
        except ZoneError as error:
            return _unknown_zone(error, words)

    def _simple(self, command: Command, words: LocaleWords) -> Explanation:
        meaning = simple_meaning(command, self._clock)
        if isinstance(command, ChangeDigest) and command.schedule is None:
            choices = self._schedules(command, f"digest {command.number}", command.number)
            return Explanation(Outcome.ASK, meaning, *_how_often(choices, words))
        return Explanation(Outcome.HELP if isinstance(command, Help | Hello) else Outcome.ANSWER, meaning)

    def _digest(self, command: NewDigest, resolved: ResolvedQuestion, words: LocaleWords) -> Explanation:
        meaning = digest_meaning(command, resolved, self._clock)
        if asked := self._asked_back(resolved, command, words):
            return replace(asked, meaning=meaning)
        if command.schedule is None:
            choices = self._schedules(command, sentence_of(command.question))
            return Explanation(Outcome.ASK, meaning, *_how_often(choices, words))
        return Explanation(Outcome.ANSWER, meaning)

    def _schedules(
        self, command: NewDigest | ChangeDigest, question: str, number: int | None = None
    ) -> ScheduleChoicesView:
        zone = self._clock.zone or UTC
        return schedule_choices(question, zone, lambda on: replace(command, schedule=on), number)

    def _asked_back(
        self, resolved: ResolvedQuestion, command: Usage | NewDigest, words: LocaleWords
    ) -> Explanation | None:
        """Ask which of several things is meant, or which of the nearest; None if each name is unique."""
        if resolved.unresolved is None:
            return None
        asked = partial(_asking, command)
        view = which(resolved.unresolved, asked, most=MOST_CHOICES)
        several = isinstance(view, PickerView)
        why = Why(WhyKind.SEVERAL if several else WhyKind.NO_SUCH_NAME, view.typed, summary(view, words))
        chosen = () if resolved.has_another_unknown() else _choices(view)
        rest = () if several and chosen else _without_names(resolved, asked)
        return Explanation(
            Outcome.ASK if chosen or several else Outcome.REFUSE, usage_meaning(resolved), why, (*chosen, *rest)
        )

    def _with_spans(
        self, text: str, command: Command, explained: Explanation, resolved: ResolvedQuestion | None = None
    ) -> Explanation:
        """Return the explanation with the spans of the text, and what was corrected in it."""
        roles = resolved.roles() if resolved else ()
        found = understood_words(text, command, roles, self._today)
        keywords = tuple((each.typed, each.meant) for each in found.misspelt if self._read(each.mend(text)) == command)
        names = resolved.corrected() if resolved else ()
        return replace(explained, understood=found.spans, not_understood=found.unknown, corrected=(*names, *keywords))


def _with_gap(explained: Explanation, gap: range) -> Explanation:
    """Return the explanation without the words in `gap`, which the parser did not receive."""

    def kept(spans: tuple[TextSpan, ...]) -> tuple[TextSpan, ...]:
        return tuple(part for span in spans for part in around(span, gap.start, gap.stop))

    return replace(explained, understood=kept(explained.understood), not_understood=kept(explained.not_understood))


def _resolve_offline(question: Usage) -> ResolvedQuestion:
    return resolve(question, OfflineNames(), by_what_is_known)


def _asking(command: Usage | NewDigest, question: Usage) -> Command:
    return replace(command, question=question) if isinstance(command, NewDigest) else question


def _without_names(resolved: ResolvedQuestion, asked: Callable[[Usage], Command]) -> tuple[OfferedSentence, ...]:
    """Offer the question without the names that no entry has, if it still asks something."""
    if resolved.rest == Usage():
        return ()
    sentence = sentence_of(asked(resolved.rest))
    return (OfferedSentence(sentence, sentence),)


def _choices(view: PickerView | NoMatchView) -> tuple[OfferedSentence, ...]:
    """Return the choices as sentences to offer; titles of namesakes show the beginning of their ids."""
    called = Counter(choice.name for choice in view.choices)
    return tuple(
        OfferedSentence(
            choice.name if called[choice.name] < 2 else f"{choice.name} ({(choice.detail or '')[:8]}…)",
            sentence_on(choice.ask),
        )
        for choice in view.choices
    )


def _how_often(view: ScheduleChoicesView, words: LocaleWords) -> tuple[Why, tuple[OfferedSentence, ...]]:
    offered = tuple(OfferedSentence(in_words(when, words, zone=False), sentence_on(ask)) for when, ask in view.choices)
    return Why(WhyKind.MISSING, "time", summary(view, words)), offered


def _unknown_zone(error: ZoneError, words: LocaleWords) -> Explanation:
    view = ErrorView("unknown_zone", {"zone": error.zone})
    return Explanation(Outcome.REFUSE, None, Why(WhyKind.IMPOSSIBLE, error.zone, summary(view, words)))
