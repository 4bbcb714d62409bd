"""Check what the Bot Connector accepts as an activity. Pure.

Some mistakes break silently in Teams (a card part that arrives as a JSON string, an Image without url). There this
check is stricter than Teams, so that a test fails instead of a phone showing nothing.
"""

from typing import Any

import msgspec

from bot.simulator.connector.connector_refusal import ConnectorRefusedError

SIZE_LIMIT = 100 * 1024
"""Bytes in UTF-16. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages"""

SENT_TYPES = frozenset({"message", "typing", "event", "trace"})
ADAPTIVE = "application/vnd.microsoft.card.adaptive"


FILE_CONSENT = "application/vnd.microsoft.teams.card.file.consent"


def read_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in `body`.

    Raises ConnectorRefusedError 413 or 400 for anything else.
    """
    try:
        text = body.decode("utf-8")
        if len(text.encode("utf-16-le")) > SIZE_LIMIT:
            raise ConnectorRefusedError(413, "MessageSizeTooBig", f"The message is over {SIZE_LIMIT} bytes.")
        value = msgspec.json.decode(text)
    except (UnicodeDecodeError, UnicodeEncodeError, msgspec.DecodeError, RecursionError) as error:
        raise ConnectorRefusedError(400, "BadSyntax", "The body is not JSON.") from error
    if not isinstance(value, dict):
        raise ConnectorRefusedError(400, "BadSyntax", "The body is not a JSON object.")
    return value


def check_activity(activity: dict[str, Any], bot_id: str) -> None:
    """Raise an error unless Teams would accept this activity from `bot_id`.

    The error is ConnectorRefusedError 400 or 403.
    """
    kind = activity.get("type")
    if kind is None:
        raise ConnectorRefusedError(400, "BadArgument", "Missing required property 'type' on activity.")
    if kind not in SENT_TYPES:
        raise ConnectorRefusedError(400, "BadSyntax", f"A bot cannot send an activity of type {kind!r}.")
    sender = activity.get("from")
    if sender is not None and (not isinstance(sender, dict) or sender.get("id", bot_id) != bot_id):
        raise ConnectorRefusedError(403, "Forbidden", "The sender is not this bot.")
    if kind == "message":
        _check_message(activity)


def _check_message(activity: dict[str, Any]) -> None:
    text, attachments = activity.get("text"), activity.get("attachments")
    if text is not None and not isinstance(text, str):
        raise ConnectorRefusedError(400, "BadSyntax", "'text' is not a string.")
    if attachments is not None and not isinstance(attachments, list):
        raise ConnectorRefusedError(400, "BadSyntax", "'attachments' is not a list.")
    if not (text or attachments):
        raise ConnectorRefusedError(
            400, "BadSyntax", "Activity must include a non-empty 'text' or at least one attachment."
        )
    for attachment in attachments or ():
        _check_attachment(attachment)


def _check_attachment(attachment: object) -> None:
    if not isinstance(attachment, dict) or not isinstance(attachment.get("contentType"), str):
        raise ConnectorRefusedError(400, "BadSyntax", "An attachment has no 'contentType'.")
    if attachment["contentType"] == FILE_CONSENT:
        _check_file_question(attachment)
    if attachment["contentType"] != ADAPTIVE:
        return
    card = attachment.get("content")
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        raise ConnectorRefusedError(400, "BadArgument", "The attachment's content is not an Adaptive Card.")
    for part in ("body", "actions"):
        elements = card.get(part, [])
        if not isinstance(elements, list) or not all(isinstance(each, dict) and "type" in each for each in elements):
            raise ConnectorRefusedError(400, "BadArgument", f"The card's '{part}' is not a list of typed objects.")


def _check_file_question(attachment: dict[str, Any]) -> None:
    content = attachment.get("content")
    size = content.get("sizeInBytes") if isinstance(content, dict) else None
    if not attachment.get("name") or type(size) is not int or size <= 0:
        raise ConnectorRefusedError(400, "BadArgument", "A file has a name and a size.")
