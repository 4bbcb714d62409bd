"""Build activities in the shape that Teams sends to a bot.

Pure, except for the clock.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.simulator.connector.teams_people import Person, SimulatedConversation


def activity(
    kind: str,
    *,
    activity_id: str,
    conversation: SimulatedConversation,
    from_: Person,
    bot_id: str,
    service_url: str,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Return the fields that every activity has, whatever its type."""
    now = now or datetime.now(UTC)
    local = now.astimezone(_zone(from_.time_zone))
    country = from_.locale.partition("-")[2] or "US"
    return {
        "type": kind,
        "id": activity_id,
        "timestamp": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "localTimestamp": local.isoformat(timespec="milliseconds"),
        "localTimezone": from_.time_zone,
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": from_.account(),
        "conversation": conversation.account(),
        "recipient": {"id": bot_id, "name": "License usage"},
        "entities": [
            {
                "type": "clientInfo",
                "locale": from_.locale,
                "country": country,
                "platform": "Web",
                "timezone": from_.time_zone,
            }
        ],
        "channelData": conversation.channel_data(),
        "locale": from_.locale,
    }


def as_message(base: dict[str, Any], text: str, conversation: SimulatedConversation) -> dict[str, Any]:
    """Return `base` with typed text.

    Outside 1:1 chats the bot is mentioned first; Teams would not deliver the message otherwise.
    """
    message = {**base, "text": text, "textFormat": "plain"}
    if conversation.scope != "personal":
        mention = f"<at>{base['recipient']['name']}</at>"
        mentioned = {"type": "mention", "mentioned": base["recipient"], "text": mention}
        message |= {"text": f"{mention} {text}\n", "entities": [mentioned, *base["entities"]]}
    html = {"contentType": "text/html", "content": f"<p>{message['text']}</p>"}
    return {**message, "attachments": [html]}


def as_change(message: dict[str, Any], base: dict[str, Any], event: str) -> dict[str, Any]:
    """Return `base` as a change of a person's earlier `message`.

    `event` is editMessage, undeleteMessage or softDeleteMessage. The change has the id of the message. A deleted
    message has no text.
    """
    change = {**base, "id": message["id"], "channelData": {**base["channelData"], "eventType": event}}
    if event == "softDeleteMessage":
        return change
    kept: dict[str, Any] = {
        name: message[name] for name in ("text", "textFormat", "attachments", "entities") if name in message
    }
    return {**change, **kept}


def as_upload(base: dict[str, Any], name: str, html: str = "") -> dict[str, Any]:
    """Return `base`, a message, with an uploaded file.

    `html` is what Teams shows of the message.
    """
    file_type = name.rpartition(".")[2]
    content = {"downloadUrl": f"https://files.example/{name}", "uniqueId": name, "fileType": file_type}
    kind = "application/vnd.microsoft.teams.file.download.info"
    file = {"contentType": kind, "contentUrl": f"https://files.example/{name}", "name": name, "content": content}
    mirror = [{"contentType": "text/html", "content": html}] if html else []
    return {**base, "attachments": [file, *mirror]}


def as_picture(base: dict[str, Any], html: str) -> dict[str, Any]:
    """Return `base`, a message, with a pasted picture and the HTML that shows it."""
    picture = {"contentType": "image/*", "contentUrl": f"{base['serviceUrl']}v3/attachments/0-weu/views/original"}
    return {**base, "attachments": [picture, {"contentType": "text/html", "content": html}]}


def as_reaction(base: dict[str, Any], kind: str, message_id: str) -> dict[str, Any]:
    """Return `base` as a reaction such as "like" to a message."""
    return {**base, "reactionsAdded": [{"type": kind}], "replyToId": message_id}


def as_press(base: dict[str, Any], data: object, reply_to: str | None, verb: str = "") -> dict[str, Any]:
    """Return `base` with an Action.Execute pressed on the card of message `reply_to`."""
    action = {"type": "Action.Execute", "verb": verb, "data": data}
    value = {"action": action, "trigger": "manual"}
    pressed = {**base, "name": "adaptiveCard/action", "value": value}
    return pressed if reply_to is None else {**pressed, "replyToId": reply_to}


def as_installation(base: dict[str, Any], action: str) -> dict[str, Any]:
    """Return `base` with the app added (`add`) or removed (`remove`)."""
    return {**base, "action": action}


def as_members_added(base: dict[str, Any], conversation: SimulatedConversation) -> dict[str, Any]:
    """Return `base` with the bot and the members as newcomers."""
    added = [{"id": base["recipient"]["id"]}, *({"id": person.id} for person in conversation.members)]
    return {**base, "membersAdded": added}


def as_members_removed(base: dict[str, Any], people: Iterable[Person], event: str = "") -> dict[str, Any]:
    """Return `base` with these people removed.

    Teams gives only their channel account ids. `event` is "teamMemberRemoved", "channelMemberRemoved", or "" outside of
    teams.
    """
    data = {**base["channelData"], "eventType": event} if event else base["channelData"]
    return {**base, "membersRemoved": [{"id": person.id} for person in people], "channelData": data}


def _zone(name: str) -> tzinfo:
    """Return the time zone; UTC on a machine without time zone data."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return UTC
