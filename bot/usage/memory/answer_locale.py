"""The locale in which a person is answered.

The language that they chose; else the one that they wrote in, if it is not that of their Teams; else that of their
Teams. If the choice and Teams are one language, the region of Teams stays: it says how numbers and days are written.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.domain.conversation import Caller
from bot.language.marking.foreign_language import foreign_language
from bot.language.vocabulary.vocabulary import languages
from bot.names.span_lookup import SpanLookup
from bot.usage.memory.chosen_languages import ChosenLanguages
from cards.wording.language_tag import language_of
from cards.wording.locale_words import available

# Returns the locale in which a person is answered. Never raises.
LocaleOf = Callable[[Caller], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class AnswerLocale:
    """A BCP 47 tag.

    `passing`: it is that of one sentence and of the cards that answer it.
    """

    tag: str
    passing: bool = False

    def of(self, caller: Caller) -> Caller:
        """Return `caller`, to be answered in this locale."""
        return replace(caller, locale=self.tag, client=caller.locale if self.passing else "")


def chosen_locale(chosen: str | None, client: str) -> str:
    """Return the locale for a `chosen` language and the locale of the client."""
    if chosen is None or chosen not in languages() or chosen == language_of(client):
        return client
    return chosen


async def answer_locale(
    choices: ChosenLanguages, caller: Caller, text: str = "", mark: str = "", names: SpanLookup | None = None
) -> AnswerLocale:
    """Return the locale of an answer.

    It answers `text`, or a button of a card in the language `mark`. English is read beside every language: English
    words do not say that an English answer is wanted. Nor do words of `names`, which the caller can see.
    """
    chosen = await choices.chosen(caller)
    if chosen in languages():
        return AnswerLocale(chosen_locale(chosen, caller.locale))
    said = mark or (foreign_language(text, caller.locale, names) if text else "")
    passing = said in available() and said != language_of(caller.locale)
    return AnswerLocale(said if passing else caller.locale, passing)


async def stored_locale(caller: Caller) -> str:
    """Return the locale of `caller` as it is, if there is no choice."""
    return caller.locale


def locale_in(choices: ChosenLanguages) -> LocaleOf:
    """Return what finds the locale of a person with the `choices`."""

    async def locale_of(caller: Caller) -> str:
        return chosen_locale(await choices.chosen(caller), caller.locale)

    return locale_of
