"""Use case: show what can be asked.

Pure; all content comes from the table of verbs.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache

from bot.commands.command import Command, Hello, Help
from bot.commands.effects import changes_state
from bot.commands.verbs import VERBS, VerbExample
from bot.domain.conversation import Caller
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from bot.usage.command_buttons import ask_button
from bot.usage.offline_sentence import offline_command
from cards.views.answer_views import Example, HelloView, HelpView, View

_NO_DAY = datetime(9000, 1, 1, tzinfo=UTC)  # no example says a day that depends on today
# One example each for a single customer, for all customers, and for the customers with the lowest figures.
GREETING_EXAMPLES = ("help.example.basic", "help.example.below", "help.example.top")
TOPICS = 64  # more than there are; a button may name one that is none


@lru_cache(TOPICS)
def help_view(command: Help, *, keeps_misses: bool = False) -> HelpView:
    """Return the examples of one help topic, or of all.

    The same object for the same topic: a view of all examples is made once, and its card is drawn once. `keeps_misses`:
    missed sentences are stored.
    """
    verbs = [verb for verb in VERBS if command.topic in {None, verb.help_topic}]
    examples = tuple(_example(each, verb.changes) for verb in verbs for each in verb.examples)
    return HelpView(command.topic, examples, keeps_misses)


def hello(caller: Caller, *, welcome: bool = False) -> HelloView:
    """A greeting with sentences to try."""
    every = [each for verb in VERBS for each in verb.examples if each.words_key in GREETING_EXAMPLES]
    return HelloView(caller.name, tuple(_example(each) for each in every), welcome)


@cache
def _example(example: VerbExample, changes: bool = False) -> Example:
    """The sentence, and the button that asks it unless it changes something. Each is read once."""
    command = offline_command(example.text, _NO_DAY) if example.offered and not changes else None
    if not isinstance(command, Command) or changes_state(command):
        return Example(example.text, example.words_key)
    return Example(example.text, example.words_key, ask_button(command))


async def answer(command: Help | Hello, asked: HandlerContext) -> View:
    """Return the help or a greeting."""
    if isinstance(command, Hello):
        return hello(asked.caller)
    return help_view(command, keeps_misses=asked.services.memory.misses.keeps)


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("help", "hello"), answer)
