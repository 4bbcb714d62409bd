"""Build activities in the shape that Teams sends to a bot.

Pure, except for the clock.

https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/conversation-messages
"""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from html import escape
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.simulator.connector.installation_shapes import EVENTS, event_fields, in_first_channel
from bot.simulator.connector.teams_people import Person, SimulatedConversation, in_thread

MENTION = "http://schema.skype.com/Mention"
MESSAGES = frozenset({"message", "messageUpdate", "messageDelete"})
FIELDS_OF_MESSAGES = ("teamsChannelId", "teamsTeamId")


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
    """Return the fields that every activity of this type has.

    A message in a channel is in the thread of its first message, which may be the message itself.
    """
    now = now or datetime.now(UTC)
    account = conversation.account()
    base: dict[str, Any] = {
        "type": kind,
        "id": activity_id,
        "timestamp": _moment(now),
        "serviceUrl": service_url,
        "channelId": "msteams",
        "from": from_.account(),
        "conversation": in_thread(account, activity_id) if kind == "message" else account,
        "recipient": {"id": bot_id, "name": "License usage"},
        "channelData": conversation.channel_data(from_),
    }
    if kind not in MESSAGES:
        base["channelData"] = {k: v for k, v in base["channelData"].items() if k not in FIELDS_OF_MESSAGES}
    if kind in EVENTS:
        return base | event_fields(kind, conversation, from_, base["channelData"])
    if kind == "invoke":
        base["channelData"] = {**base["channelData"], "source": {"name": "message"}}
    return base | _client(from_, now)


def _client(person: Person, now: datetime) -> dict[str, Any]:
    """Return what the client of a person reports about itself."""
    country = person.locale.partition("-")[2] or "US"
    info = {
        "type": "clientInfo",
        "locale": person.locale,
        "country": country,
        "platform": "Web",
        "timezone": person.time_zone,
    }
    return {
        "localTimestamp": _moment(now.astimezone(_zone(person.time_zone))),
        "localTimezone": person.time_zone,
        "locale": person.locale,
        "entities": [info],
    }


def _moment(moment: datetime) -> str:
    """Return a date-time as Teams writes it, with seven digits of a second."""
    text = moment.strftime("%Y-%m-%dT%H:%M:%S.%f0")
    offset = moment.isoformat()[-6:]
    return text + ("Z" if offset == "+00:00" and moment.tzinfo is UTC else offset)


def as_message(base: dict[str, Any], text: str, conversation: SimulatedConversation) -> dict[str, Any]:
    """Return `base` with typed text.

    Outside 1:1 chats the bot is mentioned first; Teams would not deliver the message otherwise. Only there a plain
    message has an HTML copy.
    """
    message = {**base, "text": text, "textFormat": "plain"}
    if conversation.scope == "personal":
        return message
    name = base["recipient"]["name"]
    mention = f"<at>{name}</at>"
    mentioned = {"type": "mention", "mentioned": base["recipient"], "text": mention}
    span = f'<span itemtype="{MENTION}" itemscope="" itemid="0">{escape(name)}</span>'
    html = {"contentType": "text/html", "content": f"<p>{span}&nbsp;{escape(text, quote=False)}</p>"}
    spoken = {"text": f"{mention} {text}\n", "entities": [mentioned, *base["entities"]]}
    return {**message, **spoken, "attachments": [html]}


def as_slash_command(base: dict[str, Any], text: str) -> dict[str, Any]:
    """Return `base` with a command that only the bot and its sender see.

    It has no mention.
    """
    return {**base, "text": text, "textFormat": "plain", "recipient": {**base["recipient"], "isTargeted": True}}


def as_change(message: dict[str, Any], base: dict[str, Any], event: str) -> dict[str, Any]:
    """Return `base` as a change of a person's earlier `message`.

    `event` is editMessage, undeleteMessage or softDeleteMessage. The change has the id of the message. A deleted
    message has no text.
    """
    change = {
        **base,
        "id": message["id"],
        "conversation": message["conversation"],
        "channelData": {**base["channelData"], "eventType": event},
    }
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
    place = in_thread(base["conversation"], message_id)
    return {**base, "conversation": place, "reactionsAdded": [{"type": kind}], "replyToId": message_id}


def as_installation(base: dict[str, Any], action: str) -> dict[str, Any]:
    """Return `base` with the app added (`add`) or removed (`remove`)."""
    return in_first_channel({**base, "action": action})


def as_members_added(base: dict[str, Any], conversation: SimulatedConversation) -> dict[str, Any]:
    """Return `base` with the bot as a newcomer; in a 1:1 chat with the person, too."""
    people = conversation.members if conversation.scope == "personal" else ()
    added = [{"id": base["recipient"]["id"]}, *({"id": each.id, "aadObjectId": each.object_id} for each in people)]
    return in_first_channel({**base, "membersAdded": added})


def as_members_removed(base: dict[str, Any], people: Iterable[Person], event: str = "") -> dict[str, Any]:
    """Return `base` with these people removed.

    Teams gives only their channel account ids. `event` is "teamMemberRemoved", "channelMemberRemoved", or "" outside of
    teams.
    """
    data = {name: value for name, value in base["channelData"].items() if name != "eventType"}
    data |= {"eventType": event} if event else {}
    return {**base, "membersRemoved": [{"id": person.id} for person in people], "channelData": data}


def _zone(name: str) -> tzinfo:
    """Return the time zone; UTC on a machine without time zone data."""
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return UTC
