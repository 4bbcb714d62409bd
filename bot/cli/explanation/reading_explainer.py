"""Explain what the bot would do with a sentence, and why.

Pure.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from bot.cli.explanation.explanation import Explanation, OfferedSentence, Outcome, TextSpan, Why, WhyKind
from bot.cli.explanation.meaning_fields import meaning_fields
from bot.cli.explanation.person_clock import PersonClock
from bot.commands.command import Hello, Help, NewDigest
from bot.commands.meaning import Act, Meaning
from bot.digests.schedule.schedule_choices import schedule_choices
from bot.digests.schedule.schedule_view import UTC, schedule_view
from bot.errors import ZoneError
from bot.language.composing.reason import Reason
from bot.language.reading.command_of import command_of
from bot.language.reading.not_offered import Contradiction, NotOffered
from bot.language.reading.reading import Reading, ReadingOutcome, ReadSpan
from bot.language.sentence.command_sentence import sentence_of
from bot.usage.command_buttons import sentence_on
from bot.usage.sentence_result import result_of
from cards.draw import summary
from cards.parts.schedule_text import in_words
from cards.views.answer_views import ErrorView, NoMatchView, NotUnderstoodView, PickerView
from cards.wording.locale_words import LocaleWords


class Reader(Protocol):
    """Reads sentences with the names of one person, or with any name as it was typed."""

    def read(self, text: str, language: str = ..., before: Meaning | None = None) -> Reading:
        """Return what `text` means, which follows a question that meant `before`."""
        ...


class ReadingExplainer:
    """Explains the sentences of one person, with what they said before."""

    def __init__(self, reader: Reader, clock: PersonClock) -> None:
        self._clock = clock
        self._reader = reader

    def explain(self, text: str, words: LocaleWords, after: tuple[str, ...] = (), language: str = "en") -> Explanation:
        """Return what was understood of `text`, which follows the sentences `after`.

        It raises for no text.
        """
        before: Meaning | None = None
        for earlier in after:
            meaning = self._reader.read(earlier, language, before).meaning
            chosen = meaning.language if meaning is not None and meaning.act is Act.ACCOUNT else ""
            language, before = chosen or language, meaning or before
        reading = self._reader.read(text, language, before)
        try:
            return self._explained(reading, text, words)
        except ZoneError as error:
            view = ErrorView("unknown_zone", {"zone": error.zone})
            return Explanation(Outcome.REFUSE, None, Why(WhyKind.IMPOSSIBLE, error.zone, summary(view, words)))

    def _explained(self, reading: Reading, text: str, words: LocaleWords) -> Explanation:
        outcome, why, choices = self._decided(reading, text, words)
        return Explanation(
            outcome,
            meaning_fields(_certain(reading, reading.meaning), self._clock) if reading.meaning is not None else None,
            why,
            choices,
            _in_order(reading.understood),
            _in_order(reading.not_understood),
            tuple((each.typed, each.taken) for each in reading.corrected),
        )

    def _decided(
        self, reading: Reading, text: str, words: LocaleWords
    ) -> tuple[Outcome, Why | None, tuple[OfferedSentence, ...]]:
        found = result_of(reading, text)
        outcome = Outcome(reading.outcome.value)
        kind = _kind(reading.reason)
        match found:
            case Hello() | Help() if reading.outcome is ReadingOutcome.HELP:
                return Outcome.HELP, None, ()
            case NotUnderstoodView() if found.problem != "misspelt":  # a misspelt order is understood, and confirmed
                outcome = Outcome.ASK if outcome is Outcome.ASK else Outcome.REFUSE
                offered = tuple(OfferedSentence(each.text, each.text) for each in found.suggestions)
                return outcome, self._why(reading, found, summary(found, words)), offered
            case PickerView() | NoMatchView():
                return outcome, Why(kind, reading.what, summary(found, words)), _choices(found)
            case NewDigest(question, None, only):
                sentences = tuple(
                    OfferedSentence(
                        in_words(schedule_view(on), words, zone=False), sentence_of(NewDigest(question, on, only))
                    )
                    for on in schedule_choices(self._clock.zone or UTC)
                )
                asked = words.say("form.mistake.when")
                if reading.what == "question":  # "digest" alone
                    asked = words.say("problem.missing.question")
                return Outcome.ASK, Why(WhyKind.MISSING, reading.what, asked), sentences
        if reading.outcome is ReadingOutcome.ANSWER:
            return Outcome.ANSWER, None, ()
        asked = words.say("digests.which" if reading.what == "digest" else "problem.title.any")
        return outcome, Why(kind, reading.what, asked), ()

    def _why(self, reading: Reading, view: NotUnderstoodView, text: str) -> Why:
        """Return why it is not answered; something that is understood may be impossible or not offered."""
        if reading.outcome is ReadingOutcome.ANSWER and reading.meaning is not None:
            match command_of(reading.meaning):
                case NotOffered(what):
                    return Why(WhyKind.NOT_OFFERED, what, text)
                case Contradiction():
                    return Why(WhyKind.CONFLICT, reading.what, text)
        return Why(_kind(reading.reason), reading.what or view.found, text)


def _certain(reading: Reading, meaning: Meaning) -> Meaning:
    """Return the meaning without "it", if nothing here says which digest that is."""
    asks = reading.outcome is ReadingOutcome.ASK and meaning.target == "last"
    return replace(meaning, target=()) if asks else meaning


def _kind(reason: Reason | None) -> WhyKind:
    return WhyKind.NOT_UNDERSTOOD if reason is None else WhyKind(reason.kind)


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


def _in_order(spans: Iterable[ReadSpan]) -> tuple[TextSpan, ...]:
    return tuple(TextSpan(each.text, each.at, each.taken_for) for each in sorted(spans, key=lambda each: each.at))
