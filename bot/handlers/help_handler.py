"""Use case: show what can be asked.

All sentences come from the table of verbs; the few that are offered first come from what is known of the caller.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, lru_cache

from bot.commands.command import FIGURES_TOPIC, Command, Hello, Help
from bot.commands.effects import changes_state
from bot.commands.verbs import VERBS, VerbExample
from bot.domain.conversation import Caller
from bot.errors import UsageBotError
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.handlers.own_examples import examples, own_customers
from bot.usage.addressed_buttons import is_shared
from bot.usage.command_buttons import ask_button, more_button
from bot.usage.offline_sentence import offline_command
from cards.views.answer_views import Example, HelloView, HelpView, View

_NO_DAY = datetime(9000, 1, 1, tzinfo=UTC)  # no example says a day that depends on today
TOPICS = 64  # more than there are; a button may name one that is none
# In place of the few questions: all of them.
_MORE = more_button(Help(), sum(len(verb.examples) for verb in VERBS))


@lru_cache(TOPICS)
def help_view(command: Help, *, keeps_misses: bool = False) -> HelpView:
    """Return the examples of one help topic, or of all.

    The same object for the same topic: a view of all examples is made once. `keeps_misses`: missed sentences are
    stored.
    """
    verbs = [verb for verb in VERBS if command.topic in {None, verb.help_topic}]
    every = tuple(_example(each, verb.changes) for verb in verbs for each in verb.examples)
    return HelpView(command.topic, every, keeps_misses)


@lru_cache(2)
def first_help(*, keeps_misses: bool = False) -> HelpView:
    """Return the help with a few questions to tap, and the way to all sentences."""
    return replace(help_view(Help(), keeps_misses=keeps_misses), tiles=examples(), more=_MORE)


def hello(caller: Caller, offered: tuple[Example, ...] | None = None) -> HelloView:
    """Return a greeting with a few questions to tap."""
    return HelloView(caller.name, examples() if offered is None else offered, _MORE)


@cache
def _example(example: VerbExample, changes: bool = False) -> Example:
    """The sentence, and the button that asks it unless it changes something. Each is read once."""
    command = offline_command(example.text, _NO_DAY) if example.offered and not changes else None
    if not isinstance(command, Command) or changes_state(command):
        return Example(example.text, example.words_key)
    return Example(example.text, example.words_key, ask_button(command))


# What the figures mean, and a few questions to tap.
_FIGURES = HelpView(FIGURES_TOPIC, examples(), tiles=examples(), more=_MORE)


async def answer(command: Help | Hello, asked: HandlerContext) -> View:
    """Return the help or a greeting."""
    keeps = asked.services.memory.misses.keeps
    if isinstance(command, Hello):
        return hello(asked.caller, await _own(asked))
    if command.topic == FIGURES_TOPIC:
        return _FIGURES
    if command.topic is not None or asked.shown is not None:
        return help_view(command, keeps_misses=keeps)
    own = await _own(asked)
    return (
        first_help(keeps_misses=keeps) if own is None else replace(first_help(keeps_misses=keeps), tiles=own, own=True)
    )


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
    return examples(names, own_customers(services.recent, caller))


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("help", "hello"), answer)
