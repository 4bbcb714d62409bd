"""The typed text of a message, without mentions. Pure.

A mention is no part of a question: neither the bot's nor that of a colleague who is to see the answer.
https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
Clients differ: some send no entity, or one without text
(https://github.com/microsoft/botbuilder-js/issues/2083), and a message that is copied has the bot's name as plain text.
"""

import re
from collections.abc import Iterator

from bot.language.marking.bot_name import without_bot_name
from bot.teams.activity.incoming_activity import IncomingActivity

_MENTION = re.compile(r"<at\b[^<>]*>[^<>]*</at\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?at\b[^<>]*>", re.IGNORECASE)


def spoken(activity: IncomingActivity) -> str:
    """Return the text for the bot, without mentions.

    The bot's own name is removed at the start and at the end.
    """
    text = activity.text or ""
    for marked in _marked(activity):
        text = text.replace(marked, " ")
    if "<at" in text.lower():
        text = _TAG.sub("", _MENTION.sub(" ", text))
    name = activity.recipient.name if activity.recipient else None
    return without_bot_name(text, name) if name else text.strip()


def is_addressed(activity: IncomingActivity) -> bool:
    """Return True if the message is for the bot.

    It is, if it is in a 1:1 chat or mentions the bot. Some clients leave the entities out: then any mention counts.
    """
    if activity.is_personal:
        return True
    entities = (entity.get("mentioned") for entity in activity.entities or () if entity.get("type") == "mention")
    mentioned = [each for each in entities if isinstance(each, dict)]
    if not mentioned:
        return "<at" in (activity.text or "").lower()
    own = activity.recipient.id if activity.recipient else None
    return any(each.get("id") == own for each in mentioned)


def _marked(activity: IncomingActivity) -> Iterator[str]:
    """Yield the marked texts of all mentions, the longest first: one may be a part of another.

    A mention without a mark in the text is a bare name, and a customer may have the same name: it is not yielded.
    """
    entities = [entity for entity in activity.entities or () if entity.get("type") == "mention"]
    found = [entity.get("text") for entity in entities if isinstance(entity.get("mentioned"), dict)]
    texts = {text for text in found if isinstance(text, str) and text.lstrip().startswith(("<at", "<AT", "@"))}
    yield from sorted(texts, key=len, reverse=True)
