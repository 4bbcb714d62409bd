"""Use case: choose or show the language of answers.

Sentences are read in it first.
"""

from collections.abc import Mapping

from bot.commands.command import ChooseLanguage
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.vocabulary.vocabulary import languages
from bot.usage.command_buttons import ask_button
from cards.views.answer_views import LanguageChoice, LanguageView, View
from cards.wording.language_tag import language_of


async def answer(command: ChooseLanguage, asked: HandlerContext) -> View:
    """Return the language that is used now, and those there are. Raises StoreError."""
    kept = asked.services.memory.languages
    if command.code is not None and command.code not in languages():
        return _shown("unknown", await kept.chosen(asked.caller), asked)
    if command.code is not None:
        await kept.choose(asked.caller, command.code)
        return _shown("changed", command.code, asked)
    chosen = await kept.chosen(asked.caller)
    return _shown("chosen" if chosen in languages() else "client", chosen, asked)


def _shown(state: str, chosen: str | None, asked: HandlerContext) -> LanguageView:
    used = next((code for code in (chosen, language_of(asked.caller.own_locale)) if code in languages()), None)
    if used is None:
        used, state = ENGLISH, "foreign" if state == "client" else state
    others = (code for code in languages() if code != used)
    return LanguageView(state, used, tuple(LanguageChoice(each, ask_button(ChooseLanguage(each))) for each in others))


HANDLERS: Mapping[str, Handler] = {"language": answer}
