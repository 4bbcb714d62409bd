"""The handler of each verb.

Every `…_handler` module of this package registers its verbs.

`HANDLERS` of a module maps the name of a verb to the function that answers it. So a new verb adds a module and changes
none.
"""

import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any

import bot.handlers
from bot.commands.verbs import VERBS
from bot.handlers.handler_context import HandlerContext
from cards.views.answer_views import View

_SUFFIX = "_handler"


Handler = Callable[[Any, HandlerContext], Awaitable[View]]


def handlers() -> Mapping[str, Handler]:
    """Return the handler of each verb by its name.

    Raises LookupError when a verb has no handler or a name has two.
    """
    found: dict[str, Handler] = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(bot.handlers.__path__)):
        if module.endswith(_SUFFIX):
            registered: Mapping[str, Handler] = import_module(f"{bot.handlers.__name__}.{module}").HANDLERS
            if twice := registered.keys() & found.keys():
                raise LookupError(f"two handlers answer {min(twice)!r}")
            found |= registered
    if missing := [verb.name for verb in VERBS if verb.name not in found]:
        raise LookupError(f"no handler answers {missing[0]!r}")
    return found
