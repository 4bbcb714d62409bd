"""Use case: show what can be asked.

Pure; all content comes from the table of verbs.
"""

from collections.abc import Mapping

from bot.commands.command import Hello, Help
from bot.commands.verbs import VERBS
from bot.domain.conversation import Caller
from bot.handlers.handler_context import HandlerContext
from bot.handlers.handler_table import Handler
from cards.views.answer_views import Example, HelloView, HelpView, View

# One example each for a single customer, for all customers, and for the customers with the lowest figures.
GREETING_EXAMPLES = ("help.example.basic", "help.example.below", "help.example.top")


def help_view(command: Help) -> HelpView:
    """Return the examples of one help topic, or of all."""
    verbs = [verb for verb in VERBS if command.topic in {None, verb.help_topic}]
    examples = tuple(
        Example(each.text, each.words_key, each.offered and not verb.changes)
        for verb in verbs
        for each in verb.examples
    )
    return HelpView(command.topic, examples)


def hello(caller: Caller, *, welcome: bool = False) -> HelloView:
    """Return a greeting with sentences to try."""
    every = [each for verb in VERBS for each in verb.examples]
    chosen = tuple(Example(each.text, each.words_key) for each in every if each.words_key in GREETING_EXAMPLES)
    return HelloView(caller.name, chosen, welcome)


async def answer(command: Help | Hello, asked: HandlerContext) -> View:
    """Return the help or a greeting."""
    return help_view(command) if isinstance(command, Help) else hello(asked.caller)


HANDLERS: Mapping[str, Handler] = dict.fromkeys(("help", "hello"), answer)
