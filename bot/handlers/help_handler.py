"""Use case: show what can be asked.

All sentences come from the table of verbs; the few that are offered first come from what is known of the caller.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache

from bot.commands.command import FIGURES_TOPIC, Command, Hello, Help
from bot.commands.effects import changes_state
from bot.commands.verb_spec import VerbExample
from bot.commands.verbs import VERBS
from bot.domain.conversation import Caller
from bot.errors import UsageBotError
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.handlers.remembering.own_examples import examples, own_customers
from bot.language.marking.worded_sentence import ENGLISH
from bot.language.sentence.command_sentence import example_in, printed_language
from bot.usage.addressed_buttons import is_shared
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.offline_sentence import offline_command
from cards.views.answer_views import Example, HelloView, HelpView, View

_NO_DAY = datetime(9000, 1, 1, tzinfo=UTC)  # no example says a day that depends on today
VIEWS = 256  # more than there are of all topics in all languages; a button may name a topic that is none
# In place of the few questions: all of them.
_MORE = more_button(Help(), sum(len(verb.examples) for verb in VERBS))


def help_view(command: Help, locale: str = ENGLISH, *, keeps_misses: bool = False) -> HelpView:
    """Return the examples of one help topic, or of all, in the language of `locale`.

    The same object for the same topic and language: a view of all examples is made once. `keeps_misses`: missed
    sentences are stored.
    """
    return _help_view(command, printed_language(locale), keeps_misses=keeps_misses)


@lru_cache(VIEWS)
def _help_view(command: Help, language: str, *, keeps_misses: bool) -> HelpView:
    verbs = [verb for verb in VERBS if command.topic in {None, verb.help_topic}]
    every = tuple(_example(each, language, changes=verb.changes) for verb in verbs for each in verb.examples)
    return HelpView(command.topic, every, keeps_misses)


@lru_cache(VIEWS)
def first_help(language: str = ENGLISH, *, keeps_misses: bool = False) -> HelpView:
    """Return the help with a few questions to tap, and the way to all sentences."""
    return replace(help_view(Help(), language, keeps_misses=keeps_misses), tiles=examples(language), more=_MORE)


def hello(caller: Caller, offered: tuple[Example, ...] | None = None) -> HelloView:
    """Return a greeting with a few questions to tap."""
    return HelloView(caller.name, examples(caller.locale) if offered is None else offered, _MORE)


@cache
def _example(example: VerbExample, language: str, *, changes: bool) -> Example:
    """The sentence, and the button that asks it unless it changes something. Each is read once."""
    command = offline_command(example.text, _NO_DAY)
    text = example_in(language, example.text, example.words_key, command)
    if changes or not example.offered or not isinstance(command, Command) or changes_state(command):
        return Example(text, example.words_key)
    return Example(text, example.words_key, ask_button(command))


# What the figures mean, and a few questions to tap.
@lru_cache(VIEWS)
def _figures(language: str) -> HelpView:
    tiles = examples(language)
    return HelpView(FIGURES_TOPIC, tiles, tiles=tiles, more=_MORE)


async def answer(command: Help | Hello, asked: HandlerContext) -> View:
    """Return the help or a greeting."""
    keeps = asked.services.memory.misses.keeps
    language = printed_language(asked.caller.locale)
    if isinstance(command, Hello):
        return hello(asked.caller, await _own(asked))
    if command.topic == FIGURES_TOPIC:
        return _figures(language)
    if command.topic is not None or asked.shown is not None:
        return help_view(command, language, keeps_misses=keeps)
    own = await _own(asked)
    first = first_help(language, keeps_misses=keeps)
    return first if own is None else replace(first, tiles=own, own=True)


async def _own(asked: HandlerContext) -> tuple[Example, ...] | None:
    """Return questions about the caller's own book, as far as it is known without a request.

    None if nothing is known, the caller is not signed in, or others read the conversation.
    """
    services, caller = asked.services, asked.caller
    names = None if is_shared(asked.here) else services.directories.known(caller)
    if names is None:
        return None
    try:
        if services.accounts is not None:
            await services.accounts.admit(caller)
    except UsageBotError:
        return None
    return examples(caller.locale, names, own_customers(services.recent, caller))


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("help", "hello"), answer)
