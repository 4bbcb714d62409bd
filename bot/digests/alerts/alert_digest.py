"""The question of a stored digest that is an alert. Pure."""

from bot.commands.alert_question import is_watchable
from bot.commands.command import Usage
from bot.digests.content.condition_check import condition_of
from bot.digests.content.digest_command import command_of
from bot.store.digests.digest_record import Digest


def alert_in(digest: Digest) -> Usage | None:
    """Return what the alert watches.

    None for a digest that is none, or whose question cannot be watched.
    """
    if not condition_of(digest).crosses:
        return None
    question = command_of(digest)
    return question if question is not None and is_watchable(question) else None
