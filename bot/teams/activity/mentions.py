"""The typed text of a message, without the mention of the bot. Pure.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations
"""

import re

from bot.teams.activity.incoming_activity import IncomingActivity

_TAG = re.compile(r"</?at\b[^<>]*>", re.IGNORECASE)
_LEADING = re.compile(r"^\s*<at\b[^<>]*>[^<>]*</at>", re.IGNORECASE)


def spoken(activity: IncomingActivity) -> str:
    """Return the text for the bot, without the mention of the bot.

    Other people's names are kept without their tags.
    """
    text = activity.text or ""
    if "<at" not in text.lower():
        return text.strip()
    own = activity.recipient.id if activity.recipient else None
    found = False
    for entity in activity.entities or ():
        mentioned, marked = entity.get("mentioned"), entity.get("text")
        if entity.get("type") != "mention" or not isinstance(mentioned, dict) or not isinstance(marked, str):
            continue
        if marked and mentioned.get("id") == own and marked in text:
            text, found = text.replace(marked, " "), True
    if not found:  # some clients leave the entity out; then the first mention is the bot
        text = _LEADING.sub(" ", text, count=1)
    return _TAG.sub("", text).strip()


def is_addressed(activity: IncomingActivity) -> bool:
    """Return True if the message is for the bot.

    It is, if it is in a 1:1 chat or mentions the bot. A mention without its entity counts, because some clients leave
    the entity out.
    """
    if activity.is_personal or "<at" in (activity.text or "").lower():
        return True
    own = activity.recipient.id if activity.recipient else None
    mentioned = (entity.get("mentioned") for entity in activity.entities or () if entity.get("type") == "mention")
    return any(isinstance(each, dict) and each.get("id") == own for each in mentioned)
